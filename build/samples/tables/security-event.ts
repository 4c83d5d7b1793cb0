/**
 * SecurityEvent, as a Sentinel workspace names its columns, exported on a machine in UTC+1: times carry that offset.
 */
import { isoOffset } from '../core/time.ts';
import { EVIDENCE_END_US } from '../story/intrusion.ts';
import { processCreated, processExited } from '../windows/records.ts';
import type { SecurityRecord } from '../windows/records.ts';
import type { ProcessHost } from '../windows/process-host.ts';
import type { Row } from '../write/text-tables.ts';

export const SECURITY_EVENT_ROWS = 48_210;

/** Offset of the exporting machine's clock. */
const OFFSET_HOURS = 1;

export const SECURITY_EVENT_COLUMNS = [
  'TimeGenerated',
  'EventID',
  'Computer',
  'Account',
  'IpAddress',
  'CommandLine',
  'Activity',
  'AccountType',
  'Channel',
  'EventRecordId',
  'NewProcessId',
  'NewProcessName',
  'ProcessId',
  'ProcessName',
  'ParentProcessName',
  'TokenElevationType',
  'MandatoryLabel',
  'SubjectUserSid',
  'SubjectUserName',
  'SubjectDomainName',
  'SubjectLogonId',
  'TargetUserSid',
  'TargetUserName',
  'TargetDomainName',
  'TargetLogonId',
  'TargetServerName',
  'LogonType',
  'LogonTypeName',
  'LogonProcessName',
  'AuthenticationPackageName',
  'WorkstationName',
  'Workstation',
  'PackageName',
  'IpPort',
  'Status',
  'SubStatus',
  'FailureReason',
  'PrivilegeList',
  'ServiceName',
  'ServiceFileName',
  'ServiceStartType',
  'ServiceAccount',
  'ShareName',
  'ShareLocalPath',
  'ObjectName',
  'SourceComputerId',
  'TenantId',
] as const;

/** Creations, and exits where the process ended before the logs did. */
export function processRecords(host: ProcessHost): SecurityRecord[] {
  return host.all().flatMap((made) => {
    const created = processCreated(made);
    return made.endUs === null || made.endUs >= EVIDENCE_END_US ? [created] : [created, processExited(made, made.endUs)];
  });
}

/** Rows in time order. Record numbers count up per machine, from where its log stood. */
export function securityEventRows(records: readonly SecurityRecord[]): Row[] {
  const ordered = records.filter((item) => item.us < EVIDENCE_END_US).sort((left, right) => left.us - right.us);
  const lastRecord = new Map<string, number>();
  return ordered.map((item) => {
    const number = (lastRecord.get(item.host.name) ?? 14_000 + item.host.name.charCodeAt(3) * 97) + 1;
    lastRecord.set(item.host.name, number);
    return { ...item.fields, TimeGenerated: isoOffset(item.us, OFFSET_HOURS), EventRecordId: number };
  });
}
