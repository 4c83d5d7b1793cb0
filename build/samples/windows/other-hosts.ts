/**
 * The other Windows machines: two workstations, the file server the archive was taken from, the management server. Ordinary
 * days, plus what the intruder does on FS-0007 and a few encoded commands that turn out harmless.
 */
import { ADM_ORTIZ, ORTIZ, SILVA, STAFF, SVC_BACKUP, SVC_MONITOR, SYSTEM, machineAccount } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { FS_0007, MG_0005, WS_0117, WS_0142, WS_0209 } from '../world/hosts.ts';
import type { Host } from '../world/hosts.ts';
import type { Random } from '../core/random.ts';
import { encodePowerShell } from '../core/text.ts';
import { HOUR_US, MINUTE_US, SECOND_US, at, on11 } from '../core/time.ts';
import { IMAGES } from '../world/programs.ts';
import { EVIDENCE_END_US, LATERAL_POWERSHELL, TIMES } from '../story/intrusion.ts';
import { MACHINE_JOBS, SYSTEM_JOBS, USER_JOBS } from './background.ts';
import { boot } from './boot.ts';
import type { Booted } from './boot.ts';
import { evenSampler, runNoise } from './noise.ts';
import { createProcessHost } from './process-host.ts';
import type { ProcessHost, WinProcess } from './process-host.ts';
import { loggedOff, loggedOn, logonFailed, privilegesAssigned, serviceInstalled, shareAccessed } from './records.ts';
import type { SecurityRecord } from './records.ts';

export type OtherHost = { readonly host: ProcessHost; readonly records: readonly SecurityRecord[] };

type Plan = {
  readonly host: Host;
  readonly bootUs: number;
  readonly processes: number;
  readonly logons: number;
  /** Person at the keyboard, and from when to when. */
  readonly person?: { readonly account: Account; readonly fromUs: number; readonly toUs: number; readonly processes: number };
  readonly visitors: readonly Account[];
};

const BOOT_PIDS = { wininit: 0x2c8, winlogon: 0x31c, services: 0x340, dwm: 0x3bc, dcomLaunch: 0x388, networkService: 0x4a4 } as const;

function ordinary(
  plan: Plan,
  random: Random,
): { host: ProcessHost; booted: Booted; explorer: WinProcess | null; records: SecurityRecord[]; freshId: () => number } {
  const host = createProcessHost(plan.host, random.fork('pids'), Object.values(BOOT_PIDS));
  const booted = boot(host, random.fork('boot'), plan.bootUs, BOOT_PIDS);
  const records: SecurityRecord[] = [];
  let nextId = random.int(0x200000, 0x400000);
  const freshId = (): number => (nextId += random.int(3, 4_000));
  const allDay = evenSampler(random.fork('day'), plan.bootUs + 4 * MINUTE_US, EVIDENCE_END_US - 10 * MINUTE_US);

  let explorer: WinProcess | null = null;
  if (plan.person !== undefined) {
    const { account, fromUs, toUs, processes } = plan.person;
    const own = { account, logonId: freshId() };
    records.push(loggedOn(fromUs, plan.host, { ...own, type: 2, package: 'Negotiate', ip: '127.0.0.1', port: 0 }));
    const userinit = host.spawn(booted.winlogon, {
      image: IMAGES.userinit,
      commandLine: IMAGES.userinit,
      startUs: fromUs + 3 * SECOND_US,
      lifeUs: 30 * SECOND_US,
      ...own,
    });
    const shell = host.spawn(userinit, {
      image: IMAGES.explorer,
      commandLine: 'C:\\Windows\\Explorer.EXE',
      startUs: fromUs + 4 * SECOND_US,
      lifeUs: toUs - fromUs,
      ...own,
    });
    const outlook = host.spawn(shell, {
      image: IMAGES.outlook,
      commandLine: `"${IMAGES.outlook}"`,
      startUs: fromUs + 90 * SECOND_US,
      lifeUs: toUs - fromUs - 120 * SECOND_US,
      ...own,
    });
    host.spawn(shell, {
      image: IMAGES.edge,
      commandLine: `"${IMAGES.edge}" --profile-directory=Default`,
      startUs: fromUs + 120 * SECOND_US,
      lifeUs: toUs - fromUs - 180 * SECOND_US,
      ...own,
    });
    runNoise(host, random.fork('user'), (key, us) => (key === 'explorer' ? shell : key === 'outlook' ? outlook : booted.parents(key, us)), {
      ...own,
      jobs: USER_JOBS,
      count: processes,
      when: evenSampler(random.fork('office'), fromUs + 3 * MINUTE_US, toUs - 5 * MINUTE_US),
      endBeforeUs: toUs - 3 * MINUTE_US,
    });
    explorer = shell;
  }
  const own = plan.processes - host.all().length;
  runNoise(host, random.fork('system'), booted.parents, { jobs: SYSTEM_JOBS, account: SYSTEM, logonId: 0x3e7, count: Math.ceil(own / 2), when: allDay });
  runNoise(host, random.fork('machine'), booted.parents, {
    jobs: MACHINE_JOBS,
    account: machineAccount(plan.host.name),
    logonId: 0x3e7,
    count: Math.floor(own / 2),
    when: allDay,
  });

  const visits = random.fork('visits');
  for (let index = 0; index < plan.logons; index += 1) {
    const us = allDay();
    const account = visits.pick(plan.visitors);
    const logonId = freshId();
    const ip = account === SVC_MONITOR || account === ADM_ORTIZ ? MG_0005.ip : `10.20.4.${visits.int(11, 60)}`;
    records.push(loggedOn(us, plan.host, { account, logonId, type: 3, package: 'Kerberos', ip, port: visits.int(49_152, 65_300) }));
    if (account.kind !== 'user' || account === ADM_ORTIZ) records.push(privilegesAssigned(us, plan.host, account, logonId));
    records.push(loggedOff(us + visits.int(1, 600) * SECOND_US, plan.host, account, logonId));
  }
  return { host, booted, explorer, records, freshId };
}

const STAFF_ACCOUNTS = STAFF.map(([account]) => account);

export function buildWs0209(random: Random): OtherHost {
  const plan: Plan = {
    host: WS_0209,
    bootUs: on11('03:07:41.000'),
    processes: 980,
    logons: 210,
    visitors: [machineAccount('WS-0209'), SVC_MONITOR],
    person: { account: ORTIZ, fromUs: on11('19:02:10.400'), toUs: at('2026-03-12 01:40:00.000'), processes: 330 },
  };
  const { host, explorer, records, freshId } = ordinary(plan, random);
  if (explorer === null) throw new Error('WS-0209 has a person at the keyboard');
  // A responder lists folders with an encoded command: looks bad, is not.
  const script = 'gci C:\\Users\\Public | select Name,Length,LastWriteTime';
  const logonId = freshId();
  for (const clock of ['22:31:15.277', '22:33:58.630']) {
    host.spawn(explorer, {
      image: IMAGES.powershell,
      commandLine: `powershell.exe -e ${encodePowerShell(script)}`,
      account: ADM_ORTIZ,
      logonId,
      startUs: on11(clock),
      lifeUs: 4 * SECOND_US,
      integrity: 'High',
    });
  }
  records.push(loggedOn(on11('22:30:58.102'), WS_0209, { account: ADM_ORTIZ, logonId, type: 2, package: 'Negotiate', ip: '::1', port: 0 }));
  records.push(privilegesAssigned(on11('22:30:58.102'), WS_0209, ADM_ORTIZ, logonId));
  return { host, records };
}

export function buildWs0117(random: Random): OtherHost {
  const plan: Plan = {
    host: WS_0117,
    bootUs: on11('03:09:20.000'),
    processes: 860,
    logons: 190,
    visitors: [machineAccount('WS-0117'), SVC_MONITOR],
    person: { account: SILVA, fromUs: on11('07:48:33.900'), toUs: on11('23:20:00.000'), processes: 420 },
  };
  const { host, records } = ordinary(plan, random);
  return { host, records };
}

export function buildMg0005(random: Random): OtherHost {
  const plan: Plan = {
    host: MG_0005,
    bootUs: on11('03:02:15.000'),
    processes: 520,
    logons: 620,
    visitors: [SVC_MONITOR, ADM_ORTIZ, machineAccount('MG-0005'), ...STAFF_ACCOUNTS.slice(0, 8)],
  };
  const { host, records } = ordinary(plan, random);
  return { host, records };
}

export function buildFs0007(random: Random): OtherHost {
  const plan: Plan = {
    host: FS_0007,
    bootUs: on11('03:04:52.000'),
    processes: 460,
    logons: 1_650,
    visitors: [...STAFF_ACCOUNTS, SVC_MONITOR, machineAccount('FS-0007')],
  };
  const { host, booted, records, freshId } = ordinary(plan, random);
  const port = (): number => random.int(49_152, 65_300);

  // Staff at their shares.
  const staffAccess = evenSampler(random.fork('shares'), plan.bootUs + 2 * HOUR_US, EVIDENCE_END_US - HOUR_US);
  const shares = [
    ['ops$', 'D:\\ops', 10],
    ['scans$', 'D:\\scans', 5],
    ['home$', 'E:\\home', 8],
    ['finance$', 'D:\\finance', 1],
  ] as const;
  for (let index = 0; index < 2_600; index += 1) {
    const [share, path] = random.weighted(shares.map((entry) => [entry, entry[2]] as const));
    records.push(shareAccessed(staffAccess(), FS_0007, random.pick(STAFF_ACCOUNTS), freshId(), `10.20.4.${random.int(11, 60)}`, port(), share, path));
  }

  // The stolen account reads the finance share from WS-0142, from the listing to the end of the archive.
  const readerId = freshId();
  records.push(loggedOn(on11('22:08:54.912'), FS_0007, { account: SVC_BACKUP, logonId: readerId, type: 3, package: 'Kerberos', ip: WS_0142.ip, port: port() }));
  records.push(privilegesAssigned(on11('22:08:54.912'), FS_0007, SVC_BACKUP, readerId));
  const reading = evenSampler(random.fork('reading'), on11('22:08:55.800'), on11('22:13:58.000'));
  for (let index = 0; index < 64; index += 1) {
    records.push(shareAccessed(index === 0 ? on11('22:08:55.804') : reading(), FS_0007, SVC_BACKUP, readerId, WS_0142.ip, port(), 'finance$', 'D:\\finance'));
  }
  for (const clock of ['22:09:12.040', '22:09:13.377']) records.push(logonFailed(on11(clock), FS_0007, ADM_ORTIZ, WS_0142.ip, port(), WS_0142.name));

  // The move to the server: a service starts PowerShell, PowerShell starts a listing.
  const lateralId = freshId();
  records.push(
    loggedOn(TIMES.lateralLogon, FS_0007, {
      account: SVC_BACKUP,
      logonId: lateralId,
      type: 3,
      package: 'NTLM',
      ip: WS_0142.ip,
      port: port(),
      workstation: WS_0142.name,
    }),
  );
  records.push(privilegesAssigned(TIMES.lateralLogon, FS_0007, SVC_BACKUP, lateralId));
  const [first, second] = LATERAL_POWERSHELL;
  records.push(serviceInstalled(TIMES.lateralService, FS_0007, 'SyncHelperSvc', `%COMSPEC% /c ${first.commandLine}`, 'demand start', 'CORP\\svc-backup'));
  const serviceId = freshId();
  records.push(loggedOn(TIMES.lateralService + 210_000, FS_0007, { account: SVC_BACKUP, logonId: serviceId, type: 5, package: 'Negotiate', ip: '-' }));
  const own = { account: SVC_BACKUP, logonId: serviceId, integrity: 'High' } as const;
  const powershell = host.spawn(booted.services, {
    image: IMAGES.powershell,
    commandLine: first.commandLine,
    startUs: TIMES.lateralPowerShell,
    lifeUs: on11('22:58:40.000') - TIMES.lateralPowerShell,
    ...own,
  });
  const cmd = host.spawn(powershell, {
    image: IMAGES.cmd,
    commandLine: `cmd.exe /c ${second.commandLine}`,
    startUs: TIMES.lateralPwsh - 122_000,
    lifeUs: 40 * SECOND_US,
    ...own,
  });
  host.spawn(cmd, { image: IMAGES.pwsh, commandLine: second.commandLine, startUs: TIMES.lateralPwsh, lifeUs: 38 * SECOND_US, ...own });
  return { host, records };
}
