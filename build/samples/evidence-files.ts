/**
 * The evidence files of the sample in import order: what each holds, the tables it becomes, and its bytes.
 */
import type { Story } from './story-data.ts';
import { DEVICE_NETWORK_COLUMNS, DEVICE_PROCESS_COLUMNS } from './tables/device-events.ts';
import { IP_LOCATION_COLUMNS, ipLocationRows } from './tables/ip-locations.ts';
import { AUDIT_COLUMNS, auditRows, auditText } from './tables/audit-log.ts';
import { SYSLOG_COLUMNS, syslogRows, syslogText } from './tables/syslog.ts';
import { FLOW_COLUMNS } from './tables/network-flows.ts';
import { officeActivityColumns } from './tables/office-activity.ts';
import { POWERSHELL_COLUMNS } from './tables/powershell-event.ts';
import { ALERT_COLUMNS, alertRows, incidentRows } from './tables/security-alert.ts';
import { SECURITY_EVENT_COLUMNS } from './tables/security-event.ts';
import { SIGNIN_COLUMNS, SIGNIN_REJECTS, signinLogsText } from './tables/signin-logs.ts';
import { SYSMON_COLUMNS } from './tables/sysmon-event.ts';
import { gzip, tarGz, zip } from './write/archive.ts';
import { pickleDataFrame } from './write/data-frame.ts';
import { csvText, jsonLines, utf8 } from './write/text-tables.ts';
import type { Row } from './write/text-tables.ts';

export type SampleTable = {
  /** Name the table gets; also its schema where one is known. */
  readonly name: string;
  /** Entry inside an archive; empty for a plain file. */
  readonly member: string;
  readonly format: 'csv' | 'jsonl' | 'json' | 'pickle' | 'text';
  readonly timeColumn: string | null;
  readonly rows: number;
  readonly rejected: number;
  readonly columns: number;
};

export type EvidenceFile = {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** False: for tests of more formats; the demo case leaves it out because another file holds the same events. */
  readonly demo: boolean;
  readonly bytes: Uint8Array;
  readonly tables: readonly SampleTable[];
};

const table = (
  name: string,
  member: string,
  format: SampleTable['format'],
  timeColumn: string | null,
  rows: number,
  columns: number,
  rejected = 0,
): SampleTable => ({ name, member, format, timeColumn, rows, rejected, columns });

type JsonMember = readonly [name: string, columns: readonly string[], rows: readonly Row[], timeColumn: string];

function zipOfJsonLines(members: readonly JsonMember[]): { bytes: Uint8Array; tables: SampleTable[] } {
  return {
    bytes: zip(members.map(([name, columns, rows]) => ({ name: `${name}.jsonl`, bytes: utf8(jsonLines(columns, rows)) }))),
    tables: members.map(([name, columns, rows, timeColumn]) => table(name, `${name}.jsonl`, 'jsonl', timeColumn, rows.length, columns.length)),
  };
}

export function evidenceFiles(story: Story): EvidenceFile[] {
  const hostLogs = zipOfJsonLines([
    ['SecurityEvent', SECURITY_EVENT_COLUMNS, story.securityEvents, 'TimeGenerated'],
    ['SysmonEvent', SYSMON_COLUMNS, story.sysmon, 'TimeGenerated'],
    ['PowerShell', POWERSHELL_COLUMNS, story.powershell, 'TimeGenerated'],
  ]);
  const device = zipOfJsonLines([
    ['DeviceProcessEvents', DEVICE_PROCESS_COLUMNS, story.deviceProcesses, 'TimeGenerated'],
    ['DeviceNetworkEvents', DEVICE_NETWORK_COLUMNS, story.deviceNetwork, 'TimeGenerated'],
  ]);
  const rejected = SIGNIN_REJECTS.tooManyColumns.length + SIGNIN_REJECTS.unreadableTime.length + SIGNIN_REJECTS.cutOff.length;
  const mail = officeActivityColumns(story.mail);
  const alerts = alertRows(story.alerts);
  const incidents = incidentRows(story.alerts);
  const audit = auditRows(story.audit);
  const syslog = syslogRows(story.syslog);
  const locations = ipLocationRows();

  return [
    {
      path: 'host-logs.zip',
      demo: true,
      ...hostLogs,
      title: 'Windows logs of six machines',
      description: 'Security, Sysmon and PowerShell events as JSON lines, exported on a machine in UTC+1: times carry that offset.',
    },
    {
      path: 'device-events.zip',
      demo: true,
      ...device,
      title: 'Defender device events',
      description: 'Processes started and connections made, as JSON lines in the public Defender schema.',
    },
    {
      path: 'signin-logs.csv',
      demo: true,
      bytes: utf8(signinLogsText(story.signins)),
      title: 'Entra ID sign-ins of the night',
      description: 'A portal export: CSV with US times and twelve damaged lines that must be set aside, not lost.',
      tables: [table('SigninLogs', '', 'csv', 'TimeGenerated', story.signins.length, SIGNIN_COLUMNS.length, rejected)],
    },
    {
      path: 'office-activity.pkl',
      demo: true,
      bytes: pickleDataFrame(mail),
      title: 'Exchange audit records',
      description: 'Five days of mailbox activity as a pickled pandas DataFrame (protocol 4).',
      tables: [table('OfficeActivity', '', 'pickle', 'TimeGenerated', story.mail.length, mail.length)],
    },
    {
      path: 'security-alerts.csv',
      demo: true,
      bytes: utf8(csvText(ALERT_COLUMNS, alerts)),
      title: 'Alerts',
      description: '41 alerts with entities and properties as JSON over several lines of a cell.',
      tables: [table('SecurityAlert', '', 'csv', 'TimeGenerated', alerts.length, ALERT_COLUMNS.length)],
    },
    {
      path: 'security-incidents.json',
      demo: true,
      bytes: utf8(`${JSON.stringify(incidents, null, 2)}\n`),
      title: 'Incidents',
      description: 'Three incidents as a JSON array with nested values.',
      tables: [table('SecurityIncident', '', 'json', 'TimeGenerated', incidents.length, Object.keys(incidents[0] ?? {}).length)],
    },
    {
      path: 'network-flows.csv.gz',
      demo: true,
      bytes: gzip(utf8(csvText(FLOW_COLUMNS, story.flows)), 'network-flows.csv'),
      title: 'A month of network flows',
      description: 'Hourly flow summaries per machine from the cloud network, for time series.',
      tables: [table('AzureNetworkAnalytics_CL', '', 'csv', 'TimeGenerated', story.flows.length, FLOW_COLUMNS.length)],
    },
    {
      path: 'linux-logs.tar.gz',
      demo: true,
      bytes: tarGz(
        [
          { name: 'Syslog.csv', bytes: utf8(csvText(SYSLOG_COLUMNS, syslog)) },
          { name: 'AuditLog_CL.jsonl', bytes: utf8(jsonLines(AUDIT_COLUMNS, audit)) },
        ],
        'linux-logs.tar',
      ),
      title: 'The Linux gateway',
      description: 'Syslog and auditd of LX-0009 in the tables Sentinel keeps them in.',
      tables: [
        table('Syslog', 'Syslog.csv', 'csv', 'TimeGenerated', syslog.length, SYSLOG_COLUMNS.length),
        table('AuditLog_CL', 'AuditLog_CL.jsonl', 'jsonl', 'TimeGenerated', audit.length, AUDIT_COLUMNS.length),
      ],
    },
    {
      path: 'ip-locations.csv',
      demo: true,
      bytes: utf8(csvText(IP_LOCATION_COLUMNS, locations)),
      title: 'Places of the addresses',
      description: 'Answers of an invented location service, because real location packs leave documentation addresses out.',
      tables: [table('IpLocations', '', 'csv', null, locations.length, IP_LOCATION_COLUMNS.length)],
    },
    {
      path: 'linux-raw.tar.gz',
      demo: false,
      bytes: tarGz(
        [
          { name: 'syslog.txt', bytes: utf8(syslogText(story.syslog)) },
          { name: 'audit.txt', bytes: utf8(auditText(story.audit)) },
        ],
        'linux-raw.tar',
      ),
      title: 'The Linux gateway, raw',
      description: 'The same syslog and audit records as text, the way they lie on the machine.',
      tables: [table('syslog', 'syslog.txt', 'text', null, syslog.length, 0), table('audit', 'audit.txt', 'text', null, audit.length, 0)],
    },
  ];
}
