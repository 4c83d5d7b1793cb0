/**
 * The background of WS-0142: as many processes as the first screen promises between 21:40 and 23:10, and the rest of the day
 * and night until the machine's total is reached.
 */
import { NETWORK_SERVICE, NOVAK, SYSTEM, machineAccount } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { WS_0142 } from '../world/hosts.ts';
import type { Random } from '../core/random.ts';
import { MINUTE_US, SECOND_US, on11 } from '../core/time.ts';
import { EVIDENCE_END_US, TIMES, WINDOW } from '../story/intrusion.ts';
import { MACHINE_JOBS, SYSTEM_JOBS, USER_JOBS } from './background.ts';
import type { Booted } from './boot.ts';
import { evenSampler, minuteSampler, runNoise } from './noise.ts';
import type { NoiseRequest, Parents } from './noise.ts';
import type { ProcessHost } from './process-host.ts';
import { AS_NOVAK, SESSION_END_US } from './ws-0142-session.ts';
import type { Session } from './ws-0142-session.ts';

/** Processes created between 21:40 and 23:10, by account (the story's included), and in all. */
const COUNTS = { system: 368, machine: 402, novak: 312, total: 1_942 } as const;
/** What a folded svchost.exe shows as its number of descendants. */
const DCOM_DESCENDANTS = 41;
const NETWORK_SERVICE_CHILDREN = 6;

/** Busier minutes: the document opens, the machine is searched, two bursts of updates. */
const MINUTE_WEIGHTS = Array.from({ length: 90 }, (_, minute) => {
  if (minute === 23 || minute === 24) return 6;
  if (minute === 25 || minute === 26 || minute === 28) return 3.4;
  if (minute === 72 || minute === 73) return 3;
  return minute % 7 === 3 ? 1.5 : 1;
});

export function fillBackground(host: ProcessHost, booted: Booted, session: Session, random: Random): void {
  const machineOwn = machineAccount(WS_0142.name);
  const system = { account: SYSTEM, logonId: 0x3e7, jobs: SYSTEM_JOBS };
  const machine = { account: machineOwn, logonId: 0x3e7, jobs: MACHINE_JOBS };
  const user = { ...AS_NOVAK, jobs: USER_JOBS, endBeforeUs: SESSION_END_US };
  const userParents: Parents = (key, us) => (key === 'explorer' ? session.explorer : key === 'outlook' ? session.outlook : booted.parents(key, us));
  const run = (label: string, parents: Parents, request: NoiseRequest): void => runNoise(host, random.fork(label), parents, request);

  const already = (account: Account): number =>
    host.all().filter((made) => made.account.name === account.name && made.startUs >= WINDOW.fromUs && made.startUs < WINDOW.toUs).length;
  /** Console hosts start a few milliseconds after their program; both stay inside the window. */
  const inWindow = (label: string): (() => number) => {
    const draw = minuteSampler(random.fork(`${label} times`), WINDOW.fromUs, MINUTE_WEIGHTS);
    return () => Math.min(draw(), WINDOW.toUs - SECOND_US);
  };
  run('window system', booted.parents, { ...system, count: COUNTS.system - already(SYSTEM), when: inWindow('system') });
  run('window machine', booted.parents, { ...machine, count: COUNTS.machine - already(machineOwn), when: inWindow('machine') });
  run('window user', userParents, { ...user, count: COUNTS.novak - already(NOVAK), when: inWindow('user') });

  const between = (label: string, fromUs: number, toUs: number): (() => number) => evenSampler(random.fork(`${label} times`), fromUs, toUs);
  const day = between('day', TIMES.boot + 4 * MINUTE_US, on11('21:25:00.000'));
  const brokerJobs = MACHINE_JOBS.filter((job) => job.parent === 'broker');
  const underDcom = host.all().filter((made) => made.parent === booted.dcomLaunch || made.parent?.parent === booted.dcomLaunch).length;
  run('dcom', () => booted.dcomLaunch, { ...machine, jobs: brokerJobs, count: DCOM_DESCENDANTS - underDcom, when: day });
  run('network', () => booted.networkService, { account: NETWORK_SERVICE, logonId: 0x3e4, jobs: brokerJobs, count: NETWORK_SERVICE_CHILDREN, when: day });

  const afterWindow = WINDOW.toUs + SECOND_US;
  run('evening user', userParents, { ...user, count: 74, when: between('evening', on11('21:36:10.000'), WINDOW.fromUs - SECOND_US) });
  run('late user', userParents, { ...user, count: 58, when: between('late', afterWindow, SESSION_END_US - 2 * MINUTE_US) });
  const night = between('night', afterWindow, EVIDENCE_END_US - 10 * MINUTE_US);
  run('night system', booted.parents, { ...system, count: 96, when: night });
  run('night machine', booted.parents, { ...machine, count: 80, when: night });

  const remaining = COUNTS.total - host.all().length;
  const half = Math.floor(remaining * 0.55);
  run('day system', booted.parents, { ...system, count: half, when: day });
  run('day machine', booted.parents, { ...machine, count: remaining - half, when: day });
}
