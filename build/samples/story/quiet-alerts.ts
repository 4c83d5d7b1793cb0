/**
 * Twenty-two alerts of an ordinary evening that belong to no incident.
 */
import { BERG, ITO, LANG, ORTIZ, SILVA, SVC_MONITOR } from '../world/accounts.ts';
import { DC_0001, FS_0007, LX_0009, MG_0005, WS_0117, WS_0209 } from '../world/hosts.ts';
import { IMAGES, program } from '../world/programs.ts';
import { ATTACKER, HOME_OSAKA, UPDATES_NAIROBI } from '../world/places.ts';
import type { EntityList } from './alert-entities.ts';
import type { AlertStatus, Product, Severity } from './alerts.ts';

type QuietAlert = readonly [string, Severity, string, Product, string, string, AlertStatus, string, string, (list: EntityList) => void];

export const QUIET_ALERTS: readonly QuietAlert[] = [
  ['21:41:08.220', 'Informational', 'Certificate renewed', 'sentinel', '', '', 'Resolved', 'DC-0001', 'A machine certificate was renewed ahead of its end.', (list) => list.host(DC_0001)],
  ['21:43:51.006', 'Low', 'Sign-in from an anonymous network', 'entra', 'InitialAccess', 'T1078', 'Resolved', 'k.ito@example.com', 'The address belonged to a hotel network.', (list) => { list.account(ITO); list.ip(HOME_OSAKA.ip); }],
  ['21:49:19.744', 'Informational', 'Antivirus definitions older than a day', 'xdr', '', '', 'Resolved', 'WS-0117', 'Definitions were updated two minutes later.', (list) => list.host(WS_0117)],
  ['21:53:37.190', 'Low', 'Several bad passwords', 'entra', 'CredentialAccess', 'T1110.003', 'New', 'a.berg@example.com', 'Bad passwords for one account from one public address.', (list) => { list.account(BERG); list.ip(ATTACKER.ip); }],
  ['21:56:02.018', 'Informational', 'Printer driver installed', 'xdr', '', '', 'Resolved', 'WS-0209', 'A signed driver was installed by the print service.', (list) => list.host(WS_0209)],
  ['22:00:44.832', 'Low', 'Unusual volume of file reads', 'xdr', 'Collection', 'T1039', 'New', 'FS-0007', 'An account read more files in ten minutes than in the week before.', (list) => list.host(FS_0007)],
  ['22:08:21.650', 'Medium', 'Many failed logons on one machine', 'sentinel', 'CredentialAccess', 'T1110', 'New', 'WS-0142', 'More than 50 failed logons in two minutes, three accounts.', (list) => list.ip('10.20.4.12')],
  ['22:11:30.407', 'Informational', 'Time service corrected the clock', 'sentinel', '', '', 'Resolved', 'DC-0001', 'The clock was 1.2 s off.', (list) => list.host(DC_0001)],
  ['22:13:12.988', 'Low', 'Archive tool on a workstation', 'xdr', 'Collection', 'T1560.001', 'New', 'WS-0142', 'A command line archive tool ran with a password option.', (list) => list.file(IMAGES.sevenZip, program(IMAGES.sevenZip).sha256, null)],
  ['22:16:05.311', 'Low', 'Connection to a rarely used country', 'sentinel', 'CommandAndControl', 'T1071.001', 'Resolved', 'WS-0209', 'A download mirror in Kenya answered for a software update.', (list) => { list.host(WS_0209); list.ip(UPDATES_NAIROBI.ip); }],
  ['22:19:03.120', 'Medium', 'Service started a script interpreter', 'xdr', 'LateralMovement', 'T1569.002', 'New', 'FS-0007', 'A service that was installed seconds before started PowerShell with an encoded command.', (list) => list.host(FS_0007)],
  ['22:23:48.077', 'Informational', 'Group policy refreshed by hand', 'sentinel', '', '', 'Resolved', 'MG-0005', 'An administrator refreshed the policy of a machine.', (list) => list.host(MG_0005)],
  ['22:26:59.541', 'Low', 'Mail sent to many outside recipients', 'xdr', 'Exfiltration', 'T1048', 'Resolved', 'r.silva@example.com', 'The monthly tariff circular.', (list) => list.mailbox(SILVA)],
  ['22:29:14.236', 'Low', 'Sudo by a service account', 'sentinel', 'PrivilegeEscalation', 'T1548.003', 'New', 'LX-0009', 'A service account used sudo on a gateway for the first time.', (list) => list.host(LX_0009)],
  ['22:31:17.960', 'Informational', 'Encoded PowerShell by an administrator', 'xdr', 'Execution', 'T1059.001', 'Resolved', 'WS-0209', 'The decoded command lists a folder.', (list) => list.host(WS_0209)],
  ['22:36:22.700', 'Informational', 'Encoded PowerShell by a management tool', 'xdr', 'Execution', 'T1059.001', 'Resolved', 'DC-0001', 'The decoded command tests a configuration.', (list) => list.host(DC_0001)],
  ['22:39:40.018', 'Low', 'Shared mailbox permission added', 'sentinel', 'Persistence', 'T1098.002', 'Resolved', 'finance-shared@example.com', 'Granted this morning after a ticket; raised late.', (list) => { list.mailbox(LANG); list.account(ORTIZ); }],
  ['22:46:11.873', 'Informational', 'Monitoring account used from a new machine', 'entra', '', '', 'Resolved', 'svc-monitor@example.com', 'The monitoring service moved to a new server last week.', (list) => list.account(SVC_MONITOR)],
  ['22:55:26.604', 'Low', 'Large outbound transfer', 'sentinel', 'Exfiltration', 'T1041', 'New', 'WS-0142', 'Outbound volume of the hour is more than three deviations above what is usual.', (list) => list.ip(ATTACKER.ip)],
  ['22:59:32.119', 'Informational', 'Backup finished with warnings', 'sentinel', '', '', 'Resolved', 'FS-0007', 'Four files were open and skipped.', (list) => list.host(FS_0007)],
  ['23:04:50.482', 'Low', 'Beacon-like connections', 'xdr', 'CommandAndControl', 'T1071.001', 'New', 'WS-0142', 'A process connects to one public address every 16 seconds.', (list) => list.ip(ATTACKER.ip)],
  ['23:08:03.335', 'Informational', 'Endpoint agent restarted', 'xdr', '', '', 'Resolved', 'WS-0117', 'The agent restarted after an update.', (list) => list.host(WS_0117)],
];
