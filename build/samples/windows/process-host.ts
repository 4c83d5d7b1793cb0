/**
 * The processes of one Windows machine: ids, parents, times, accounts. Guarantees what readers of process events rely on: a
 * parent exists and is running when its child starts, and one process id never belongs to two live processes. Ids are reused
 * once in a while, as on a real machine.
 */
import type { Account } from '../world/accounts.ts';
import type { Host } from '../world/hosts.ts';
import type { Random } from '../core/random.ts';
import { MINUTE_US, SECOND_US, toMillisecond } from '../core/time.ts';

export type Integrity = 'Low' | 'Medium' | 'High' | 'System';

export type WinProcess = {
  readonly host: Host;
  readonly pid: number;
  readonly image: string;
  readonly commandLine: string;
  readonly parent: WinProcess | null;
  readonly startUs: number;
  /** Null: still running when the logs end. */
  readonly endUs: number | null;
  readonly account: Account;
  readonly logonId: number;
  readonly integrity: Integrity;
  /** False for processes that were there before auditing began: no event of their own, known only as parents. */
  readonly logged: boolean;
};

export type SpawnRequest = {
  readonly image: string;
  readonly commandLine: string;
  readonly account: Account;
  readonly logonId: number;
  readonly startUs: number;
  readonly lifeUs?: number | undefined;
  readonly pid?: number | undefined;
  readonly integrity?: Integrity | undefined;
};

export type ProcessHost = {
  readonly host: Host;
  /** A process from before the log begins. */
  preExisting(image: string, pid: number, parent: WinProcess | null, startUs: number, account: Account): WinProcess;
  spawn(parent: WinProcess, request: SpawnRequest): WinProcess;
  /** Logged processes by start time. */
  all(): WinProcess[];
  /** Logged processes of an image that run at a time. */
  running(image: string, us: number): WinProcess[];
};

const FIRST_PID = 0x3e8;
const LAST_PID = 0x5ffc;
const REUSE_CHANCE = 0.08;
/** Times of 4688 events come in steps of a millisecond; starts are kept distinct so that order is certain. */
const MIN_GAP_US = 1_000;

export function createProcessHost(host: Host, random: Random, reservedPids: readonly number[]): ProcessHost {
  const processes: WinProcess[] = [];
  const lives = new Map<number, { from: number; to: number }[]>();
  const reserved = new Set(reservedPids);
  const usedStarts = new Set<number>();

  const isFree = (pid: number, from: number, to: number): boolean =>
    (lives.get(pid) ?? []).every((life) => to < life.from - MINUTE_US || from > life.to + MINUTE_US);

  const choosePid = (from: number, to: number): number => {
    if (random.chance(REUSE_CHANCE)) {
      const ended = [...lives.keys()].filter((pid) => !reserved.has(pid) && pid >= FIRST_PID && isFree(pid, from, to));
      if (ended.length > 0) return random.pick(ended);
    }
    for (let attempt = 0; attempt < 20_000; attempt += 1) {
      const pid = random.int(FIRST_PID / 4, LAST_PID / 4) * 4;
      if (!reserved.has(pid) && !lives.has(pid)) return pid;
    }
    throw new Error(`No process id left on ${host.name}`);
  };

  const keep = (made: WinProcess): WinProcess => {
    const known = lives.get(made.pid) ?? [];
    known.push({ from: made.startUs, to: made.endUs ?? Number.MAX_SAFE_INTEGER });
    lives.set(made.pid, known);
    processes.push(made);
    return made;
  };

  return {
    host,
    preExisting: (image, pid, parent, startUs, account) =>
      keep({
        host,
        pid,
        image,
        commandLine: '',
        parent,
        startUs,
        endUs: null,
        account,
        logonId: 0x3e7,
        integrity: 'System',
        logged: false,
      }),
    spawn: (parent, request) => {
      let startUs = toMillisecond(request.startUs);
      while (request.pid === undefined && usedStarts.has(startUs)) startUs += MIN_GAP_US;
      usedStarts.add(startUs);
      if (startUs <= parent.startUs) throw new Error(`${request.image} on ${host.name} would start before its parent`);
      if (parent.endUs !== null && startUs >= parent.endUs) throw new Error(`${request.image} on ${host.name} has a dead parent`);
      const endUs = request.lifeUs === undefined ? null : toMillisecond(startUs + Math.max(request.lifeUs, SECOND_US / 50));
      return keep({
        host,
        pid: request.pid ?? choosePid(startUs, endUs ?? Number.MAX_SAFE_INTEGER),
        image: request.image,
        commandLine: request.commandLine,
        parent,
        startUs,
        endUs,
        account: request.account,
        logonId: request.logonId,
        integrity: request.integrity ?? (request.logonId === 0x3e7 ? 'System' : 'Medium'),
        logged: true,
      });
    },
    all: () => processes.filter((item) => item.logged).sort((left, right) => left.startUs - right.startUs),
    running: (image, us) => processes.filter((item) => item.image === image && item.startUs <= us && (item.endUs === null || item.endUs > us)),
  };
}
