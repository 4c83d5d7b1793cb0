/**
 * What the Linux gateway writes to syslog, as Sentinel's Syslog rows and as raw RFC 3164 lines.
 */
import { TENANT_ID } from '../world/accounts.ts';
import { LINUX_HOST } from '../story/linux.ts';
import type { LinuxAction } from '../story/linux.ts';
import { isoZ, syslogTime } from '../core/time.ts';
import type { Row } from '../write/text-tables.ts';

export const SYSLOG_COLUMNS = [
  'TenantId',
  'SourceSystem',
  'TimeGenerated',
  'Computer',
  'EventTime',
  'Facility',
  'HostName',
  'SeverityLevel',
  'SyslogMessage',
  'ProcessID',
  'HostIP',
  'ProcessName',
  'Type',
] as const;

const HOST_NAME = LINUX_HOST.name.toLowerCase();

export type SyslogLine = {
  readonly us: number;
  readonly process: string;
  readonly pid: number;
  readonly facility: string;
  readonly severity: string;
  readonly text: string;
};

function syslogOf(action: LinuxAction): SyslogLine[] {
  const line = (us: number, process: string, pid: number, text: string, severity = 'info'): SyslogLine => ({
    us,
    process,
    pid,
    facility: 'authpriv',
    severity,
    text,
  });
  switch (action.kind) {
    case 'message':
      return [action];
    case 'login-failed':
      return [
        line(
          action.us - 1_400_000,
          'sshd',
          action.pid,
          `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${action.ip}${action.known ? `  user=${action.user}` : ''}`,
          'notice',
        ),
        line(
          action.us,
          'sshd',
          action.pid,
          `Failed password for ${action.known ? '' : 'invalid user '}${action.user} from ${action.ip} port ${action.port} ssh2`,
        ),
      ];
    case 'session':
      return [
        line(action.us, 'sshd', action.pid, `Accepted ${action.method} for ${action.user.name} from ${action.ip} port ${action.port} ssh2`),
        line(action.us + 3_000, 'sshd', action.pid, `pam_unix(sshd:session): session opened for user ${action.user.name}(uid=${action.user.uid}) by (uid=0)`),
        line(action.us + 9_000, 'systemd-logind', 871, `New session ${action.session} of user ${action.user.name}.`),
        line(action.endUs, 'sshd', action.pid, `pam_unix(sshd:session): session closed for user ${action.user.name}`),
        line(action.endUs + 8_000, 'systemd-logind', 871, `Session ${action.session} logged out. Waiting for processes to exit.`),
      ];
    case 'sudo':
      return [
        line(action.us, 'sudo', action.pid, `${action.user.name} : TTY=pts/0 ; PWD=${action.cwd} ; USER=root ; COMMAND=${action.argv.join(' ')}`, 'notice'),
        line(
          action.us + 1_000,
          'sudo',
          action.pid,
          `pam_unix(sudo:session): session opened for user root(uid=0) by ${action.user.name}(uid=${action.user.uid})`,
        ),
        line(action.us + 96_000, 'sudo', action.pid, 'pam_unix(sudo:session): session closed for user root'),
      ];
    case 'exec':
      return [];
  }
}

export const syslogLines = (actions: readonly LinuxAction[]): SyslogLine[] => actions.flatMap(syslogOf).sort((left, right) => left.us - right.us);

export const syslogRows = (lines: readonly SyslogLine[]): Row[] =>
  lines.map((line) => ({
    TenantId: TENANT_ID,
    SourceSystem: 'Linux',
    TimeGenerated: isoZ(line.us),
    Computer: LINUX_HOST.name,
    EventTime: isoZ(line.us).slice(0, 19) + 'Z',
    Facility: line.facility,
    HostName: LINUX_HOST.name,
    SeverityLevel: line.severity,
    SyslogMessage: line.text,
    ProcessID: line.pid,
    HostIP: LINUX_HOST.ip,
    ProcessName: line.process,
    Type: 'Syslog',
  }));

export const syslogText = (lines: readonly SyslogLine[]): string =>
  `${lines.map((line) => `${syslogTime(line.us)} ${HOST_NAME} ${line.process}[${line.pid}]: ${line.text}`).join('\n')}\n`;
