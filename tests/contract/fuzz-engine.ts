/**
 * The contract fuzz itself: walks every operation with drawn and bent inputs against a whole engine in this process, with a case,
 * a table and granted files. Owns set-up and the check of one call; used with few runs in every test run, with many by the fuzz stage.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CasebenchError, engineOps, errorCodes, jobStarted, type EngineOpName } from '../../main/contract/index.ts';
import { createEngine, type Engine } from '../../main/engine/create-engine.ts';
import { systemClock } from '../../main/shared/clock.ts';
import { payloadsOf, seeded, type Known } from './payloads.ts';

export const opNames = Object.keys(engineOps) as EngineOpName[];

export type FuzzBench = {
  /** Runs one operation; returns a line for every broken promise. */
  run(op: EngineOpName, runs: number, seed: number): Promise<string[]>;
  /** What lies in the folder around everything the engine may write. */
  surroundings(): string[];
  close(): Promise<void>;
};

const evidence = ['TimeGenerated,UserPrincipalName,IpAddress,Count,Detail', ...Array.from({ length: 200 }, (_, i) => `2026-03-11T22:${String(i % 60).padStart(2, '0')}:00Z,user${i % 7}@example.org,203.0.113.${i % 50},${i},"{""a"":${i}}"`)].join('\n');

/** Runs in which these would really be carried out are kept rare: each makes, copies or checks a whole case. */
const heavy = new Set<string>(['case.create', 'case.moveTo', 'case.openDemo', 'case.verify', 'evidence.import', 'table.export', 'case.open', 'case.close']);

const show = (value: unknown): string => {
  try {
    return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner))?.slice(0, 300) ?? String(value);
  } catch {
    return String(value).slice(0, 100);
  }
};

export const startFuzzBench = async (): Promise<FuzzBench> => {
  const base = mkdtempSync(join(tmpdir(), 'casebench-fuzz-'));
  const inside = join(base, 'inside');
  for (const name of ['user', 'cases', 'samples', 'files', 'moved']) mkdirSync(join(inside, name), { recursive: true });
  const source = join(inside, 'files', 'signins.csv');
  writeFileSync(source, `${evidence}\n`);
  const defects: string[] = [];
  const engine: Engine = createEngine(
    { userDataDir: join(inside, 'user'), casesDir: join(inside, 'cases'), samplesDir: join(inside, 'samples'), homeDir: inside, appVersion: '0' },
    { clock: systemClock, log: (level, event, detail) => void (level === 'error' && defects.push(`${event}: ${detail}`)) },
  );
  engine.grant('file', source, 'read');
  engine.grant('folder', join(inside, 'moved'), 'read');
  engine.grant('missing', join(inside, 'files', 'missing.csv'), 'read');
  engine.grant('save', join(inside, 'files', 'out.csv'), 'write');
  await engine.handle('case.create', { name: 'Fuzz' });
  await engine.run('evidence.import', { files: [{ handle: 'file' }] });

  /** A case with its table is open, whatever ran before. */
  const ready = async (): Promise<Known> => {
    let { info } = await engine.handle('case.current', {});
    if (info === null || info.tables.length === 0) {
      info = await engine.handle('case.create', { name: `Fuzz ${Math.floor(systemClock.monotonicMs() * 1_000)}` });
      await engine.run('evidence.import', { files: [{ handle: 'file' }] });
      info = (await engine.handle('case.current', {})).info;
    }
    const [table] = info?.tables ?? [];
    const columns = table?.columns.map((column) => column.name) ?? [];
    const tableId = table?.id ?? '';
    const { noteId } = await engine.handle('mark.note', { tableId, rowId: 3, text: 'a note' });
    const { id } = await engine.handle('board.add', { kind: 'note', label: 'an item', payload: '{}' });
    const recent = (await engine.handle('case.recent', {})).cases.map((entry) => entry.recentId);
    return {
      tableId: [tableId],
      tableIds: [tableId],
      noteId: [noteId],
      id: [id],
      handle: ['file', 'missing', 'folder'],
      parentHandle: ['folder', null],
      saveHandle: ['save'],
      recentId: recent,
      column: columns,
      columns,
      timeColumn: ['TimeGenerated', null],
      groupBy: ['UserPrincipalName', null],
      hover: columns,
      rowId: [0, 1, 199, 200],
      rowIds: [0, 5, 199],
      fromUs: [1_773_266_400_000_000],
      toUs: [1_773_270_000_000_000],
      key: ['layout', 'draft:1'],
      tag: ['malicious'],
      sql: ['SELECT 1', `SELECT * FROM "${table?.name ?? ''}"`, 'ATTACH \'/tmp/a.db\'', 'SELECT * FROM read_csv(\'/etc/passwd\')', 'COPY (SELECT 1) TO \'/tmp/x\''],
    };
  };

  /** No job may end as a defect; none may go on for ever. */
  const settleJobs = async (): Promise<string[]> => {
    const deadlineMs = systemClock.monotonicMs() + 30_000;
    for (;;) {
      const { jobs } = await engine.handle('job.list', {});
      const running = jobs.filter((job) => job.state === 'running');
      if (running.length === 0) {
        await engine.handle('job.clear', {});
        return jobs.flatMap((job) => (job.error?.code === 'internal' ? [`job ${job.op} ended as a defect: ${job.error.detail}`] : []));
      }
      if (systemClock.monotonicMs() > deadlineMs) return running.map((job) => `job ${job.op} does not end`);
      for (const job of running) await engine.handle('job.cancel', { jobId: job.jobId });
      await new Promise((done) => setTimeout(done, 5));
    }
  };

  const check = async (op: EngineOpName, input: unknown): Promise<string | null> => {
    const definition = engineOps[op];
    try {
      const output = await engine.dispatch(op, input);
      const shape = definition.type === 'job' ? jobStarted : definition.output;
      const parsed = shape.safeParse(output);
      return parsed.success ? null : `${op} answered outside the contract to ${show(input)}: ${parsed.error.message.slice(0, 300)}`;
    } catch (thrown) {
      if (!(thrown instanceof CasebenchError)) return `${op} threw ${String(thrown)} for ${show(input)}`;
      if (!errorCodes.includes(thrown.code)) return `${op} threw the unknown code ${thrown.code}`;
      return thrown.code === 'internal' ? `${op} met a defect for ${show(input)}: ${thrown.detail}` : null;
    }
  };

  return {
    async run(op, runs, seed) {
      const random = seeded(seed);
      const problems: string[] = [];
      let known = await ready();
      const payloads = payloadsOf(engineOps[op].input, random, known);
      const validShare = heavy.has(op) ? 0.02 : 0.3;
      for (let i = 0; i < runs && problems.length < 5; i++) {
        const isValid = i === 0 || random() < validShare;
        const problem = await check(op, isValid ? payloads.valid() : payloads.bent());
        if (problem !== null) problems.push(problem);
        if (heavy.has(op)) {
          problems.push(...(await settleJobs()));
          known = await ready();
        }
      }
      problems.push(...(await settleJobs()));
      // The engine is alive and itself.
      const settings = await engine.dispatch('settings.get', {}).catch((thrown: unknown) => String(thrown));
      if (typeof settings !== 'object') problems.push(`after ${op} the engine answers ${settings}`);
      if (({} as Record<string, unknown>)['polluted'] !== undefined) problems.push(`${op} polluted Object.prototype`);
      return [...problems, ...defects.splice(0)];
    },
    surroundings: () => [...readdirSync(base), ...readdirSync(inside)].sort(),
    async close() {
      await engine.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
};
