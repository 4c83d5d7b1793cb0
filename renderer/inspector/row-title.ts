/** What a row is called in the inspector, and which of its fields come first: by schema where it is known. Pure. */
import type { RowDetail } from '../../main/contract/index.ts';

type Cells = RowDetail['cells'];
const valueOf = (cells: Cells, name: string): string => {
  const value = cells.find((c) => c.name.toLowerCase() === name.toLowerCase())?.value;
  return value === null || value === undefined ? '' : String(value);
};

/** Names of Windows security and system events an analyst meets daily. */
const eventNames: Readonly<Record<string, string>> = {
  '1102': 'Audit log cleared', '4624': 'Logon', '4625': 'Logon failed', '4634': 'Logoff', '4648': 'Logon with explicit credentials', '4656': 'Handle requested', '4657': 'Registry value changed',
  '4662': 'Directory object accessed', '4663': 'Object accessed', '4670': 'Permissions changed', '4672': 'Special logon', '4673': 'Privileged service called', '4688': 'Process created', '4689': 'Process ended',
  '4697': 'Service installed', '4698': 'Task created', '4699': 'Task deleted', '4702': 'Task updated', '4720': 'User created', '4722': 'User enabled', '4724': 'Password reset', '4728': 'Added to global group',
  '4732': 'Added to local group', '4740': 'User locked out', '4768': 'Kerberos TGT requested', '4769': 'Kerberos ticket requested', '4771': 'Kerberos pre-authentication failed', '4776': 'Credentials validated',
  '5140': 'Share accessed', '5145': 'Share object checked', '5156': 'Connection allowed', '5158': 'Bind allowed', '7036': 'Service state changed', '7045': 'Service installed',
};
const sysmonNames: Readonly<Record<string, string>> = {
  '1': 'Process created', '2': 'File time changed', '3': 'Network connection', '5': 'Process ended', '6': 'Driver loaded', '7': 'Image loaded', '8': 'Remote thread created', '9': 'Raw access read',
  '10': 'Process accessed', '11': 'File created', '12': 'Registry key changed', '13': 'Registry value set', '15': 'File stream created', '17': 'Pipe created', '18': 'Pipe connected', '22': 'DNS query', '23': 'File deleted',
};

/** '' when it has none. Evidence may hold any text where an id should be. */
export const eventName = (eventId: string, isSysmon = false): string => {
  const names = isSysmon && Object.hasOwn(sysmonNames, eventId) ? sysmonNames : eventNames;
  return Object.hasOwn(names, eventId) ? (names[eventId] ?? '') : '';
};

const titleFields = [
  'AlertDisplayName', 'AlertName', 'Title', 'ActionType', 'Operation', 'OperationName', 'AppDisplayName', 'ProcessName', 'SyslogMessage', 'L7Protocol', 'type', 'Activity', 'EventType', 'Category',
];

export const rowTitle = (cells: Cells): string => {
  const eventId = valueOf(cells, 'EventID') || valueOf(cells, 'EventId');
  if (eventId !== '') {
    const isSysmon = /sysmon/i.test(`${valueOf(cells, 'Channel')} ${valueOf(cells, 'SourceName')} ${valueOf(cells, 'Provider')}`);
    const name = eventName(eventId, isSysmon);
    return name === '' ? `Event ${eventId}` : `${eventId} · ${name}`;
  }
  for (const field of titleFields) {
    const value = valueOf(cells, field);
    if (value !== '') return value.length > 80 ? `${value.slice(0, 79)}…` : value;
  }
  const first = cells.find((c) => c.type === 'string' && typeof c.value === 'string' && c.value !== '');
  return first === undefined ? 'Row' : String(first.value).slice(0, 80);
};

/** Fields worth showing first, in this order; a table without any shows its first filled fields. */
const firstFields = [
  'NewProcessName', 'ProcessName', 'FileName', 'Image', 'NewProcessId', 'ProcessId', 'ParentProcessName', 'ParentImage', 'InitiatingProcessFileName', 'CommandLine', 'ProcessCommandLine', 'Account', 'AccountName',
  'TargetUserName', 'TargetAccount', 'SubjectUserName', 'User', 'UserId', 'UserPrincipalName', 'Computer', 'DeviceName', 'Hostname', 'HostName', 'LogonType', 'LogonTypeName', 'IpAddress', 'IPAddress', 'ClientIP', 'SourceIp',
  'SrcIP', 'DestinationIp', 'DestIP', 'RemoteIP', 'RemotePort', 'RemoteUrl', 'DestPort', 'WorkstationName', 'Status', 'ResultType', 'ResultDescription', 'Location', 'AppDisplayName', 'Operation', 'ActionType',
  'AlertSeverity', 'Severity', 'Tactics', 'Techniques', 'CompromisedEntity', 'Description', 'SHA256', 'MD5', 'Hashes', 'TargetFilename', 'TargetObject', 'ServiceName', 'Facility', 'SeverityLevel', 'SyslogMessage', 'Message',
];
const maxDetails = 12;

export const detailCells = (cells: Cells, timeColumn: string | null): Cells => {
  const filled = cells.filter((c) => c.value !== null && c.value !== '' && c.name !== timeColumn);
  const rank = new Map(firstFields.map((n, i) => [n.toLowerCase(), i]));
  const known = filled.filter((c) => rank.has(c.name.toLowerCase())).sort((a, b) => (rank.get(a.name.toLowerCase()) ?? 0) - (rank.get(b.name.toLowerCase()) ?? 0));
  return (known.length >= 3 ? known : [...known, ...filled.filter((c) => !known.includes(c))]).slice(0, maxDetails);
};
