/**
 * DC-0001: tickets and password checks for everybody, which is most of any Windows log. The last quantity, service tickets,
 * is whatever brings the SecurityEvent table to its set size.
 */
import { ADM_ORTIZ, NOVAK, STAFF, SVC_BACKUP, SVC_MONITOR, SYSTEM, machineAccount } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { DC_0001, FS_0007, HOSTS, MG_0005, WS_0142 } from '../world/hosts.ts';
import type { Random } from '../core/random.ts';
import { MINUTE_US, SECOND_US, on11 } from '../core/time.ts';
import { encodePowerShell } from '../core/text.ts';
import { IMAGES } from '../world/programs.ts';
import { EVIDENCE_END_US, HOST_LOGS_START_US, TIMES } from '../story/intrusion.ts';
import { MACHINE_JOBS, SYSTEM_JOBS } from './background.ts';
import { boot } from './boot.ts';
import { evenSampler, runNoise } from './noise.ts';
import { createProcessHost } from './process-host.ts';
import type { OtherHost } from './other-hosts.ts';
import { accountDisabled, credentialsValidated, loggedOff, loggedOn, privilegesAssigned, ticketRequested } from './records.ts';
import type { SecurityRecord } from './records.ts';

const BOOT_PIDS = { wininit: 0x2b4, winlogon: 0x2fc, services: 0x338, dwm: 0x3c0, dcomLaunch: 0x39c, networkService: 0x48c } as const;
const SUCCESS = '0x0';
const BAD_PASSWORD = '0xC000006A';

/** `filler`: how many service tickets to add at the end. */
export function buildDc0001(random: Random, filler: number): OtherHost {
  const host = createProcessHost(DC_0001, random.fork('pids'), Object.values(BOOT_PIDS));
  const bootUs = on11('03:00:40.000');
  const booted = boot(host, random.fork('boot'), bootUs, BOOT_PIDS);
  const allDay = evenSampler(random.fork('day'), bootUs + 4 * MINUTE_US, EVIDENCE_END_US - 5 * MINUTE_US);
  runNoise(host, random.fork('system'), booted.parents, { jobs: SYSTEM_JOBS, account: SYSTEM, logonId: 0x3e7, count: 150, when: allDay });
  runNoise(host, random.fork('machine'), booted.parents, { jobs: MACHINE_JOBS, account: machineAccount('DC-0001'), logonId: 0x3e7, count: 110, when: allDay });
  const desiredState =
    "$ErrorActionPreference='Stop';Import-Module PSDesiredStateConfiguration;Test-DscConfiguration -Detailed | ConvertTo-Json -Depth 4 | Set-Content C:\\ProgramData\\Harbour\\dsc.json";
  for (const clock of ['22:36:20.045', '22:36:20.981']) {
    host.spawn(booted.scheduler, {
      image: IMAGES.powershell,
      commandLine: `powershell.exe -NonInteractive -EncodedCommand ${encodePowerShell(desiredState)}`,
      account: SYSTEM,
      logonId: 0x3e7,
      startUs: on11(clock),
      lifeUs: 9 * SECOND_US,
    });
  }

  const records: SecurityRecord[] = [];
  const port = (): number => random.int(49_152, 65_300);
  const staff = STAFF.map(([account]) => account);
  const machines = HOSTS.filter((item) => item.os !== 'Ubuntu 24.04').map((item) => machineAccount(item.name));
  const addressOf = (account: Account): string => {
    const own = HOSTS.find((item) => `${item.name}$` === account.name);
    return own?.ip ?? (account === SVC_MONITOR ? MG_0005.ip : `10.20.4.${11 + ((account.sid.charCodeAt(account.sid.length - 1) * 7) % 50)}`);
  };
  const anyone = (): Account =>
    random.weighted([
      [random.pick(staff), 5],
      [random.pick(machines), 6],
      [SVC_MONITOR, 2],
    ] as const);

  let logonId = 0x3b0000;
  for (let index = 0; index < 3_400; index += 1) {
    const account = anyone();
    const us = allDay();
    logonId += random.int(3, 900);
    records.push(loggedOn(us, DC_0001, { account, logonId, type: 3, package: 'Kerberos', ip: addressOf(account), port: port() }));
    if (account.kind !== 'user') records.push(privilegesAssigned(us, DC_0001, account, logonId));
    records.push(loggedOff(us + random.int(1, 40) * SECOND_US, DC_0001, account, logonId));
  }
  for (let index = 0; index < 900; index += 1) {
    const account = anyone();
    records.push(ticketRequested(allDay(), DC_0001, 4768, account, addressOf(account), port(), 'krbtgt', SUCCESS));
  }
  for (let index = 0; index < 46; index += 1) {
    const account = random.pick(staff);
    records.push(ticketRequested(allDay(), DC_0001, 4771, account, addressOf(account), port(), 'krbtgt/CORP', '0x18'));
  }
  for (let index = 0; index < 420; index += 1) records.push(credentialsValidated(allDay(), DC_0001, random.pick(staff), random.pick(HOSTS).name, SUCCESS));

  // The story as the domain controller sees it.
  records.push(credentialsValidated(TIMES.firstStolenLogon - 9_000, DC_0001, NOVAK, 'DESKTOP-7Q', SUCCESS));
  for (const us of TIMES.badPasswords) records.push(credentialsValidated(us - 7_000, DC_0001, SVC_BACKUP, 'DESKTOP-7Q', BAD_PASSWORD));
  records.push(credentialsValidated(TIMES.svcBackupLogon - 8_000, DC_0001, SVC_BACKUP, 'DESKTOP-7Q', SUCCESS));
  for (const us of TIMES.badPasswordsAdmin) records.push(credentialsValidated(us - 7_000, DC_0001, ADM_ORTIZ, 'DESKTOP-7Q', BAD_PASSWORD));
  records.push(ticketRequested(on11('22:08:54.870'), DC_0001, 4768, SVC_BACKUP, WS_0142.ip, port(), 'krbtgt', SUCCESS));
  records.push(ticketRequested(on11('22:08:54.894'), DC_0001, 4769, SVC_BACKUP, WS_0142.ip, port(), `${FS_0007.name}$`, SUCCESS));
  logonId += 31;
  records.push(
    loggedOn(TIMES.accountDisabled - 96 * SECOND_US, DC_0001, { account: ADM_ORTIZ, logonId, type: 3, package: 'Kerberos', ip: MG_0005.ip, port: port() }),
  );
  records.push(privilegesAssigned(TIMES.accountDisabled - 96 * SECOND_US, DC_0001, ADM_ORTIZ, logonId));
  records.push(accountDisabled(TIMES.accountDisabled, DC_0001, ADM_ORTIZ, logonId, SVC_BACKUP));

  const ticketTimes = evenSampler(random.fork('tickets'), HOST_LOGS_START_US + 2 * MINUTE_US, EVIDENCE_END_US);
  for (let index = 0; index < filler; index += 1) {
    const account = anyone();
    records.push(ticketRequested(ticketTimes(), DC_0001, 4769, account, addressOf(account), port(), random.pick(machines).name, SUCCESS));
  }
  return { host, records };
}
