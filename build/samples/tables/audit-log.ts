/**
 * What the Linux gateway writes to its audit log: raw lines, which are also the RawData of an AuditLog_CL table.
 */
import { TENANT_ID } from '../world/accounts.ts';
import { MILLISECOND_US, epochMillis, isoZ, toMillisecond } from '../core/time.ts';
import { CRON_SESSION, LINUX_HOST, LINUX_SVC_BACKUP, ROOT, STOLEN_SSH } from '../story/linux.ts';
import type { LinuxAction, LinuxUser } from '../story/linux.ts';
import type { Row } from '../write/text-tables.ts';

export const AUDIT_COLUMNS = ['TenantId', 'TimeGenerated', 'Computer', 'RawData', 'Type'] as const;

/** One line; lines with one serial number belong to one event. */
export type AuditRecord = { readonly us: number; readonly serial: number; readonly type: string; readonly text: string };

type AuditEvent = { readonly us: number; readonly lines: readonly (readonly [type: string, text: string])[] };
type Action<Kind extends LinuxAction['kind']> = Extract<LinuxAction, { kind: Kind }>;

const FIRST_SERIAL = 41_001;
/** How the kernel says "no login user" and "no session". */
const UNSET = 4_294_967_295;

const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex').toUpperCase();
/** auditd quotes plain values and writes anything with spaces or control characters as hexadecimal. */
const quoted = (value: string): string => (/^[\x21\x23-\x7e]+$/.test(value) ? `"${value}"` : hex(value));

type Execution = Omit<Action<'exec'>, 'kind'> & { readonly loginUser: LinuxUser };

function executed({ us, user, loginUser, session, pid, ppid, exe, argv, cwd }: Execution): AuditEvent {
  const byCron = session === CRON_SESSION;
  const ids = ['uid', 'gid', 'euid', 'suid', 'fsuid', 'egid', 'sgid', 'fsgid'].map((name) => `${name}=${user.uid}`).join(' ');
  const call = [
    'arch=c000003e syscall=59 success=yes exit=0 a0=55d0c8a3e2a0 a1=55d0c8a41b10 a2=55d0c8a3f6c0 a3=8 items=2',
    `ppid=${ppid} pid=${pid} auid=${byCron ? ROOT.uid : loginUser.uid} ${ids}`,
    `tty=${byCron ? '(none)' : 'pts0'} ses=${session} comm="${exe.slice(exe.lastIndexOf('/') + 1).slice(0, 15)}" exe="${exe}" subj=unconfined key="exec"`,
  ].join(' ');
  const inode = 2_000 + exe.length * 811;
  const path = [
    `item=0 name="${exe}" inode=${inode} dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL`,
    'cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0',
  ].join(' ');
  return {
    us,
    lines: [
      ['SYSCALL', call],
      ['EXECVE', `argc=${argv.length} ${argv.map((value, index) => `a${index}=${quoted(value)}`).join(' ')}`],
      ['CWD', `cwd="${cwd}"`],
      ['PATH', path],
      ['PROCTITLE', `proctitle=${hex(argv.join('\0'))}`],
    ],
  };
}

type Reporter = { readonly pid: number; readonly uid: number; readonly loginUid: number; readonly session: number };

const reported = (us: number, type: string, by: Reporter, text: string): AuditEvent => ({
  us,
  lines: [[type, `pid=${by.pid} uid=${by.uid} auid=${by.loginUid} ses=${by.session} subj=unconfined msg='${text}'`]],
});

function loginFailed(action: Action<'login-failed'>): AuditEvent[] {
  const by = { pid: action.pid, uid: 0, loginUid: UNSET, session: UNSET };
  const account = action.known ? action.user : '?';
  return [
    reported(
      action.us - 1_400_000,
      'USER_AUTH',
      by,
      `op=PAM:authentication acct="${account}" exe="/usr/sbin/sshd" hostname=${action.ip} addr=${action.ip} terminal=ssh res=failed`,
    ),
    reported(action.us, 'USER_LOGIN', by, `op=login acct="${action.user}" exe="/usr/sbin/sshd" hostname=? addr=${action.ip} terminal=sshd res=failed`),
  ];
}

function loggedIn(action: Action<'session'>): AuditEvent[] {
  const before = { pid: action.pid, uid: 0, loginUid: UNSET, session: UNSET };
  const inside = { pid: action.pid, uid: 0, loginUid: action.user.uid, session: action.session };
  const text = (step: string): string =>
    `op=PAM:${step} acct="${action.user.name}" exe="/usr/sbin/sshd" hostname=${action.ip} addr=${action.ip} terminal=ssh res=success`;
  return [
    reported(action.us - 2_000, 'USER_AUTH', before, text('authentication')),
    reported(action.us - 1_000, 'USER_ACCT', before, text('accounting')),
    reported(action.us + 2_000, 'CRED_ACQ', inside, text('setcred')),
    reported(action.us + 4_000, 'USER_START', inside, text('session_open')),
    reported(action.endUs, 'USER_END', inside, text('session_close')),
    reported(action.endUs + 1_000, 'CRED_DISP', inside, text('setcred')),
  ];
}

function sudo(action: Action<'sudo'>): AuditEvent[] {
  const { us, user, session, pid, shellPid, argv, cwd } = action;
  const by = { pid, uid: 0, loginUid: user.uid, session };
  const credentials = 'op=PAM:setcred acct="root" exe="/usr/bin/sudo" hostname=? addr=? terminal=/dev/pts/0 res=success';
  const [command = ''] = argv;
  return [
    executed({ us: us - 12_000, user, loginUser: user, session, pid, ppid: shellPid, exe: '/usr/bin/sudo', argv: ['sudo', ...argv], cwd }),
    reported(us - 2_000, 'USER_CMD', { ...by, uid: user.uid }, `cwd="${cwd}" cmd=${hex(argv.join(' '))} terminal=pts/0 res=success`),
    reported(us, 'CRED_REFR', by, credentials),
    executed({ us: us + 6_000, user: ROOT, loginUser: user, session, pid: pid + 1, ppid: pid, exe: command === '/bin/sh' ? '/usr/bin/dash' : command, argv, cwd }),
    reported(us + 95_000, 'CRED_DISP', by, credentials),
  ];
}

function eventsOf(action: LinuxAction): AuditEvent[] {
  switch (action.kind) {
    case 'message':
      return [];
    case 'login-failed':
      return loginFailed(action);
    case 'session':
      return loggedIn(action);
    case 'sudo':
      return sudo(action);
    case 'exec':
      return [executed({ ...action, loginUser: action.session === STOLEN_SSH.session ? LINUX_SVC_BACKUP : action.user })];
  }
}

export function auditRecords(actions: readonly LinuxAction[]): AuditRecord[] {
  // Every event gets a millisecond of its own: some readers group records by time stamp alone.
  let lastUs = 0;
  return actions
    .flatMap(eventsOf)
    .sort((left, right) => left.us - right.us)
    .flatMap((event, index) => {
      lastUs = Math.max(toMillisecond(event.us), lastUs + MILLISECOND_US);
      return event.lines.map(([type, text]) => ({ us: lastUs, serial: FIRST_SERIAL + index, type, text }));
    });
}

const auditLine = (record: AuditRecord): string => `type=${record.type} msg=audit(${epochMillis(record.us)}:${record.serial}): ${record.text}`;

export const auditText = (records: readonly AuditRecord[]): string => `${records.map(auditLine).join('\n')}\n`;

export const auditRows = (records: readonly AuditRecord[]): Row[] =>
  records.map((record) => ({
    TenantId: TENANT_ID,
    TimeGenerated: isoZ(record.us),
    Computer: LINUX_HOST.name,
    RawData: auditLine(record),
    Type: 'AuditLog_CL',
  }));
