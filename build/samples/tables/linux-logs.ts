/**
 * One set of Linux actions in three forms: Sentinel's Syslog rows, raw RFC 3164 lines, and audit records (raw lines, which are
 * also the RawData of an AuditLog_CL table).
 */
import { TENANT_ID } from '../world/accounts.ts';
import { LINUX_HOST, LINUX_SVC_BACKUP, ROOT, STOLEN_SSH } from '../story/linux.ts';
import type { LinuxAction, LinuxUser } from '../story/linux.ts';
import { MILLISECOND_US, epochMillis, isoZ, syslogTime, toMillisecond } from '../core/time.ts';
import type { Row } from '../write/text-tables.ts';

export const SYSLOG_COLUMNS = [
  'TenantId', 'SourceSystem', 'TimeGenerated', 'Computer', 'EventTime', 'Facility', 'HostName', 'SeverityLevel', 'SyslogMessage', 'ProcessID', 'HostIP', 'ProcessName', 'Type',
] as const;
export const AUDIT_COLUMNS = ['TenantId', 'TimeGenerated', 'Computer', 'RawData', 'Type'] as const;

const HOST_NAME = LINUX_HOST.name.toLowerCase();

export type SyslogLine = { readonly us: number; readonly process: string; readonly pid: number; readonly facility: string; readonly severity: string; readonly text: string };

function syslogOf(action: LinuxAction): SyslogLine[] {
  const line = (us: number, process: string, pid: number, text: string, severity = 'info'): SyslogLine => ({ us, process, pid, facility: 'authpriv', severity, text });
  switch (action.kind) {
    case 'message':
      return [action];
    case 'login-failed':
      return [
        line(action.us - 1_400_000, 'sshd', action.pid, `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${action.ip}${action.known ? `  user=${action.user}` : ''}`, 'notice'),
        line(action.us, 'sshd', action.pid, `Failed password for ${action.known ? '' : 'invalid user '}${action.user} from ${action.ip} port ${action.port} ssh2`),
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
        line(action.us + 1_000, 'sudo', action.pid, `pam_unix(sudo:session): session opened for user root(uid=0) by ${action.user.name}(uid=${action.user.uid})`),
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

/** auditd quotes plain values and writes anything with spaces or control characters as hexadecimal. */
const quoted = (value: string): string => (/^[\x21\x23-\x7e]+$/.test(value) ? `"${value}"` : Buffer.from(value, 'utf8').toString('hex').toUpperCase());
const titleOf = (argv: readonly string[]): string => Buffer.from(argv.join('\0'), 'utf8').toString('hex').toUpperCase();

type AuditRecord = { readonly us: number; readonly serial: number; readonly type: string; readonly text: string };

const FIRST_SERIAL = 41_001;

export function auditRecords(actions: readonly LinuxAction[]): AuditRecord[] {
  const events: { us: number; parts: readonly (readonly [string, string])[] }[] = [];
  const event = (us: number, ...parts: readonly (readonly [string, string])[]): void => {
    events.push({ us, parts });
  };
  const executed = (us: number, loginUser: LinuxUser, user: LinuxUser, session: number, pid: number, ppid: number, exe: string, argv: readonly string[], cwd: string): void => {
    const ids = `auid=${session === 300 ? 0 : loginUser.uid} uid=${user.uid} gid=${user.uid} euid=${user.uid} suid=${user.uid} fsuid=${user.uid} egid=${user.uid} sgid=${user.uid} fsgid=${user.uid}`;
    const comm = exe.slice(exe.lastIndexOf('/') + 1).slice(0, 15);
    event(
      us,
      ['SYSCALL', `arch=c000003e syscall=59 success=yes exit=0 a0=55d0c8a3e2a0 a1=55d0c8a41b10 a2=55d0c8a3f6c0 a3=8 items=2 ppid=${ppid} pid=${pid} ${ids} tty=${session === 300 ? '(none)' : 'pts0'} ses=${session} comm="${comm}" exe="${exe}" subj=unconfined key="exec"`],
      ['EXECVE', `argc=${argv.length} ${argv.map((value, index) => `a${index}=${quoted(value)}`).join(' ')}`],
      ['CWD', `cwd="${cwd}"`],
      ['PATH', `item=0 name="${exe}" inode=${2_000 + exe.length * 811} dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0`],
      ['PROCTITLE', `proctitle=${titleOf(argv)}`],
    );
  };
  const pam = (us: number, type: string, user: LinuxUser, session: number, pid: number, uid: number, text: string): void =>
    event(us, [type, `pid=${pid} uid=${uid} auid=${session === 0 ? 4_294_967_295 : user.uid} ses=${session === 0 ? 4_294_967_295 : session} subj=unconfined msg='${text}'`]);

  for (const action of actions) {
    if (action.kind === 'login-failed') {
      pam(action.us - 1_400_000, 'USER_AUTH', ROOT, 0, action.pid, 0, `op=PAM:authentication acct="${action.known ? action.user : '?'}" exe="/usr/sbin/sshd" hostname=${action.ip} addr=${action.ip} terminal=ssh res=failed`);
      pam(action.us, 'USER_LOGIN', ROOT, 0, action.pid, 0, `op=login acct="${action.user}" exe="/usr/sbin/sshd" hostname=? addr=${action.ip} terminal=sshd res=failed`);
    } else if (action.kind === 'session') {
      const where = `exe="/usr/sbin/sshd" hostname=${action.ip} addr=${action.ip} terminal=ssh res=success`;
      pam(action.us - 2_000, 'USER_AUTH', action.user, 0, action.pid, 0, `op=PAM:authentication acct="${action.user.name}" ${where}`);
      pam(action.us - 1_000, 'USER_ACCT', action.user, 0, action.pid, 0, `op=PAM:accounting acct="${action.user.name}" ${where}`);
      pam(action.us + 2_000, 'CRED_ACQ', action.user, action.session, action.pid, 0, `op=PAM:setcred acct="${action.user.name}" ${where}`);
      pam(action.us + 4_000, 'USER_START', action.user, action.session, action.pid, 0, `op=PAM:session_open acct="${action.user.name}" ${where}`);
      pam(action.endUs, 'USER_END', action.user, action.session, action.pid, 0, `op=PAM:session_close acct="${action.user.name}" ${where}`);
      pam(action.endUs + 1_000, 'CRED_DISP', action.user, action.session, action.pid, 0, `op=PAM:setcred acct="${action.user.name}" ${where}`);
    } else if (action.kind === 'sudo') {
      const { user, session, pid } = action;
      executed(action.us - 12_000, user, user, session, pid, action.shellPid, '/usr/bin/sudo', ['sudo', ...action.argv], action.cwd);
      pam(action.us - 2_000, 'USER_CMD', user, session, pid, user.uid, `cwd="${action.cwd}" cmd=${Buffer.from(action.argv.join(' ')).toString('hex').toUpperCase()} terminal=pts/0 res=success`);
      pam(action.us, 'CRED_REFR', user, session, pid, 0, 'op=PAM:setcred acct="root" exe="/usr/bin/sudo" hostname=? addr=? terminal=/dev/pts/0 res=success');
      executed(action.us + 6_000, user, ROOT, session, pid + 1, pid, action.argv[0] === '/bin/sh' ? '/usr/bin/dash' : (action.argv[0] ?? ''), action.argv, action.cwd);
      pam(action.us + 95_000, 'CRED_DISP', user, session, pid, 0, 'op=PAM:setcred acct="root" exe="/usr/bin/sudo" hostname=? addr=? terminal=/dev/pts/0 res=success');
    } else if (action.kind === 'exec') {
      const loginUser = action.session === STOLEN_SSH.session ? LINUX_SVC_BACKUP : action.user;
      executed(action.us, loginUser, action.user, action.session, action.pid, action.ppid, action.exe, action.argv, action.cwd);
    }
  }
  // Every event gets a millisecond of its own: some readers group records by time stamp alone.
  let lastUs = 0;
  return events
    .sort((left, right) => left.us - right.us)
    .flatMap((item, index) => {
      lastUs = Math.max(toMillisecond(item.us), lastUs + MILLISECOND_US);
      return item.parts.map(([type, text]) => ({ us: lastUs, serial: FIRST_SERIAL + index, type, text }));
    });
}

const auditLine = (record: AuditRecord): string => `type=${record.type} msg=audit(${epochMillis(record.us)}:${record.serial}): ${record.text}`;

export const auditText = (records: readonly AuditRecord[]): string => `${records.map(auditLine).join('\n')}\n`;

export const auditRows = (records: readonly AuditRecord[]): Row[] =>
  records.map((record) => ({ TenantId: TENANT_ID, TimeGenerated: isoZ(record.us), Computer: LINUX_HOST.name, RawData: auditLine(record), Type: 'AuditLog_CL' }));
