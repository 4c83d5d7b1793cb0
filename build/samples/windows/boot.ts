/**
 * A Windows machine coming up: the processes every later one descends from. Auditing starts a moment after the kernel, so
 * System, smss, wininit and winlogon have no event of their own and are known only as parents.
 */
import type { Account } from '../world/accounts.ts';
import { DWM_1, LOCAL_SERVICE, NETWORK_SERVICE, SYSTEM, UMFD_0 } from '../world/accounts.ts';
import type { Random } from '../core/random.ts';
import { IMAGES, sys } from '../world/programs.ts';
import type { ParentKey } from './background.ts';
import type { Parents } from './noise.ts';
import type { ProcessHost, WinProcess } from './process-host.ts';

export type Booted = {
  readonly winlogon: WinProcess;
  readonly services: WinProcess;
  readonly dcomLaunch: WinProcess;
  readonly networkService: WinProcess;
  readonly scheduler: WinProcess;
  readonly broker: WinProcess;
  /** Parents of background jobs that need no user session. */
  readonly parents: Parents;
};

/** Fixed ids where the story names them. */
export type BootPids = {
  readonly wininit: number;
  readonly winlogon: number;
  readonly services: number;
  readonly dwm: number;
  readonly dcomLaunch: number;
  readonly networkService: number;
};

const SERVICE_LOGON: Record<string, number> = { SYSTEM: 0x3e7, 'LOCAL SERVICE': 0x3e5, 'NETWORK SERVICE': 0x3e4 };

const SERVICES: readonly (readonly [string, Account])[] = [
  ['-k RPCSS -p', NETWORK_SERVICE],
  ['-k LocalServiceNetworkRestricted -p -s lmhosts', LOCAL_SERVICE],
  ['-k netsvcs -p -s gpsvc', SYSTEM],
  ['-k netsvcs -p -s ProfSvc', SYSTEM],
  ['-k LocalServiceNetworkRestricted -p -s EventLog', LOCAL_SERVICE],
  ['-k netsvcs -p -s Themes', SYSTEM],
  ['-k LocalService -p -s EventSystem', LOCAL_SERVICE],
  ['-k netsvcs -p -s SENS', SYSTEM],
  ['-k LocalServiceNetworkRestricted -p -s Dhcp', LOCAL_SERVICE],
  ['-k NetworkService -p -s Dnscache', NETWORK_SERVICE],
  ['-k LocalServiceNoNetworkFirewall -p', LOCAL_SERVICE],
  ['-k netsvcs -p -s ShellHWDetection', SYSTEM],
  ['-k netsvcs -p -s Winmgmt', SYSTEM],
  ['-k NetworkService -p -s CryptSvc', NETWORK_SERVICE],
  ['-k LocalServiceNoNetwork -p -s DPS', LOCAL_SERVICE],
  ['-k netsvcs -p -s LanmanServer', SYSTEM],
  ['-k NetworkService -p -s LanmanWorkstation', NETWORK_SERVICE],
  ['-k NetworkService -p -s WinRM', NETWORK_SERVICE],
  ['-k netsvcs -p -s iphlpsvc', SYSTEM],
  ['-k utcsvc -p', SYSTEM],
];

export function boot(host: ProcessHost, random: Random, bootUs: number, pids: BootPids): Booted {
  let us = bootUs;
  const later = (): number => (us += random.int(20, 420) * 1_000);

  const system = host.preExisting(IMAGES.system, 4, null, bootUs - 9_000_000, SYSTEM);
  const smss = host.preExisting(IMAGES.smss, 0x1a4, null, bootUs - 7_000_000, SYSTEM);
  const wininit = host.preExisting(IMAGES.wininit, pids.wininit, null, bootUs - 5_000_000, SYSTEM);
  const winlogon = host.preExisting(IMAGES.winlogon, pids.winlogon, null, bootUs - 4_800_000, SYSTEM);

  const service = (parent: WinProcess, image: string, commandLine: string, account: Account, pid?: number): WinProcess =>
    host.spawn(parent, { image, commandLine, account, logonId: SERVICE_LOGON[account.name] ?? 0x3e7, startUs: later(), pid, integrity: 'System' });

  service(system, 'MemCompression', '', SYSTEM);
  service(smss, IMAGES.csrss, '%SystemRoot%\\system32\\csrss.exe ObjectDirectory=\\Windows SharedSection=1024,20480,768', SYSTEM);
  const services = service(wininit, IMAGES.services, IMAGES.services, SYSTEM, pids.services);
  service(wininit, IMAGES.lsass, IMAGES.lsass, SYSTEM);
  service(wininit, sys('fontdrvhost.exe'), '"fontdrvhost.exe"', UMFD_0);
  service(winlogon, IMAGES.dwm, '"dwm.exe"', DWM_1, pids.dwm);
  const svchost = (args: string, account: Account, pid?: number): WinProcess => service(services, IMAGES.svchost, `${IMAGES.svchost} ${args}`, account, pid);

  const dcomLaunch = svchost('-k DcomLaunch -p', SYSTEM, pids.dcomLaunch);
  const broker = svchost('-k DcomLaunch -p -s PlugPlay', SYSTEM);
  const scheduler = svchost('-k netsvcs -p -s Schedule', SYSTEM);
  const networkService = svchost('-k NetworkService -p', NETWORK_SERVICE, pids.networkService);
  for (const [args, account] of SERVICES) svchost(args, account);
  service(services, sys('spoolsv.exe'), sys('spoolsv.exe'), SYSTEM);
  const search = service(services, sys('SearchIndexer.exe'), `${sys('SearchIndexer.exe')} /Embedding`, SYSTEM);
  const defender = service(
    services,
    'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26010.5-0\\MsMpEng.exe',
    '"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26010.5-0\\MsMpEng.exe"',
    SYSTEM,
  );
  service(
    services,
    'C:\\Program Files\\Windows Defender Advanced Threat Protection\\MsSense.exe',
    '"C:\\Program Files\\Windows Defender Advanced Threat Protection\\MsSense.exe"',
    SYSTEM,
  );
  const agent = service(services, IMAGES.harbourAgent, `"${IMAGES.harbourAgent}" --service`, SYSTEM);

  const byKey: Record<ParentKey, WinProcess> = {
    services,
    broker,
    scheduler,
    agent,
    search,
    defender,
    explorer: broker,
    outlook: broker,
  };
  return { winlogon, services, dcomLaunch, networkService, scheduler, broker, parents: (key) => byKey[key] };
}
