/**
 * The 41 alerts of the case: thirteen of incident 4471 (the intrusion), three of 4468 (the phishing mail), three dismissed ones of
 * 4465 (a rule under test), and 22 that belong to nothing. Words, times, tactics and states as the pictures show them.
 */
import { ADM_ORTIZ, NOVAK, ORTIZ, STAFF, SVC_BACKUP, idOf } from '../world/accounts.ts';
import { FS_0007, WS_0117, WS_0142, WS_0209 } from '../world/hosts.ts';
import { ATTACKER, ATTACKER_VPN } from '../world/places.ts';
import { on11, SECOND_US } from '../core/time.ts';
import type { Fleet } from '../windows/fleet.ts';
import type { WinProcess } from '../windows/process-host.ts';
import { STORY_PIDS } from './chain.ts';
import type { ChainStep } from './chain.ts';
import { createEntityList } from './alert-entities.ts';
import type { EntityList } from './alert-entities.ts';
import { ARCHIVE, ATTACK_MAIL, DOMAINS, LURE, PAYLOAD, TASK_KEY } from './intrusion.ts';
import { QUIET_ALERTS } from './quiet-alerts.ts';

export type Severity = 'Critical' | 'High' | 'Medium' | 'Low' | 'Informational';
export type Product = 'xdr' | 'sentinel' | 'entra';
export type AlertStatus = 'New' | 'InProgress' | 'Resolved' | 'Dismissed';

export type Alert = {
  readonly id: string;
  readonly startUs: number;
  readonly endUs: number;
  readonly severity: Severity;
  readonly name: string;
  readonly description: string;
  readonly product: Product;
  readonly tactic: string;
  /** `T1059.001`, `T1078` or empty. */
  readonly technique: string;
  readonly status: AlertStatus;
  readonly incident: number | null;
  readonly compromised: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly entities: EntityList;
};

type Fill = (list: EntityList) => void;

export const ENCODED_ALERT_ID = 'da3f1c07-77e2-4b10-9c41-5e07a1b2c3d4';

export function buildAlerts(fleet: Fleet): Alert[] {
  const { chain } = fleet.ws0142;
  const step = (name: ChainStep): WinProcess => {
    const found = chain.steps.find((item) => item.pid === STORY_PIDS[name]);
    if (found === undefined) throw new Error(`The chain has no ${name}`);
    return found;
  };
  const made: Alert[] = [];
  const add = (incident: number | null, severity: Severity, clock: string, seconds: number, name: string, product: Product, tactic: string, technique: string, status: AlertStatus, compromised: string, description: string, fill: Fill, properties: Record<string, string> = {}): void => {
    const entities = createEntityList();
    fill(entities);
    const id = clock === '22:04:17.482' ? ENCODED_ALERT_ID : idOf(`alert ${name} ${clock}`);
    made.push({ id, startUs: on11(clock), endUs: on11(clock) + seconds * SECOND_US, severity, name, description, product, tactic, technique, status, incident, compromised, properties, entities });
  };

  add(4471, 'Critical', '22:14:20.118', 442, 'Archive sent to a web upload service', 'xdr', 'Exfiltration', 'T1567.002', 'New', 'WS-0142',
    'A password-protected archive made from a file share was sent to an address that no other machine of the company talks to.',
    (list) => { list.host(WS_0142); list.process(step('curl')); list.url(`https://${DOMAINS.drop}/up/q1`); },
    { FileName: 'q1.7z', FileSize: String(ARCHIVE.sizeBytes), RemoteUrl: `https://${DOMAINS.drop}/up/q1` });
  add(4471, 'High', '22:04:17.482', 803, 'Encoded PowerShell started by Word', 'xdr', 'Execution', 'T1059.001', 'InProgress', 'WS-0142',
    'An Office application started PowerShell with an encoded command and a hidden window. The command downloads and runs a script from an address first seen in this case 13 seconds earlier.',
    (list) => {
      list.account(NOVAK); list.host(WS_0142); list.process(step('powershell'));
      list.file(`${LURE.folder}\\${LURE.name}`, LURE.sha256, WS_0142); list.dns(DOMAINS.stage, ATTACKER.ip);
    },
    { ParentProcess: 'WINWORD.EXE', IsEncoded: 'true', Rule: 'Office child process with encoded command' });
  add(4471, 'High', '22:05:02.311', 20, 'Rundll32 loaded a file from a public folder', 'xdr', 'DefenseEvasion', 'T1218.011', 'New', 'WS-0142',
    'Rundll32 called an export of a file without a library extension in a folder that every user can write to.',
    (list) => { list.host(WS_0142); list.process(step('rundll32')); list.file(PAYLOAD.path, PAYLOAD.sha256, WS_0142); }, { ParentProcess: 'powershell.exe' });
  add(4471, 'High', '22:36:09.250', 61, 'Mailbox rule forwards outside', 'sentinel', 'Collection', 'T1114.003', 'New', 'j.novak@example.com',
    'A new inbox rule sends mail to an address outside the company and deletes the original. The mailbox itself forwards as well.',
    (list) => { list.mailbox(NOVAK); list.ip(ATTACKER_VPN.ip); list.cloudApplication('Office 365 Exchange', 20_893); }, { ForwardTo: DOMAINS.forwardTo, RuleName: '.' });
  add(4471, 'Medium', '22:05:44.019', 4, 'Domain group enumeration', 'xdr', 'Discovery', 'T1069.002', 'New', 'WS-0142',
    'The members of a privileged domain group were listed by a process that does not do so on other days.',
    (list) => { list.account(NOVAK); list.process(step('net')); });
  add(4471, 'Medium', '22:06:14.006', 26, 'Password guessing followed by a logon', 'sentinel', 'CredentialAccess', 'T1110.001', 'InProgress', 'WS-0142',
    'Three wrong passwords within one second for a service account, then a logon from the same public address.',
    (list) => { list.ip(ATTACKER.ip); list.account(SVC_BACKUP); list.host(WS_0142); }, { FailedLogons: '3', LogonType: '3' });
  add(4471, 'Medium', '22:07:32.118', 2, 'Scheduled task with a short interval', 'xdr', 'Persistence', 'T1053.005', 'New', 'WS-0142',
    'A task that starts Rundll32 every 30 minutes as SYSTEM was created from a command line.',
    (list) => { list.host(WS_0142); list.process(step('schtasks')); list.registryKey(TASK_KEY); }, { TaskName: 'SyncHelper' });
  add(4471, 'Medium', '22:41:50.336', 1, 'Impossible travel', 'entra', 'InitialAccess', 'T1078.004', 'Resolved', 'j.novak@example.com',
    'Sign-ins from Singapore and Lisbon, eight minutes apart.', (list) => { list.account(NOVAK); list.ip(ATTACKER_VPN.ip); });
  add(4471, 'Low', '21:44:12.905', 1, 'Rare user agent', 'sentinel', 'InitialAccess', 'T1078', 'Resolved', 'j.novak@example.com',
    'A sign-in with a scripting library as user agent, the first of this account in 30 days.', (list) => list.account(NOVAK), { UserAgent: 'python-requests/2.32.3' });
  add(4471, 'Low', '21:51:37.204', 3, 'Unfamiliar sign-in properties', 'entra', 'InitialAccess', 'T1078', 'New', 'j.novak@example.com',
    'A sign-in from a network, a place and a device that this account has not used before.', (list) => { list.ip(ATTACKER_VPN.ip); list.account(NOVAK); });
  add(4471, 'Low', '22:09:05.977', 1, 'Shadow copy listing', 'xdr', 'Impact', 'T1490', 'Resolved', 'WS-0142',
    'Shadow copies were listed; none was changed.', (list) => list.host(WS_0142));
  add(4471, 'Informational', '22:48:03.402', 1, 'Device inventory changed', 'xdr', '', '', 'Resolved', 'WS-0209', 'A storage device was added to the inventory of the machine.', (list) => list.host(WS_0209));
  add(4471, 'Informational', '22:52:40.660', 1, 'Software installed by user', 'xdr', '', '', 'Resolved', 'WS-0209', 'A user installed a packet viewer from the company catalogue.', (list) => list.host(WS_0209));

  const recipients = STAFF.map(([account]) => account).slice(2, 13);
  add(4468, 'Medium', '21:58:40.117', 1, 'User reported a message as phishing', 'xdr', 'InitialAccess', 'T1566.001', 'InProgress', 'm.ortiz@example.com',
    'A user reported a message with an invoice as attachment.', (list) => { list.mailbox(ORTIZ); list.mailMessage(ATTACK_MAIL.sender, ORTIZ.upn, ATTACK_MAIL.subject, ATTACK_MAIL.id); });
  add(4468, 'Medium', '22:02:11.540', 1, 'Attachment blocked after delivery', 'xdr', 'InitialAccess', 'T1566.001', 'New', LURE.name,
    'An attachment was found harmful after it had been delivered. Copies in three mailboxes were blocked.',
    (list) => { list.file(`${LURE.folder}\\${LURE.name}`, LURE.sha256, null); for (const account of recipients.slice(0, 3)) list.mailbox(account); });
  add(4468, 'Low', '22:20:55.303', 8, 'Message removed from 11 mailboxes', 'xdr', 'InitialAccess', 'T1566', 'Resolved', 'k.ito@example.com',
    'A message was moved out of 11 mailboxes after delivery.', (list) => { for (const account of recipients) list.mailbox(account); });

  add(4465, 'Medium', '21:46:30.000', 1, 'Test: many file deletions', 'sentinel', 'Impact', 'T1485', 'Dismissed', 'FS-0007', 'Raised by a rule under test.', (list) => { list.host(FS_0007); list.account(ADM_ORTIZ); });
  add(4465, 'Low', '21:46:41.000', 1, 'Test: share listed by script', 'sentinel', 'Discovery', 'T1135', 'Dismissed', 'FS-0007', 'Raised by a rule under test.', (list) => list.host(FS_0007));
  add(4465, 'Informational', '21:47:02.000', 1, 'Test: rule heartbeat', 'sentinel', '', '', 'Dismissed', 'WS-0117', 'Raised by a rule under test.', (list) => list.host(WS_0117));

  for (const [clock, severity, name, product, tactic, technique, status, compromised, description, fill] of QUIET_ALERTS) {
    add(null, severity, clock, 1, name, product, tactic, technique, status, compromised, description, fill);
  }
  return made.sort((left, right) => left.startUs - right.startUs);
}
