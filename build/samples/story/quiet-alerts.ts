/**
 * Twenty-two alerts of an ordinary evening that belong to no incident.
 */
import { BERG, ITO, LANG, ORTIZ, SILVA, SVC_MONITOR } from '../world/accounts.ts';
import { DC_0001, FS_0007, LX_0009, MG_0005, WS_0117, WS_0209 } from '../world/hosts.ts';
import { IMAGES, program } from '../world/programs.ts';
import { ATTACKER, HOME_OSAKA, UPDATES_NAIROBI } from '../world/places.ts';
import type { AlertPlan } from './alerts.ts';

export const QUIET_ALERTS: readonly AlertPlan[] = [
  {
    at: '21:41:08.220', severity: 'Informational', name: 'Certificate renewed', product: 'sentinel', status: 'Resolved',
    compromised: 'DC-0001',
    description: 'A machine certificate was renewed ahead of its end.',
    entities: (list) => list.host(DC_0001),
  },
  {
    at: '21:43:51.006', severity: 'Low', name: 'Sign-in from an anonymous network', product: 'entra', tactic: 'InitialAccess', technique: 'T1078', status: 'Resolved',
    compromised: 'k.ito@example.com',
    description: 'The address belonged to a hotel network.',
    entities: (list) => {
      list.account(ITO);
      list.ip(HOME_OSAKA.ip);
    },
  },
  {
    at: '21:49:19.744', severity: 'Informational', name: 'Antivirus definitions older than a day', product: 'xdr', status: 'Resolved',
    compromised: 'WS-0117',
    description: 'Definitions were updated two minutes later.',
    entities: (list) => list.host(WS_0117),
  },
  {
    at: '21:53:37.190', severity: 'Low', name: 'Several bad passwords', product: 'entra', tactic: 'CredentialAccess', technique: 'T1110.003', status: 'New',
    compromised: 'a.berg@example.com',
    description: 'Bad passwords for one account from one public address.',
    entities: (list) => {
      list.account(BERG);
      list.ip(ATTACKER.ip);
    },
  },
  {
    at: '21:56:02.018', severity: 'Informational', name: 'Printer driver installed', product: 'xdr', status: 'Resolved',
    compromised: 'WS-0209',
    description: 'A signed driver was installed by the print service.',
    entities: (list) => list.host(WS_0209),
  },
  {
    at: '22:00:44.832', severity: 'Low', name: 'Unusual volume of file reads', product: 'xdr', tactic: 'Collection', technique: 'T1039', status: 'New',
    compromised: 'FS-0007',
    description: 'An account read more files in ten minutes than in the week before.',
    entities: (list) => list.host(FS_0007),
  },
  {
    at: '22:08:21.650', severity: 'Medium', name: 'Many failed logons on one machine', product: 'sentinel', tactic: 'CredentialAccess', technique: 'T1110', status: 'New',
    compromised: 'WS-0142',
    description: 'More than 50 failed logons in two minutes, three accounts.',
    entities: (list) => list.ip('10.20.4.12'),
  },
  {
    at: '22:11:30.407', severity: 'Informational', name: 'Time service corrected the clock', product: 'sentinel', status: 'Resolved',
    compromised: 'DC-0001',
    description: 'The clock was 1.2 s off.',
    entities: (list) => list.host(DC_0001),
  },
  {
    at: '22:13:12.988', severity: 'Low', name: 'Archive tool on a workstation', product: 'xdr', tactic: 'Collection', technique: 'T1560.001', status: 'New',
    compromised: 'WS-0142',
    description: 'A command line archive tool ran with a password option.',
    entities: (list) => list.file(IMAGES.sevenZip, program(IMAGES.sevenZip).sha256, null),
  },
  {
    at: '22:16:05.311', severity: 'Low', name: 'Connection to a rarely used country', product: 'sentinel', tactic: 'CommandAndControl', technique: 'T1071.001', status: 'Resolved',
    compromised: 'WS-0209',
    description: 'A download mirror in Kenya answered for a software update.',
    entities: (list) => {
      list.host(WS_0209);
      list.ip(UPDATES_NAIROBI.ip);
    },
  },
  {
    at: '22:19:03.120', severity: 'Medium', name: 'Service started a script interpreter', product: 'xdr', tactic: 'LateralMovement', technique: 'T1569.002', status: 'New',
    compromised: 'FS-0007',
    description: 'A service that was installed seconds before started PowerShell with an encoded command.',
    entities: (list) => list.host(FS_0007),
  },
  {
    at: '22:23:48.077', severity: 'Informational', name: 'Group policy refreshed by hand', product: 'sentinel', status: 'Resolved',
    compromised: 'MG-0005',
    description: 'An administrator refreshed the policy of a machine.',
    entities: (list) => list.host(MG_0005),
  },
  {
    at: '22:26:59.541', severity: 'Low', name: 'Mail sent to many outside recipients', product: 'xdr', tactic: 'Exfiltration', technique: 'T1048', status: 'Resolved',
    compromised: 'r.silva@example.com',
    description: 'The monthly tariff circular.',
    entities: (list) => list.mailbox(SILVA),
  },
  {
    at: '22:29:14.236', severity: 'Low', name: 'Sudo by a service account', product: 'sentinel', tactic: 'PrivilegeEscalation', technique: 'T1548.003', status: 'New',
    compromised: 'LX-0009',
    description: 'A service account used sudo on a gateway for the first time.',
    entities: (list) => list.host(LX_0009),
  },
  {
    at: '22:31:17.960', severity: 'Informational', name: 'Encoded PowerShell by an administrator', product: 'xdr', tactic: 'Execution', technique: 'T1059.001', status: 'Resolved',
    compromised: 'WS-0209',
    description: 'The decoded command lists a folder.',
    entities: (list) => list.host(WS_0209),
  },
  {
    at: '22:36:22.700', severity: 'Informational', name: 'Encoded PowerShell by a management tool', product: 'xdr', tactic: 'Execution', technique: 'T1059.001', status: 'Resolved',
    compromised: 'DC-0001',
    description: 'The decoded command tests a configuration.',
    entities: (list) => list.host(DC_0001),
  },
  {
    at: '22:39:40.018', severity: 'Low', name: 'Shared mailbox permission added', product: 'sentinel', tactic: 'Persistence', technique: 'T1098.002', status: 'Resolved',
    compromised: 'finance-shared@example.com',
    description: 'Granted this morning after a ticket; raised late.',
    entities: (list) => {
      list.mailbox(LANG);
      list.account(ORTIZ);
    },
  },
  {
    at: '22:46:11.873', severity: 'Informational', name: 'Monitoring account used from a new machine', product: 'entra', status: 'Resolved',
    compromised: 'svc-monitor@example.com',
    description: 'The monitoring service moved to a new server last week.',
    entities: (list) => list.account(SVC_MONITOR),
  },
  {
    at: '22:55:26.604', severity: 'Low', name: 'Large outbound transfer', product: 'sentinel', tactic: 'Exfiltration', technique: 'T1041', status: 'New',
    compromised: 'WS-0142',
    description: 'Outbound volume of the hour is more than three deviations above what is usual.',
    entities: (list) => list.ip(ATTACKER.ip),
  },
  {
    at: '22:59:32.119', severity: 'Informational', name: 'Backup finished with warnings', product: 'sentinel', status: 'Resolved',
    compromised: 'FS-0007',
    description: 'Four files were open and skipped.',
    entities: (list) => list.host(FS_0007),
  },
  {
    at: '23:04:50.482', severity: 'Low', name: 'Beacon-like connections', product: 'xdr', tactic: 'CommandAndControl', technique: 'T1071.001', status: 'New',
    compromised: 'WS-0142',
    description: 'A process connects to one public address every 16 seconds.',
    entities: (list) => list.ip(ATTACKER.ip),
  },
  {
    at: '23:08:03.335', severity: 'Informational', name: 'Endpoint agent restarted', product: 'xdr', status: 'Resolved',
    compromised: 'WS-0117',
    description: 'The agent restarted after an update.',
    entities: (list) => list.host(WS_0117),
  },
];
