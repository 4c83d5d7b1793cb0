/**
 * WS-0142 from its restart on 11 March to the end of the logs: the evening session of j.novak, the chain, the responder, and
 * the background around them.
 */
import { ADM_ORTIZ, SYSTEM, machineAccount } from '../world/accounts.ts';
import { WS_0142 } from '../world/hosts.ts';
import type { Random } from '../core/random.ts';
import { MINUTE_US, SECOND_US, on11 } from '../core/time.ts';
import { IMAGES, sys } from '../world/programs.ts';
import { LOGON_IDS, TIMES } from '../story/intrusion.ts';
import { KILL_COMMAND, RESPONSE_COMMANDS, STORY_PIDS, runChain, runWmiProbe } from '../story/chain.ts';
import type { Chain } from '../story/chain.ts';
import { boot } from './boot.ts';
import type { Booted } from './boot.ts';
import { createProcessHost } from './process-host.ts';
import type { ProcessHost, WinProcess } from './process-host.ts';
import { fillBackground } from './ws-0142-background.ts';
import { startSession } from './ws-0142-session.ts';
import type { Session } from './ws-0142-session.ts';

export type Ws0142 = { readonly host: ProcessHost; readonly chain: Chain; readonly services: WinProcess } & Session;

const AS_SYSTEM = { account: SYSTEM, logonId: 0x3e7 } as const;

export function buildWs0142(random: Random): Ws0142 {
  const host = createProcessHost(WS_0142, random.fork('pids'), Object.values(STORY_PIDS));
  const booted = boot(host, random.fork('boot'), TIMES.boot, STORY_PIDS);
  const session = startSession(host, booted.winlogon, random.fork('children'));
  const chain = runChain(host, session.outlook, booted.scheduler);
  runResponder(host, booted.dcomLaunch);
  runProbe(host, booted.broker);
  runScripts(host, booted);
  fillBackground(host, booted, session, random);
  return { host, chain, services: booted.services, ...session };
}

function runResponder(host: ProcessHost, dcomLaunch: WinProcess): void {
  const own = { account: ADM_ORTIZ, logonId: LOGON_IDS.ortizAdmin, integrity: 'High' } as const;
  const shell = host.spawn(dcomLaunch, {
    image: IMAGES.wsmprovhost,
    commandLine: 'C:\\Windows\\system32\\wsmprovhost.exe -Embedding',
    startUs: on11('22:44:14.560'),
    lifeUs: 29 * MINUTE_US,
    ...own,
  });
  for (const [clock, image, commandLine] of RESPONSE_COMMANDS) {
    host.spawn(shell, { image, commandLine, startUs: on11(clock), lifeUs: 2 * SECOND_US, ...own });
  }
  host.spawn(shell, { image: sys('taskkill.exe'), commandLine: KILL_COMMAND.commandLine, startUs: KILL_COMMAND.us, lifeUs: SECOND_US, ...own });
}

function runProbe(host: ProcessHost, broker: WinProcess): void {
  const wmi = host.spawn(broker, {
    image: IMAGES.wmiprvse,
    commandLine: `${IMAGES.wmiprvse} -secured -Embedding`,
    account: machineAccount(WS_0142.name),
    logonId: 0x3e7,
    startUs: on11('22:06:33.118'),
    lifeUs: 6 * MINUTE_US,
  });
  runWmiProbe(host, wmi);
}

/** Harmless PowerShell beside the harmful one, and another name that a search for "power" meets. */
function runScripts(host: ProcessHost, booted: Booted): void {
  const agent = booted.parents('agent', TIMES.boot);
  for (const [clock, script, seconds] of [['21:52:08.220', 'certs.ps1', 21], ['22:52:08.261', 'printers.ps1', 18]] as const) {
    const commandLine = `"${IMAGES.powershell}" -NoProfile -NonInteractive -File "C:\\Program Files\\Harbour Agent\\scripts\\${script}"`;
    host.spawn(agent, { image: IMAGES.powershell, commandLine, startUs: on11(clock), lifeUs: seconds * SECOND_US, ...AS_SYSTEM });
  }
  const report = 'powercfg.exe /batteryreport /duration 1';
  host.spawn(booted.scheduler, { image: sys('powercfg.exe'), commandLine: report, startUs: on11('22:17:30.040'), lifeUs: 3 * SECOND_US, ...AS_SYSTEM });
}
