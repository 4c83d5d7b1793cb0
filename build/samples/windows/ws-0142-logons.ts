/**
 * Who logs on to WS-0142, and fails to, with the numbers the first screen shows for 21:40 to 23:10: 288 logons, 90 failures,
 * 201 special logons and 3 new services, machine account aside.
 */
import { ADM_ORTIZ, NOVAK, SVC_BACKUP, SYSTEM, machineAccount } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { MG_0005, WS_0142 } from '../world/hosts.ts';
import { ATTACKER, ATTACKER_VPN } from '../world/places.ts';
import type { Random } from '../core/random.ts';
import { MINUTE_US, SECOND_US, on11 } from '../core/time.ts';
import { EVIDENCE_END_US, LOGON_IDS, TASK_NAME, TIMES, WINDOW } from '../story/intrusion.ts';
import { evenSampler, minuteSampler } from './noise.ts';
import { explicitCredentials, loggedOff, loggedOn, logonFailed, privilegesAssigned, serviceInstalled, taskCreated } from './records.ts';
import type { Logon, SecurityRecord } from './records.ts';

/** Between 21:40 and 23:10. */
export const LOGON_COUNTS = {
  logons: { system: 250, novak: 21, svcBackup: 5, admOrtiz: 12, machine: 401 },
  special: { system: 171, novak: 8, svcBackup: 8, admOrtiz: 14, machine: 401 },
  failures: { novak: 47, svcBackup: 20, admOrtiz: 23 },
  services: 3,
} as const;

const OWN_IP = WS_0142.ip;
const HIGH_MINUTES = new Set([25, 26, 27, 45, 64, 65, 88]);
const LOGON_MINUTES = Array.from({ length: 90 }, (_, minute) => (HIGH_MINUTES.has(minute) ? 3 : minute % 5 === 1 ? 1.6 : 1));

export function ws0142Logons(random: Random): SecurityRecord[] {
  const records: SecurityRecord[] = [];
  const port = (): number => random.int(49_152, 65_300);
  const usedIds = new Set<number>(Object.values(LOGON_IDS));
  const freshId = (): number => {
    let id = random.int(0x100000, 0xffffff);
    while (usedIds.has(id)) id += 1;
    usedIds.add(id);
    return id;
  };
  const enter = (us: number, logon: Logon, special: boolean): void => {
    records.push(loggedOn(us, WS_0142, logon));
    if (special) records.push(privilegesAssigned(us, WS_0142, logon.account, logon.logonId));
    const isStory = Object.values(LOGON_IDS).some((id) => id === logon.logonId);
    if (logon.type === 3 && !isStory) records.push(loggedOff(us + random.int(2, 90) * SECOND_US, WS_0142, logon.account, logon.logonId));
  };
  const network = (account: Account, ip: string, logonId = freshId()): Logon => ({
    account,
    logonId,
    type: 3,
    package: 'Kerberos',
    ip,
    port: port(),
    workstation: '-',
  });
  const service: Logon = { account: SYSTEM, logonId: 0x3e7, type: 5, package: 'Negotiate', ip: '-' };
  const machine = (): Logon => ({
    account: machineAccount('WS-0142'),
    logonId: freshId(),
    type: 3,
    package: 'Kerberos',
    ip: random.pick(['::1', 'fe80::5c1d:9a2:7be1:4a2']),
    port: 0,
  });
  const inWindow = minuteSampler(random.fork('window'), WINDOW.fromUs, LOGON_MINUTES);

  // The evening session of j.novak, before the window.
  enter(TIMES.novakLogon, { account: NOVAK, logonId: LOGON_IDS.novakInteractive, type: 2, package: 'Negotiate', ip: '127.0.0.1', port: 0 }, true);

  // The story.
  const stolen = (logonId: number): Logon => ({
    account: NOVAK,
    logonId,
    type: 3,
    package: 'NTLM',
    ip: ATTACKER_VPN.ip,
    port: port(),
    workstation: 'DESKTOP-7Q',
  });
  enter(TIMES.firstStolenLogon, stolen(LOGON_IDS.novakStolen), false);
  enter(on11('22:31:50.277'), stolen(LOGON_IDS.novakStolenAgain), false);
  for (const us of TIMES.badPasswords) records.push(logonFailed(us, WS_0142, SVC_BACKUP, ATTACKER.ip, port(), 'DESKTOP-7Q'));
  for (const us of TIMES.badPasswordsAdmin) records.push(logonFailed(us, WS_0142, ADM_ORTIZ, ATTACKER.ip, port(), 'DESKTOP-7Q'));
  enter(
    TIMES.svcBackupLogon,
    { account: SVC_BACKUP, logonId: LOGON_IDS.svcBackup, type: 3, package: 'NTLM', ip: ATTACKER.ip, port: port(), workstation: 'DESKTOP-7Q' },
    true,
  );
  records.push(explicitCredentials(on11('22:07:31.488'), WS_0142, NOVAK, LOGON_IDS.novakInteractive, SVC_BACKUP, 'localhost'));
  records.push(taskCreated(on11('22:07:32.402'), WS_0142, SVC_BACKUP, LOGON_IDS.svcBackup, TASK_NAME));
  for (const clock of ['22:08:10.204', '22:09:41.118', '22:26:31.730', '22:51:02.391']) enter(on11(clock), network(SVC_BACKUP, MG_0005.ip), true);
  for (const clock of ['22:12:44.620', '22:13:10.044', '22:19:15.871']) records.push(privilegesAssigned(on11(clock), WS_0142, SVC_BACKUP, LOGON_IDS.svcBackup));

  // The implant guesses passwords from the machine itself.
  const guessing = evenSampler(random.fork('guessing'), on11('22:06:44.000'), on11('22:08:40.000'));
  const guess = (account: Account, count: number): void => {
    for (let index = 0; index < count; index += 1) records.push(logonFailed(guessing(), WS_0142, account, OWN_IP, port(), WS_0142.name));
  };
  guess(SVC_BACKUP, 17);
  guess(ADM_ORTIZ, 20);
  guess(NOVAK, 18);
  for (let index = 0; index < 29; index += 1) records.push(logonFailed(inWindow(), WS_0142, NOVAK, MG_0005.ip, port(), MG_0005.name));

  // The responder.
  enter(on11('22:44:12.901'), network(ADM_ORTIZ, MG_0005.ip, LOGON_IDS.ortizAdmin), true);
  const responding = evenSampler(random.fork('responding'), on11('22:44:20.000'), on11('22:50:00.000'));
  for (let index = 0; index < 9; index += 1) enter(responding(), network(ADM_ORTIZ, MG_0005.ip), true);
  for (let index = 0; index < 2; index += 1) enter(responding(), network(ADM_ORTIZ, OWN_IP), true);
  for (let index = 0; index < 2; index += 1) records.push(privilegesAssigned(responding(), WS_0142, ADM_ORTIZ, LOGON_IDS.ortizAdmin));

  // Ordinary logons in the window.
  for (let index = 0; index < 15; index += 1) enter(inWindow(), network(NOVAK, MG_0005.ip), index < 6);
  for (let index = 0; index < 4; index += 1) enter(inWindow(), network(NOVAK, OWN_IP), index < 2);
  for (let index = 0; index < LOGON_COUNTS.logons.system; index += 1) enter(inWindow(), service, index < LOGON_COUNTS.special.system);
  for (let index = 0; index < LOGON_COUNTS.logons.machine; index += 1) enter(inWindow(), machine(), true);

  // New services: the first is the intruder's.
  records.push(
    serviceInstalled(
      on11('22:07:44.302'),
      WS_0142,
      TASK_NAME,
      'C:\\Windows\\System32\\rundll32.exe C:\\Users\\Public\\u.dat,Service',
      'auto start',
      'LocalSystem',
    ),
  );
  records.push(
    serviceInstalled(
      on11('22:08:31.019'),
      WS_0142,
      'MicrosoftEdgeElevationService',
      '"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\145.0.3800.58\\elevation_service.exe"',
      'demand start',
      'LocalSystem',
    ),
  );
  records.push(
    serviceInstalled(
      on11('22:50:12.744'),
      WS_0142,
      'MpKsl4c1f0a92',
      'C:\\ProgramData\\Microsoft\\Windows Defender\\Definition Updates\\Backup\\MpKslDrv.sys',
      'system start',
      '',
    ),
  );

  // The rest of the day and the night.
  const around = [
    { when: evenSampler(random.fork('day'), TIMES.boot + MINUTE_US, WINDOW.fromUs), system: 270, machine: 420 },
    { when: evenSampler(random.fork('night'), WINDOW.toUs, EVIDENCE_END_US - 2 * MINUTE_US), system: 110, machine: 170 },
  ];
  for (const part of around) {
    for (let index = 0; index < part.system; index += 1) enter(part.when(), service, true);
    for (let index = 0; index < part.machine; index += 1) enter(part.when(), machine(), true);
  }
  return records;
}
