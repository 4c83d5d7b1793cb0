/**
 * Network connections of the Windows machines from 7 March to the end of the logs: browsing, updates, timers that call home
 * for good reasons, and the implant. Feeds DeviceNetworkEvents and, for WS-0142's evening, Sysmon.
 */
import type { Account } from '../world/accounts.ts';
import { NETWORK_SERVICE, NOVAK, ORTIZ, SILVA, SYSTEM } from '../world/accounts.ts';
import { DC_0001, FS_0007, LX_0009, MG_0005, NTP_IP, WS_0117, WS_0142, WS_0209 } from '../world/hosts.ts';
import type { Host } from '../world/hosts.ts';
import { TELEMETRY_SANTIAGO, TIMING_AUCKLAND, UPDATES_NAIROBI, WEB_SERVICES } from '../world/places.ts';
import { IMAGES } from '../world/programs.ts';
import type { Random } from '../core/random.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US, at, on11 } from '../core/time.ts';
import { EVIDENCE_END_US, TIMES } from '../story/intrusion.ts';
import { evenSampler } from './noise.ts';
import type { Fleet } from './fleet.ts';
import type { ProcessHost, WinProcess } from './process-host.ts';

export const NETWORK_START_US = at('2026-03-07 00:00:00.000');

/** The process behind a connection, as far as endpoint logs tell. */
export type Caller = Pick<WinProcess, 'pid' | 'image' | 'commandLine' | 'startUs' | 'account' | 'integrity'> & {
  readonly parent: { readonly pid: number; readonly image: string } | null;
};

export type Connection = {
  readonly us: number;
  readonly host: Host;
  readonly caller: Caller;
  readonly action:
    'ConnectionSuccess' | 'ConnectionFailed' | 'InboundConnectionAccepted' | 'HttpConnectionInspected' | 'SslConnectionInspected' | 'DnsConnectionInspected';
  readonly remoteIp: string;
  readonly remotePort: number;
  readonly remoteUrl: string;
  readonly localPort: number;
  readonly protocol: 'Tcp' | 'Udp';
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Pairs that call in a steady rhythm for good reasons: what a beacon search finds beside the implant. */
export const TIMERS = [
  {
    host: FS_0007,
    remoteIp: MG_0005.ip,
    port: 8_443,
    url: 'mg-0005.corp.example.com',
    intervalS: 60,
    spreadS: 0.1,
    count: 5_040,
    endUs: EVIDENCE_END_US - 12 * SECOND_US,
    image: IMAGES.monitor,
    account: SYSTEM,
  },
  {
    host: WS_0142,
    remoteIp: LX_0009.ip,
    port: 3_128,
    url: 'proxy.corp.example.com',
    intervalS: 900,
    spreadS: 4,
    count: 480,
    endUs: EVIDENCE_END_US - 400 * SECOND_US,
    image: IMAGES.harbourAgent,
    account: SYSTEM,
  },
  {
    host: DC_0001,
    remoteIp: NTP_IP,
    port: 123,
    url: '',
    intervalS: 1_024,
    spreadS: 9.8,
    count: 421,
    endUs: EVIDENCE_END_US - 700 * SECOND_US,
    image: IMAGES.svchost,
    account: NETWORK_SERVICE,
  },
  {
    host: WS_0209,
    remoteIp: TELEMETRY_SANTIAGO.ip,
    port: 443,
    url: 'telemetry.example.org',
    intervalS: 300,
    spreadS: 1.1,
    count: 18,
    endUs: on11('23:05:02.300'),
    image: IMAGES.edge,
    account: ORTIZ,
  },
] as const;

/** Before the restart of 11 March no process events exist: the caller is made up, but always the same for a machine and image. */
function earlierCaller(host: Host, image: string, account: Account): Caller {
  const pid = 1_200 + ((image.length * 131 + host.name.charCodeAt(5) * 17 + account.name.length) % 900) * 4;
  return {
    pid,
    image,
    account,
    commandLine: `"${image}"`,
    startUs: at('2026-02-11 03:10:00.000') + pid * SECOND_US,
    integrity: account.kind === 'user' ? 'Medium' : 'System',
    parent: { pid: account.kind === 'user' ? 4_120 : 652, image: account.kind === 'user' ? IMAGES.explorer : IMAGES.services },
  };
}

/** A live process of an image, preferring one of the account; falls back to the made-up caller before the restart. */
function callerAt(processes: ProcessHost, image: string, account: Account, us: number): Caller | null {
  const live = processes.running(image, us);
  const own = live.find((item) => item.account === account) ?? live[0];
  if (own !== undefined) return own;
  return us < TIMES.boot - 20 * MINUTE_US ? earlierCaller(processes.host, image, account) : null;
}

type Browsing = {
  readonly host: Host;
  readonly account: Account;
  readonly count: number;
  readonly hours: readonly (readonly [number, number])[];
  readonly images: readonly (readonly [string, number])[];
};

const USER_IMAGES = [
  [IMAGES.edge, 10],
  [IMAGES.outlook, 5],
] as const;
const MACHINE_IMAGES = [
  [IMAGES.svchost, 6],
  [IMAGES.harbourAgent, 3],
] as const;

const office = (startHour: number, endHour: number): readonly (readonly [number, number])[] =>
  [0, 1, 2, 3, 4].map((day) => [NETWORK_START_US + day * DAY_US + startHour * HOUR_US, NETWORK_START_US + day * DAY_US + endHour * HOUR_US] as const);

const ALL_DAYS = [[NETWORK_START_US, EVIDENCE_END_US]] as const;

const BROWSING: readonly Browsing[] = [
  { host: WS_0142, account: NOVAK, count: 2_600, hours: office(21.7, 22.9), images: USER_IMAGES },
  { host: WS_0209, account: ORTIZ, count: 1_700, hours: office(19.2, 23.8), images: USER_IMAGES },
  { host: WS_0117, account: SILVA, count: 2_300, hours: office(8, 17.5), images: USER_IMAGES },
  { host: WS_0142, account: SYSTEM, count: 420, hours: ALL_DAYS, images: MACHINE_IMAGES },
  { host: WS_0209, account: SYSTEM, count: 420, hours: ALL_DAYS, images: MACHINE_IMAGES },
  { host: WS_0117, account: SYSTEM, count: 420, hours: ALL_DAYS, images: MACHINE_IMAGES },
  { host: FS_0007, account: SYSTEM, count: 520, hours: ALL_DAYS, images: MACHINE_IMAGES },
  { host: DC_0001, account: SYSTEM, count: 380, hours: ALL_DAYS, images: MACHINE_IMAGES },
  { host: MG_0005, account: SYSTEM, count: 760, hours: ALL_DAYS, images: MACHINE_IMAGES },
];

function remoteOf(random: Random, account: Account): { ip: string; port: number; url: string; protocol: 'Tcp' | 'Udp' } {
  if (account.kind === 'user' && random.chance(0.12)) return { ip: FS_0007.ip, port: 445, url: '', protocol: 'Tcp' };
  if (random.chance(account.kind === 'user' ? 0.06 : 0.34)) {
    const [ip, port] = random.pick([
      [DC_0001.ip, 389],
      [DC_0001.ip, 88],
      [DC_0001.ip, 135],
      [LX_0009.ip, 3_128],
      [MG_0005.ip, 8_443],
    ] as const);
    return { ip, port, url: '', protocol: 'Tcp' };
  }
  const [ip, url] = random.weighted(WEB_SERVICES.map((entry) => [entry, entry[2]] as const));
  const quic = random.chance(0.1);
  return { ip, port: random.chance(0.04) ? 80 : 443, url, protocol: quic ? 'Udp' : 'Tcp' };
}

export function ordinaryConnections(fleet: Fleet, random: Random): Connection[] {
  const made: Connection[] = [];
  const processesOf = (host: Host): ProcessHost => {
    const found = fleet.hosts.find((item) => item.host === host);
    if (found === undefined) throw new Error(`No processes for ${host.name}`);
    return found;
  };
  const port = (): number => random.int(49_152, 65_300);

  for (const timer of TIMERS) {
    const processes = processesOf(timer.host);
    for (let index = 0; index < timer.count; index += 1) {
      // A timer keeps its schedule: jitter does not add up. Two jittered ends make the spread of an interval.
      const due = timer.endUs - (timer.count - 1 - index) * timer.intervalS * SECOND_US;
      const us = Math.round(due + random.normal(0, (timer.spreadS / Math.SQRT2) * SECOND_US));
      const live = callerAt(processes, timer.image, timer.account, us);
      const caller = live ?? earlierCaller(timer.host, timer.image, timer.account);
      made.push({
        us,
        host: timer.host,
        caller,
        action: 'ConnectionSuccess',
        remoteIp: timer.remoteIp,
        remotePort: timer.port,
        remoteUrl: timer.url,
        localPort: timer.port === 123 ? 123 : port(),
        protocol: timer.port === 123 ? 'Udp' : 'Tcp',
      });
    }
  }

  const rare = (host: Host, ip: string, url: string, clocks: readonly string[]): void => {
    for (const clock of clocks) {
      const us = on11(clock);
      const caller = callerAt(processesOf(host), IMAGES.edge, ORTIZ, us) ?? earlierCaller(host, IMAGES.edge, ORTIZ);
      made.push({ us, host, caller, action: 'ConnectionSuccess', remoteIp: ip, remotePort: 443, remoteUrl: url, localPort: port(), protocol: 'Tcp' });
    }
  };
  rare(WS_0209, TIMING_AUCKLAND.ip, 'timing.example.org', ['22:50:31.004', '22:50:36.871', '22:50:44.120']);
  rare(WS_0209, UPDATES_NAIROBI.ip, 'mirror.example.org', [
    '22:15:11.620',
    '22:15:13.090',
    '22:16:02.447',
    '22:18:30.905',
    '22:19:41.332',
    '22:20:58.018',
    '22:21:47.761',
  ]);

  for (const item of BROWSING) {
    const processes = processesOf(item.host);
    const samplers = item.hours.map(([from, to]) =>
      evenSampler(random.fork(`${item.host.name} ${item.account.name} ${from}`), from, Math.min(to, EVIDENCE_END_US)),
    );
    let left = item.count;
    while (left > 0) {
      const us = random.pick(samplers)();
      const caller = callerAt(processes, random.weighted(item.images), item.account, us);
      left -= 1;
      if (caller === null) continue;
      // A page brings a handful of connections within a second or two.
      const together = item.account.kind === 'user' ? random.int(1, 4) : 1;
      left -= together - 1;
      for (let index = 0; index < together; index += 1) {
        const remote = remoteOf(random, item.account);
        made.push({
          us: us + index * random.int(40, 600) * 1_000,
          host: item.host,
          caller,
          action: random.chance(0.02) ? 'ConnectionFailed' : 'ConnectionSuccess',
          remoteIp: remote.ip,
          remotePort: remote.port,
          remoteUrl: remote.url,
          localPort: port(),
          protocol: remote.protocol,
        });
      }
    }
  }
  return made.filter((item) => item.us >= NETWORK_START_US && item.us < EVIDENCE_END_US);
}
