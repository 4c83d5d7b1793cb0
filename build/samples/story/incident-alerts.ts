/**
 * Alerts of the three incidents, with the words, times, tactics and states of the screen designs.
 */
import { ADM_ORTIZ, NOVAK, ORTIZ, STAFF, SVC_BACKUP } from '../world/accounts.ts';
import { FS_0007, WS_0117, WS_0142, WS_0209 } from '../world/hosts.ts';
import { ATTACKER, ATTACKER_VPN } from '../world/places.ts';
import type { AlertPlan, Steps } from './alerts.ts';
import { ARCHIVE, ATTACK_MAIL, DOMAINS, ENCODED_ALERT, LURE, PAYLOAD, TASK_KEY, TASK_NAME } from './intrusion.ts';

const LURE_PATH = `${LURE.folder}\\${LURE.name}`;

/** Incident 4471: from the first strange sign-in to the upload. */
export const intrusionAlerts = (step: Steps): AlertPlan[] => [
  {
    at: '21:44:12.905', severity: 'Low', name: 'Rare user agent', product: 'sentinel', tactic: 'InitialAccess', technique: 'T1078', status: 'Resolved',
    compromised: NOVAK.upn,
    description: 'A sign-in with a scripting library as user agent, the first of this account in 30 days.',
    properties: { UserAgent: 'python-requests/2.32.3' },
    entities: (list) => list.account(NOVAK),
  },
  {
    at: '21:51:37.204', seconds: 3, severity: 'Low', name: 'Unfamiliar sign-in properties', product: 'entra', tactic: 'InitialAccess', technique: 'T1078', status: 'New',
    compromised: NOVAK.upn,
    description: 'A sign-in from a network, a place and a device that this account has not used before.',
    entities: (list) => {
      list.ip(ATTACKER_VPN.ip);
      list.account(NOVAK);
    },
  },
  {
    at: '22:04:17.482', seconds: 803, severity: 'High', name: ENCODED_ALERT.name, product: 'xdr', tactic: 'Execution', technique: 'T1059.001',
    status: 'InProgress', compromised: WS_0142.name,
    description:
      'An Office application started PowerShell with an encoded command and a hidden window. The command downloads and runs a script from an address ' +
      'first seen in this case 13 seconds earlier.',
    properties: { ParentProcess: 'WINWORD.EXE', IsEncoded: 'true', Rule: 'Office child process with encoded command' },
    entities: (list) => {
      list.account(NOVAK);
      list.host(WS_0142);
      list.process(step('powershell'));
      list.file(LURE_PATH, LURE.sha256, WS_0142);
      list.dns(DOMAINS.stage, ATTACKER.ip);
    },
  },
  {
    at: '22:05:02.311', seconds: 20, severity: 'High', name: 'Rundll32 loaded a file from a public folder', product: 'xdr', tactic: 'DefenseEvasion',
    technique: 'T1218.011', status: 'New', compromised: WS_0142.name,
    description: 'Rundll32 called an export of a file without a library extension in a folder that every user can write to.',
    properties: { ParentProcess: 'powershell.exe' },
    entities: (list) => {
      list.host(WS_0142);
      list.process(step('rundll32'));
      list.file(PAYLOAD.path, PAYLOAD.sha256, WS_0142);
    },
  },
  {
    at: '22:05:44.019', seconds: 4, severity: 'Medium', name: 'Domain group enumeration', product: 'xdr', tactic: 'Discovery', technique: 'T1069.002', status: 'New',
    compromised: WS_0142.name,
    description: 'The members of a privileged domain group were listed by a process that does not do so on other days.',
    entities: (list) => {
      list.account(NOVAK);
      list.process(step('net'));
    },
  },
  {
    at: '22:06:14.006', seconds: 26, severity: 'Medium', name: 'Password guessing followed by a logon', product: 'sentinel', tactic: 'CredentialAccess',
    technique: 'T1110.001', status: 'InProgress', compromised: WS_0142.name,
    description: 'Three wrong passwords within one second for a service account, then a logon from the same public address.',
    properties: { FailedLogons: '3', LogonType: '3' },
    entities: (list) => {
      list.ip(ATTACKER.ip);
      list.account(SVC_BACKUP);
      list.host(WS_0142);
    },
  },
  {
    at: '22:07:32.118', seconds: 2, severity: 'Medium', name: 'Scheduled task with a short interval', product: 'xdr', tactic: 'Persistence', technique: 'T1053.005',
    status: 'New', compromised: WS_0142.name,
    description: 'A task that starts Rundll32 every 30 minutes as SYSTEM was created from a command line.',
    properties: { TaskName: TASK_NAME },
    entities: (list) => {
      list.host(WS_0142);
      list.process(step('schtasks'));
      list.registryKey(TASK_KEY);
    },
  },
  {
    at: '22:09:05.977', severity: 'Low', name: 'Shadow copy listing', product: 'xdr', tactic: 'Impact', technique: 'T1490', status: 'Resolved',
    compromised: WS_0142.name,
    description: 'Shadow copies were listed; none was changed.',
    entities: (list) => list.host(WS_0142),
  },
  {
    at: '22:14:20.118', seconds: 442, severity: 'Critical', name: 'Archive sent to a web upload service', product: 'xdr', tactic: 'Exfiltration', technique: 'T1567.002',
    status: 'New', compromised: WS_0142.name,
    description: 'A password-protected archive made from a file share was sent to an address that no other machine of the company talks to.',
    properties: { FileName: 'q1.7z', FileSize: String(ARCHIVE.sizeBytes), RemoteUrl: `https://${DOMAINS.drop}/up/q1` },
    entities: (list) => {
      list.host(WS_0142);
      list.process(step('curl'));
      list.url(`https://${DOMAINS.drop}/up/q1`);
    },
  },
  {
    at: '22:36:09.250', seconds: 61, severity: 'High', name: 'Mailbox rule forwards outside', product: 'sentinel', tactic: 'Collection', technique: 'T1114.003',
    status: 'New', compromised: NOVAK.upn,
    description: 'A new inbox rule sends mail to an address outside the company and deletes the original. The mailbox itself forwards as well.',
    properties: { ForwardTo: DOMAINS.forwardTo, RuleName: '.' },
    entities: (list) => {
      list.mailbox(NOVAK);
      list.ip(ATTACKER_VPN.ip);
      list.cloudApplication('Office 365 Exchange', 20_893);
    },
  },
  {
    at: '22:41:50.336', severity: 'Medium', name: 'Impossible travel', product: 'entra', tactic: 'InitialAccess', technique: 'T1078.004', status: 'Resolved',
    compromised: NOVAK.upn,
    description: 'Sign-ins from Singapore and Lisbon, eight minutes apart.',
    entities: (list) => {
      list.account(NOVAK);
      list.ip(ATTACKER_VPN.ip);
    },
  },
  {
    at: '22:48:03.402', severity: 'Informational', name: 'Device inventory changed', product: 'xdr', status: 'Resolved', compromised: WS_0209.name,
    description: 'A storage device was added to the inventory of the machine.',
    entities: (list) => list.host(WS_0209),
  },
  {
    at: '22:52:40.660', severity: 'Informational', name: 'Software installed by user', product: 'xdr', status: 'Resolved', compromised: WS_0209.name,
    description: 'A user installed a packet viewer from the company catalogue.',
    entities: (list) => list.host(WS_0209),
  },
];

/** Incident 4468: the message that started it, in eleven mailboxes. */
export function phishingAlerts(): AlertPlan[] {
  const recipients = STAFF.map(([account]) => account).slice(2, 13);
  return [
    {
      at: '21:58:40.117', severity: 'Medium', name: 'User reported a message as phishing', product: 'xdr', tactic: 'InitialAccess', technique: 'T1566.001',
      status: 'InProgress', compromised: ORTIZ.upn,
      description: 'A user reported a message with an invoice as attachment.',
      entities: (list) => {
        list.mailbox(ORTIZ);
        list.mailMessage(ATTACK_MAIL.sender, ORTIZ.upn, ATTACK_MAIL.subject, ATTACK_MAIL.id);
      },
    },
    {
      at: '22:02:11.540', severity: 'Medium', name: 'Attachment blocked after delivery', product: 'xdr', tactic: 'InitialAccess', technique: 'T1566.001',
      status: 'New', compromised: LURE.name,
      description: 'An attachment was found harmful after it had been delivered. Copies in three mailboxes were blocked.',
      entities: (list) => {
        list.file(LURE_PATH, LURE.sha256, null);
        for (const account of recipients.slice(0, 3)) list.mailbox(account);
      },
    },
    {
      at: '22:20:55.303', seconds: 8, severity: 'Low', name: 'Message removed from 11 mailboxes', product: 'xdr', tactic: 'InitialAccess', technique: 'T1566',
      status: 'Resolved', compromised: recipients[0]?.upn ?? '',
      description: 'A message was moved out of 11 mailboxes after delivery.',
      entities: (list) => {
        for (const account of recipients) list.mailbox(account);
      },
    },
  ];
}

/** Incident 4465: dismissed and closed. */
export const ruleTestAlerts = (): AlertPlan[] => [
  {
    at: '21:46:30.000', severity: 'Medium', name: 'Test: many file deletions', product: 'sentinel', tactic: 'Impact', technique: 'T1485', status: 'Dismissed',
    compromised: FS_0007.name, description: 'Raised by a rule under test.',
    entities: (list) => {
      list.host(FS_0007);
      list.account(ADM_ORTIZ);
    },
  },
  {
    at: '21:46:41.000', severity: 'Low', name: 'Test: share listed by script', product: 'sentinel', tactic: 'Discovery', technique: 'T1135', status: 'Dismissed',
    compromised: FS_0007.name, description: 'Raised by a rule under test.',
    entities: (list) => list.host(FS_0007),
  },
  {
    at: '21:47:02.000', severity: 'Informational', name: 'Test: rule heartbeat', product: 'sentinel', status: 'Dismissed',
    compromised: WS_0117.name, description: 'Raised by a rule under test.',
    entities: (list) => list.host(WS_0117),
  },
];
