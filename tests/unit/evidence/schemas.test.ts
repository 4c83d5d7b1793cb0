import { describe, expect, it } from 'vitest';
import { recogniseSchema } from '../../../main/evidence/schemas.ts';

const columns = (text: string): string[] => text.split(' ');

describe('recogniseSchema', () => {
  it.each([
    ['SigninLogs', 'TimeGenerated UserPrincipalName IPAddress ResultType Location AppDisplayName DeviceDetail UserDisplayName UserId'],
    ['SecurityEvent', 'TenantId TimeGenerated Computer Account EventID IpAddress LogonType TargetUserName'],
    ['DeviceNetworkEvents', 'Timestamp DeviceName ActionType RemoteIP RemotePort RemoteUrl LocalIP InitiatingProcessFileName ReportId'],
    ['DeviceProcessEvents', 'Timestamp DeviceName ActionType FileName ProcessCommandLine SHA256 AccountName InitiatingProcessFileName'],
    ['Syslog', 'TenantId TimeGenerated Computer Facility HostName SeverityLevel SyslogMessage ProcessName'],
  ])('%s', (name, text) => {
    expect(recogniseSchema(columns(text))).toEqual({ name, matched: columns(text).length, names: true });
  });

  it('believes a Type column of an export, even of a table it does not know', () => {
    expect(recogniseSchema(columns('TimeGenerated Computer RawData Type'), ['AuditLog_CL', 'AuditLog_CL'])).toMatchObject({ name: 'AuditLog_CL', names: true });
    expect(recogniseSchema(columns('TimeGenerated Computer RawData Type'), ['file', 'folder'])).toBeNull();
  });

  it('does not name a table after a few common columns, nor a frame worked out from events', () => {
    expect(recogniseSchema(columns('TimeGenerated EventID Account'))).toBeNull();
    expect(recogniseSchema(columns('TenantId Account EventID TimeGenerated Computer NewProcessName NodeRole Level Score Parent1 Parent2'))?.names ?? false).toBe(false);
  });

  it('knows a mixture without naming it', () => {
    expect(recogniseSchema(columns('@timestamp EventID Channel Hostname Message SourceName ProcessGuid Task Keywords'))).toMatchObject({ name: 'Windows event log', names: false });
  });
});
