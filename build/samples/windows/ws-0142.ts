/**
 * WS-0142 from its restart on 11 March to the end of the logs: background, the evening session of j.novak, the chain, the
 * responder. The numbers of processes are set: they are what the first screen shows.
 */
import { ADM_ORTIZ, NETWORK_SERVICE, NOVAK, SYSTEM, machineAccount } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { WS_0142 } from '../world/hosts.ts';
import type { Random } from '../core/random.ts';
import { HOUR_US, MINUTE_US, SECOND_US, on11 } from '../core/time.ts';
import { IMAGES, sys } from '../world/programs.ts';
import { EVIDENCE_END_US, LOGON_IDS, TIMES, WINDOW } from '../story/intrusion.ts';
import { KILL_COMMAND, RESPONSE_COMMANDS, STORY_PIDS, runChain, runWmiProbe } from '../story/chain.ts';
import type { Chain } from '../story/chain.ts';
import { MACHINE_JOBS, SYSTEM_JOBS, USER_JOBS } from './background.ts';
import { boot } from './boot.ts';
import { evenSampler, minuteSampler, runNoise } from './noise.ts';
import type { NoiseRequest, Parents } from './noise.ts';
import { createProcessHost } from './process-host.ts';
import type { ProcessHost, WinProcess } from './process-host.ts';

/** Process creations between 21:40 and 23:10, by account; and in all. */
export const PROCESS_COUNTS = { system: 368, machine: 402, novak: 312, svcBackup: 8, admOrtiz: 14, total: 1_942 } as const;

const SESSION_END_US = on11('23:48:20.000');

/** Busier minutes: the document opens, the machine is searched, two bursts of updates. */
const MINUTE_WEIGHTS = Array.from({ length: 90 }, (_, minute) => {
  if (minute === 23 || minute === 24) return 6;
  if (minute === 25 || minute === 26 || minute === 28) return 3.4;
  if (minute === 72 || minute === 73) return 3;
  return minute % 7 === 3 ? 1.5 : 1;
});

export type Ws0142 = { readonly host: ProcessHost; readonly chain: Chain; readonly services: WinProcess; readonly edge: WinProcess; readonly outlook: WinProcess; readonly teams: WinProcess };

export function buildWs0142(random: Random): Ws0142 {
  const reserved = Object.values(STORY_PIDS);
  const host = createProcessHost(WS_0142, random.fork('pids'), reserved);
  const booted = boot(host, random.fork('boot'), TIMES.boot, STORY_PIDS);

  const asNovak = { account: NOVAK, logonId: LOGON_IDS.novakInteractive };
  const start = (parent: WinProcess, clock: string, image: string, commandLine: string, pid: number, untilUs: number): WinProcess =>
    host.spawn(parent, { image, commandLine, startUs: on11(clock), lifeUs: untilUs - on11(clock), pid, ...asNovak });
  const userinit = start(booted.winlogon, '21:31:41.905', IMAGES.userinit, IMAGES.userinit, STORY_PIDS.userinit, on11('21:32:12.350'));
  const explorer = start(userinit, '21:31:42.377', IMAGES.explorer, 'C:\\Windows\\Explorer.EXE', STORY_PIDS.explorer, SESSION_END_US);
  const edge = start(explorer, '21:33:40.630', IMAGES.edge, `"${IMAGES.edge}" --profile-directory=Default`, STORY_PIDS.edge, on11('22:58:40.000'));
  const teams = start(explorer, '21:34:10.118', IMAGES.teams, `"${IMAGES.teams}" --system-initiated`, STORY_PIDS.teams, SESSION_END_US);
  start(explorer, '21:34:44.702', IMAGES.oneDrive, `"${IMAGES.oneDrive}" /background`, STORY_PIDS.oneDrive, SESSION_END_US);
  start(explorer, '21:34:50.266', IMAGES.securityTray, IMAGES.securityTray, STORY_PIDS.securityTray, SESSION_END_US);
  const outlook = start(explorer, '21:36:05.480', IMAGES.outlook, `"${IMAGES.outlook}"`, STORY_PIDS.outlook, SESSION_END_US);

  const children = random.fork('children');
  const spawnChildren = (parent: WinProcess, count: number, fromUs: number, toUs: number, args: (index: number) => string): void => {
    for (let index = 0; index < count; index += 1) {
      const startUs = Math.floor(fromUs + ((toUs - fromUs) * index) / count) + children.int(1, 900) * 1_000;
      const lifeUs = Math.min(children.int(40, 2_400) * SECOND_US, (parent.endUs ?? SESSION_END_US) - startUs);
      host.spawn(parent, { image: parent.image, commandLine: `"${parent.image}" ${args(index)}`, startUs, lifeUs, ...asNovak });
    }
  };
  const chromium = (index: number): string =>
    `--type=${index === 0 ? 'crashpad-handler' : index === 1 ? 'gpu-process' : index === 2 ? 'utility' : 'renderer'} --lang=en-GB --field-trial-handle=${children.int(1_800, 3_000)},i`;
  spawnChildren(edge, 18, edge.startUs + 500_000, on11('22:50:00.000'), chromium);
  spawnChildren(teams, 9, teams.startUs + 700_000, on11('22:40:00.000'), chromium);

  const chain = runChain(host, outlook, booted.scheduler);
  runResponder(host, booted.dcomLaunch);
  const wmi = host.spawn(booted.broker, { image: IMAGES.wmiprvse, commandLine: `${IMAGES.wmiprvse} -secured -Embedding`, account: machineAccount('WS-0142'), logonId: 0x3e7, startUs: on11('22:06:33.118'), lifeUs: 6 * MINUTE_US });
  runWmiProbe(host, wmi);
  host.spawn(booted.parents('agent', 0), { image: IMAGES.powershell, commandLine: `"${IMAGES.powershell}" -NoProfile -NonInteractive -File "C:\\Program Files\\Harbour Agent\\scripts\\certs.ps1"`, account: SYSTEM, logonId: 0x3e7, startUs: on11('21:52:08.220'), lifeUs: 21 * SECOND_US });
  host.spawn(booted.parents('agent', 0), { image: IMAGES.powershell, commandLine: `"${IMAGES.powershell}" -NoProfile -NonInteractive -File "C:\\Program Files\\Harbour Agent\\scripts\\printers.ps1"`, account: SYSTEM, logonId: 0x3e7, startUs: on11('22:52:08.261'), lifeUs: 18 * SECOND_US });
  host.spawn(booted.scheduler, { image: sys('powercfg.exe'), commandLine: 'powercfg.exe /batteryreport /duration 1', account: SYSTEM, logonId: 0x3e7, startUs: on11('22:17:30.040'), lifeUs: 3 * SECOND_US });

  const userParents: Parents = (key, us) => (key === 'explorer' ? explorer : key === 'outlook' ? outlook : booted.parents(key, us));
  const system = { account: SYSTEM, logonId: 0x3e7, jobs: SYSTEM_JOBS };
  const machine = { account: machineAccount('WS-0142'), logonId: 0x3e7, jobs: MACHINE_JOBS };
  const user = { ...asNovak, jobs: USER_JOBS, endBeforeUs: SESSION_END_US };
  const noise = (label: string, parents: Parents, request: NoiseRequest): void => runNoise(host, random.fork(label), parents, request);

  const inWindow = (account: Account): number =>
    host.all().filter((item) => item.account.name === account.name && item.startUs >= WINDOW.fromUs && item.startUs < WINDOW.toUs).length;
  const windowTimes = (label: string): (() => number) => minuteSampler(random.fork(label), WINDOW.fromUs, MINUTE_WEIGHTS);
  noise('window system', booted.parents, { ...system, count: PROCESS_COUNTS.system - inWindow(SYSTEM), when: clampToWindow(windowTimes('a')) });
  noise('window machine', booted.parents, { ...machine, count: PROCESS_COUNTS.machine - inWindow(machineAccount('WS-0142')), when: clampToWindow(windowTimes('b')) });
  noise('window user', userParents, { ...user, count: PROCESS_COUNTS.novak - inWindow(NOVAK), when: clampToWindow(windowTimes('c')) });

  const day = evenSampler(random.fork('d'), TIMES.boot + 4 * MINUTE_US, on11('21:25:00.000'));
  const brokerJobs = MACHINE_JOBS.filter((job) => job.parent === 'broker');
  const descendants = host.all().filter((item) => item.parent === booted.dcomLaunch || item.parent?.parent === booted.dcomLaunch).length;
  noise('dcom', () => booted.dcomLaunch, { ...machine, jobs: brokerJobs, count: 41 - descendants, when: day });
  noise('network', () => booted.networkService, { ...machine, account: NETWORK_SERVICE, logonId: 0x3e4, jobs: brokerJobs, count: 6, when: day });
  noise('evening user', userParents, { ...user, count: 74, when: evenSampler(random.fork('e'), on11('21:36:10.000'), on11('21:39:59.000')) });
  noise('late user', userParents, { ...user, count: 58, when: evenSampler(random.fork('f'), on11('23:10:01.000'), SESSION_END_US - 2 * MINUTE_US) });
  const night = evenSampler(random.fork('g'), on11('23:10:01.000'), EVIDENCE_END_US - HOUR_US / 6);
  noise('night system', booted.parents, { ...system, count: 96, when: night });
  noise('night machine', booted.parents, { ...machine, count: 80, when: night });
  const remaining = PROCESS_COUNTS.total - host.all().length;
  noise('day system', booted.parents, { ...system, count: Math.floor(remaining * 0.55), when: day });
  noise('day machine', booted.parents, { ...machine, count: PROCESS_COUNTS.total - host.all().length, when: day });

  return { host, chain, services: booted.services, edge, outlook, teams };
}

/** Console hosts start a few milliseconds after their program; keep both inside the window. */
const clampToWindow = (when: () => number): (() => number) => () => Math.min(when(), WINDOW.toUs - SECOND_US);

function runResponder(host: ProcessHost, dcomLaunch: WinProcess): void {
  const own = { account: ADM_ORTIZ, logonId: LOGON_IDS.ortizAdmin, integrity: 'High' } as const;
  const shell = host.spawn(dcomLaunch, { image: IMAGES.wsmprovhost, commandLine: 'C:\\Windows\\system32\\wsmprovhost.exe -Embedding', startUs: on11('22:44:14.560'), lifeUs: 29 * MINUTE_US, ...own });
  for (const [clock, image, commandLine] of RESPONSE_COMMANDS) {
    host.spawn(shell, { image, commandLine, startUs: on11(clock), lifeUs: 2 * SECOND_US, ...own });
  }
  host.spawn(shell, { image: sys('taskkill.exe'), commandLine: KILL_COMMAND.commandLine, startUs: KILL_COMMAND.us, lifeUs: SECOND_US, ...own });
}
