/**
 * DeviceProcessEvents and DeviceNetworkEvents in the public Defender schema: decimal process ids, times to 100 ns, the
 * initiating process and its parent in every row.
 */
import { TENANT_ID } from '../world/accounts.ts';
import { program } from '../world/programs.ts';
import { baseName } from '../core/text.ts';
import { isoZ } from '../core/time.ts';
import { EVIDENCE_END_US } from '../story/intrusion.ts';
import type { Caller, Connection } from '../windows/connections.ts';
import type { ProcessHost, WinProcess } from '../windows/process-host.ts';
import type { Row } from '../write/text-tables.ts';

export const DEVICE_PROCESS_COLUMNS = [
  'TimeGenerated',
  'Timestamp',
  'DeviceName',
  'ActionType',
  'FileName',
  'ProcessId',
  'ProcessCommandLine',
  'FolderPath',
  'SHA1',
  'SHA256',
  'FileSize',
  'ProcessVersionInfoCompanyName',
  'ProcessIntegrityLevel',
  'ProcessTokenElevation',
  'ProcessCreationTime',
  'AccountDomain',
  'AccountName',
  'AccountSid',
  'AccountUpn',
  'LogonId',
  'InitiatingProcessFileName',
  'InitiatingProcessId',
  'InitiatingProcessCommandLine',
  'InitiatingProcessFolderPath',
  'InitiatingProcessSHA256',
  'InitiatingProcessCreationTime',
  'InitiatingProcessAccountDomain',
  'InitiatingProcessAccountName',
  'InitiatingProcessAccountSid',
  'InitiatingProcessLogonId',
  'InitiatingProcessIntegrityLevel',
  'InitiatingProcessTokenElevation',
  'InitiatingProcessParentFileName',
  'InitiatingProcessParentId',
  'InitiatingProcessParentCreationTime',
  'ReportId',
  'DeviceId',
  'TenantId',
] as const;

export const DEVICE_NETWORK_COLUMNS = [
  'TimeGenerated',
  'Timestamp',
  'DeviceName',
  'ActionType',
  'RemoteIP',
  'RemotePort',
  'RemoteUrl',
  'LocalIP',
  'LocalPort',
  'Protocol',
  'LocalIPType',
  'RemoteIPType',
  'InitiatingProcessFileName',
  'InitiatingProcessId',
  'InitiatingProcessCommandLine',
  'InitiatingProcessFolderPath',
  'InitiatingProcessSHA256',
  'InitiatingProcessCreationTime',
  'InitiatingProcessAccountDomain',
  'InitiatingProcessAccountName',
  'InitiatingProcessAccountSid',
  'InitiatingProcessIntegrityLevel',
  'InitiatingProcessParentFileName',
  'InitiatingProcessParentId',
  'AdditionalFields',
  'ReportId',
  'DeviceId',
  'TenantId',
] as const;

/** Defender writes seven decimals; the last four here follow from the process id, so that a process has one creation time. */
export const tenthMicros = (us: number, pid: number): string => `${isoZ(us).slice(0, 23)}${String((pid * 7_919) % 10_000).padStart(4, '0')}Z`;

const elevation = (made: Pick<WinProcess, 'integrity'>): string =>
  `TokenElevationType${made.integrity === 'High' ? 'Full' : made.integrity === 'Medium' ? 'Limited' : 'Default'}`;

function initiating(caller: Caller): Row {
  const file = program(caller.image);
  return {
    InitiatingProcessFileName: file.fileName,
    InitiatingProcessId: caller.pid,
    InitiatingProcessCommandLine: caller.commandLine,
    InitiatingProcessFolderPath: caller.image.toLowerCase(),
    InitiatingProcessSHA256: file.sha256,
    InitiatingProcessCreationTime: tenthMicros(caller.startUs, caller.pid),
    InitiatingProcessAccountDomain: caller.account.domain.toLowerCase(),
    InitiatingProcessAccountName: caller.account.name.toLowerCase(),
    InitiatingProcessAccountSid: caller.account.sid,
    InitiatingProcessIntegrityLevel: caller.integrity,
    InitiatingProcessParentFileName: caller.parent === null ? '' : baseName(caller.parent.image),
    InitiatingProcessParentId: caller.parent?.pid ?? 0,
  };
}

function processRow(made: WinProcess): Row {
  const file = program(made.image);
  const parent = made.parent;
  if (parent === null) throw new Error(`${made.image} has no parent`);
  const grandparent = parent.parent;
  const us = tenthMicros(made.startUs, made.pid);
  return {
    TimeGenerated: us,
    Timestamp: us,
    DeviceName: made.host.name,
    DeviceId: made.host.deviceId,
    TenantId: TENANT_ID,
    ActionType: 'ProcessCreated',
    FileName: file.fileName,
    ProcessId: made.pid,
    ProcessCommandLine: made.commandLine,
    FolderPath: made.image,
    SHA1: file.sha1,
    SHA256: file.sha256,
    FileSize: file.sizeBytes,
    ProcessVersionInfoCompanyName: file.company,
    ProcessIntegrityLevel: made.integrity,
    ProcessTokenElevation: elevation(made),
    ProcessCreationTime: us,
    AccountDomain: made.account.domain.toLowerCase(),
    AccountName: made.account.name.toLowerCase(),
    AccountSid: made.account.sid,
    AccountUpn: made.account.upn,
    LogonId: made.logonId,
    ...initiating(parent),
    InitiatingProcessLogonId: parent.logonId,
    InitiatingProcessTokenElevation: elevation(parent),
    InitiatingProcessParentCreationTime: grandparent === null ? null : tenthMicros(grandparent.startUs, grandparent.pid),
  };
}

/** Numbers rows per device, in time order. */
function withReportIds(rows: readonly Row[], firstId: number): Row[] {
  const last = new Map<unknown, number>();
  return [...rows]
    .sort((left, right) => (String(left['Timestamp']) < String(right['Timestamp']) ? -1 : String(left['Timestamp']) > String(right['Timestamp']) ? 1 : 0))
    .map((row) => {
      const id = (last.get(row['DeviceName']) ?? firstId) + 1;
      last.set(row['DeviceName'], id);
      return { ...row, ReportId: id };
    });
}

export const deviceProcessRows = (hosts: readonly ProcessHost[]): Row[] =>
  withReportIds(
    hosts.flatMap((host) =>
      host
        .all()
        .filter((made) => made.startUs < EVIDENCE_END_US)
        .map(processRow),
    ),
    31_000,
  );

const isPrivate = (ip: string): boolean => ip.startsWith('10.');

export function deviceNetworkRows(connections: readonly Connection[]): Row[] {
  const rows = connections.map((item): Row => {
    const us = tenthMicros(item.us, item.localPort);
    return {
      TimeGenerated: us,
      Timestamp: us,
      DeviceName: item.host.name,
      DeviceId: item.host.deviceId,
      TenantId: TENANT_ID,
      ActionType: item.action,
      RemoteIP: item.remoteIp,
      RemotePort: item.remotePort,
      RemoteUrl: item.remoteUrl,
      LocalIP: item.host.ip,
      LocalPort: item.localPort,
      Protocol: item.protocol,
      LocalIPType: 'Private',
      RemoteIPType: isPrivate(item.remoteIp) ? 'Private' : 'Public',
      ...initiating(item.caller),
      AdditionalFields: item.details === undefined ? null : JSON.stringify(item.details),
    };
  });
  return withReportIds(rows, 88_000);
}
