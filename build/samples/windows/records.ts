/**
 * Windows Security (and service control) events as loose records: one maker per event id, with the fields Sentinel's
 * SecurityEvent table gives them. Times stay microseconds here; `tables/security-event.ts` writes them out.
 */
import { SYSTEM, TENANT_ID, machineAccount, qualified } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import type { Host } from '../world/hosts.ts';
import { hexId } from '../core/text.ts';
import type { Row } from '../write/text-tables.ts';
import type { Integrity, WinProcess } from './process-host.ts';

export type SecurityRecord = { readonly us: number; readonly host: Host; readonly eventId: number; readonly fields: Row };

const ACTIVITY: Record<number, string> = {
  4624: '4624 - An account was successfully logged on.',
  4625: '4625 - An account failed to log on.',
  4634: '4634 - An account was logged off.',
  4648: '4648 - A logon was attempted using explicit credentials.',
  4672: '4672 - Special privileges assigned to new logon.',
  4688: '4688 - A new process has been created.',
  4689: '4689 - A process has exited.',
  4698: '4698 - A scheduled task was created.',
  4725: '4725 - A user account was disabled.',
  4768: '4768 - A Kerberos authentication ticket (TGT) was requested.',
  4769: '4769 - A Kerberos service ticket was requested.',
  4771: '4771 - Kerberos pre-authentication failed.',
  4776: '4776 - The domain controller attempted to validate the credentials for an account.',
  5140: '5140 - A network share object was accessed.',
  7045: '7045 - A service was installed in the system.',
};

const LABEL: Record<Integrity, string> = { Low: 'S-1-16-4096', Medium: 'S-1-16-8192', High: 'S-1-16-12288', System: 'S-1-16-16384' };

/** Everything the four privileged accounts get; Windows lists it line by line. */
const PRIVILEGES = 'SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeTakeOwnershipPrivilege SeDebugPrivilege SeImpersonatePrivilege';

function record(us: number, host: Host, eventId: number, account: Account, fields: Row): SecurityRecord {
  return {
    us,
    host,
    eventId,
    fields: {
      TenantId: TENANT_ID,
      SourceComputerId: host.sourceComputerId,
      Computer: host.name,
      EventID: eventId,
      Activity: ACTIVITY[eventId],
      Channel: eventId === 7045 ? 'System' : 'Security',
      Account: qualified(account),
      AccountType: account.kind === 'machine' || account.kind === 'system' ? 'Machine' : 'User',
      ...fields,
    },
  };
}

const subject = (account: Account, logonId: number): Row => ({
  SubjectUserSid: account.sid,
  SubjectUserName: account.name,
  SubjectDomainName: account.domain,
  SubjectLogonId: hexId(logonId),
});

const NOBODY: Row = { SubjectUserSid: 'S-1-0-0', SubjectUserName: '-', SubjectDomainName: '-', SubjectLogonId: '0x0' };

export function processCreated(made: WinProcess): SecurityRecord {
  return record(made.startUs, made.host, 4688, made.account, {
    ...subject(made.account, made.logonId),
    NewProcessId: hexId(made.pid),
    NewProcessName: made.image,
    ProcessId: hexId(made.parent?.pid ?? 0),
    ParentProcessName: made.parent?.image ?? '',
    CommandLine: made.commandLine,
    TokenElevationType: made.integrity === 'High' ? '%%1937' : made.integrity === 'Medium' ? '%%1938' : '%%1936',
    MandatoryLabel: LABEL[made.integrity],
    TargetUserSid: 'S-1-0-0',
    TargetUserName: '-',
    TargetDomainName: '-',
    TargetLogonId: '0x0',
  });
}

export function processExited(made: WinProcess, endUs: number): SecurityRecord {
  return record(endUs, made.host, 4689, made.account, {
    ...subject(made.account, made.logonId),
    ProcessId: hexId(made.pid),
    ProcessName: made.image,
    Status: '0x0',
  });
}

export type Logon = {
  readonly account: Account;
  readonly logonId: number;
  readonly type: 2 | 3 | 4 | 5 | 7 | 10;
  readonly package: 'NTLM' | 'Kerberos' | 'Negotiate';
  readonly ip: string;
  readonly port?: number;
  readonly workstation?: string;
};

export function loggedOn(us: number, host: Host, logon: Logon): SecurityRecord {
  const local = logon.type !== 3;
  return record(us, host, 4624, logon.account, {
    ...(local ? subject(machineAccount(host.name), 0x3e7) : NOBODY),
    TargetUserSid: logon.account.sid,
    TargetUserName: logon.account.name,
    TargetDomainName: logon.account.domain,
    TargetLogonId: hexId(logon.logonId),
    LogonType: logon.type,
    LogonTypeName: `${logon.type} - ${{ 2: 'Interactive', 3: 'Network', 4: 'Batch', 5: 'Service', 7: 'Unlock', 10: 'RemoteInteractive' }[logon.type]}`,
    LogonProcessName: logon.package === 'NTLM' ? 'NtLmSsp ' : logon.package === 'Kerberos' ? 'Kerberos' : logon.type === 5 ? 'Advapi  ' : 'User32 ',
    AuthenticationPackageName: logon.package,
    WorkstationName: logon.workstation ?? (local ? host.name : '-'),
    IpAddress: logon.ip,
    IpPort: logon.port === undefined ? '-' : String(logon.port),
    ProcessName: logon.type === 5 ? 'C:\\Windows\\System32\\services.exe' : '-',
  });
}

export function logonFailed(us: number, host: Host, account: Account, ip: string, port: number, workstation: string): SecurityRecord {
  return record(us, host, 4625, account, {
    ...NOBODY,
    TargetUserSid: 'S-1-0-0',
    TargetUserName: account.name,
    TargetDomainName: account.domain,
    LogonType: 3,
    LogonTypeName: '3 - Network',
    LogonProcessName: 'NtLmSsp ',
    AuthenticationPackageName: 'NTLM',
    WorkstationName: workstation,
    IpAddress: ip,
    IpPort: String(port),
    Status: '0xc000006d',
    SubStatus: '0xc000006a',
    FailureReason: '%%2313',
  });
}

export const privilegesAssigned = (us: number, host: Host, account: Account, logonId: number): SecurityRecord =>
  record(us, host, 4672, account, { ...subject(account, logonId), PrivilegeList: PRIVILEGES });

export const loggedOff = (us: number, host: Host, account: Account, logonId: number): SecurityRecord =>
  record(us, host, 4634, account, {
    TargetUserSid: account.sid,
    TargetUserName: account.name,
    TargetDomainName: account.domain,
    TargetLogonId: hexId(logonId),
    LogonType: 3,
    LogonTypeName: '3 - Network',
  });

export const explicitCredentials = (us: number, host: Host, by: Account, byLogonId: number, target: Account, server: string): SecurityRecord =>
  record(us, host, 4648, by, {
    ...subject(by, byLogonId),
    TargetUserName: target.name,
    TargetDomainName: target.domain,
    TargetServerName: server,
    ProcessName: 'C:\\Windows\\System32\\rundll32.exe',
    IpAddress: '-',
    IpPort: '-',
  });

export const serviceInstalled = (us: number, host: Host, name: string, file: string, startType: string, account: string): SecurityRecord =>
  record(us, host, 7045, SYSTEM, { ServiceName: name, ServiceFileName: file, ServiceStartType: startType, ServiceAccount: account });

export const shareAccessed = (
  us: number,
  host: Host,
  account: Account,
  logonId: number,
  ip: string,
  port: number,
  share: string,
  path: string,
): SecurityRecord =>
  record(us, host, 5140, account, { ...subject(account, logonId), IpAddress: ip, IpPort: String(port), ShareName: `\\\\*\\${share}`, ShareLocalPath: path });

export const taskCreated = (us: number, host: Host, account: Account, logonId: number, task: string): SecurityRecord =>
  record(us, host, 4698, account, { ...subject(account, logonId), ObjectName: `\\${task}` });

export const accountDisabled = (us: number, host: Host, by: Account, byLogonId: number, target: Account): SecurityRecord =>
  record(us, host, 4725, by, { ...subject(by, byLogonId), TargetUserSid: target.sid, TargetUserName: target.name, TargetDomainName: target.domain });

/** Ticket events of the domain controller; `service` is the name the ticket is for. */
export const ticketRequested = (
  us: number,
  host: Host,
  eventId: 4768 | 4769 | 4771,
  account: Account,
  ip: string,
  port: number,
  service: string,
  status: string,
): SecurityRecord =>
  record(us, host, eventId, account, {
    TargetUserName: account.name,
    TargetDomainName: account.domain,
    ServiceName: service,
    IpAddress: `::ffff:${ip}`,
    IpPort: String(port),
    Status: status,
  });

export const credentialsValidated = (us: number, host: Host, account: Account, workstation: string, status: string): SecurityRecord =>
  record(us, host, 4776, account, {
    TargetUserName: account.name,
    Workstation: workstation,
    PackageName: 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0',
    Status: status,
  });
