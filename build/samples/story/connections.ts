/**
 * The intruder's connections: lookups, downloads, the beacon, the uploads, the move to the file server.
 */
import { SYSTEM } from '../world/accounts.ts';
import { DC_0001, FS_0007, LX_0009, WS_0142 } from '../world/hosts.ts';
import type { Host } from '../world/hosts.ts';
import { ATTACKER, ATTACKER_2 } from '../world/places.ts';
import { IMAGES } from '../world/programs.ts';
import { inventedHash } from '../core/text.ts';
import type { Random } from '../core/random.ts';
import { SECOND_US, on11 } from '../core/time.ts';
import type { Caller, Connection } from '../windows/connections.ts';
import type { Fleet } from '../windows/fleet.ts';
import { STOLEN_SSH } from './linux.ts';
import { ARCHIVE, BEACON, DOMAINS, TASK_RUNS_US, TIMES } from './intrusion.ts';

/** One certificate on both of the intruder's addresses: what ties them together. */
export const SERVER_CERTIFICATE = {
  server_name: DOMAINS.stage,
  subject: 'CN=cdn-sync.example.net',
  issuer: 'CN=cdn-sync.example.net',
  version: 'TLSv12',
  cert_sha256: inventedHash('sha256', 'server certificate'),
} as const;

export function storyConnections(fleet: Fleet, random: Random): Connection[] {
  const made: Connection[] = [];
  const { chain, host } = fleet.ws0142;
  const step = (image: string): Caller => {
    const found = chain.steps.find((item) => item.image === image);
    if (found === undefined) throw new Error(`No step of the chain runs ${image}`);
    return found;
  };
  const fileServer = fleet.hosts.find((item) => item.host === FS_0007)?.all() ?? [];
  const lateral = fileServer.find((item) => item.image === IMAGES.powershell && item.startUs === TIMES.lateralPowerShell);
  if (lateral === undefined) throw new Error('The move to FS-0007 is missing');
  const dnsClient = host.all().find((item) => item.commandLine.endsWith('-s Dnscache'));
  if (dnsClient === undefined) throw new Error('WS-0142 has no DNS client');

  const port = (): number => random.int(49_152, 65_300);
  const add = (us: number, where: Host, caller: Caller, remoteIp: string, remotePort: number, remoteUrl: string, more: Partial<Connection> = {}): void => {
    made.push({ us, host: where, caller, action: 'ConnectionSuccess', remoteIp, remotePort, remoteUrl, localPort: port(), protocol: 'Tcp', ...more });
  };
  const lookup = (us: number, name: string, ip: string): void =>
    add(us, WS_0142, dnsClient, DC_0001.ip, 53, name, {
      action: 'DnsConnectionInspected',
      protocol: 'Udp',
      details: { direction: 'Out', query: name, qtype_name: 'A', rcode_name: 'NOERROR', answers: [ip], TTLs: [60] },
    });
  const http = (us: number, caller: Caller, uri: string, bytes: number): void => {
    add(us, WS_0142, caller, ATTACKER.ip, 80, `http://${DOMAINS.stage}${uri}`);
    add(us + 140_000, WS_0142, caller, ATTACKER.ip, 80, `http://${DOMAINS.stage}${uri}`, {
      action: 'HttpConnectionInspected',
      details: {
        direction: 'Out',
        method: 'GET',
        host: DOMAINS.stage,
        uri,
        user_agent: uri.endsWith('.ps1') ? 'Mozilla/5.0' : 'Microsoft-CryptoAPI/10.0',
        status_code: 200,
        response_body_len: bytes,
      },
    });
  };

  lookup(TIMES.lureTemplate - 42_000, DOMAINS.stage, ATTACKER.ip);
  add(TIMES.lureTemplate, WS_0142, step(IMAGES.word), ATTACKER.ip, 80, `http://${DOMAINS.stage}/t.dotm`);
  http(on11('22:04:18.931'), step(IMAGES.powershell), '/a.ps1', 2_914);
  http(on11('22:04:27.004'), step(IMAGES.certutil), '/u.dat', 348_160);

  // Guessing from outside.
  const server = host.all().find((item) => item.commandLine.endsWith('-s LanmanServer')) ?? dnsClient;
  for (const us of [...TIMES.badPasswords, TIMES.svcBackupLogon, ...TIMES.badPasswordsAdmin]) {
    add(us - 11_000, WS_0142, server, ATTACKER.ip, random.int(40_000, 60_000), '', { action: 'InboundConnectionAccepted', localPort: 445 });
  }

  // The beacon keeps its schedule: jitter does not add up.
  const rundll32 = chain.rundll32;
  for (let index = 0; index < BEACON.count; index += 1) {
    const due = BEACON.lastUs - (BEACON.count - 1 - index) * BEACON.intervalUs;
    const jitter = index === BEACON.count - 1 ? 0 : Math.round(random.normal(0, BEACON.spreadUs / Math.SQRT2));
    add(due + jitter, WS_0142, rundll32, ATTACKER.ip, 443, '');
    if (index === 0)
      add(due + 190_000, WS_0142, rundll32, ATTACKER.ip, 443, DOMAINS.stage, {
        action: 'SslConnectionInspected',
        details: { direction: 'Out', ...SERVER_CERTIFICATE },
      });
  }

  // The file server, the archive, the upload.
  for (const clock of ['22:08:54.902', '22:09:12.031', '22:11:47.410', '22:12:31.668']) add(on11(clock), WS_0142, server, FS_0007.ip, 445, '');
  lookup(TIMES.upload + 90_000, DOMAINS.drop, ATTACKER.ip);
  const curl = step(IMAGES.curl);
  for (const clock of ['22:14:20.271', '22:17:02.915', '22:19:48.360']) add(on11(clock), WS_0142, curl, ATTACKER.ip, 443, `https://${DOMAINS.drop}/up/q1`);
  add(on11('22:14:20.502'), WS_0142, curl, ATTACKER.ip, 443, DOMAINS.drop, {
    action: 'SslConnectionInspected',
    details: { direction: 'Out', ...SERVER_CERTIFICATE, server_name: DOMAINS.drop, orig_bytes: ARCHIVE.sizeBytes },
  });
  add(on11('22:25:06.940'), WS_0142, step(IMAGES.powershell), FS_0007.ip, 5_985, '');

  for (const us of [on11('22:27:37.950'), STOLEN_SSH.startUs - 640_000]) add(us, WS_0142, rundll32, LX_0009.ip, 22, '');

  // FS-0007 talks to the second address; later the scheduled task does too.
  for (let index = 0; index < 18; index += 1) {
    const us =
      index === 17
        ? on11('22:58:03.000')
        : on11('22:31:40.000') + Math.round((index * 1_583) / 17) * SECOND_US + (index === 0 ? 0 : random.int(-20_000, 20_000) * 1_000);
    add(us, FS_0007, lateral, ATTACKER_2.ip, 443, '');
    if (index === 0)
      add(us + 210_000, FS_0007, lateral, ATTACKER_2.ip, 443, DOMAINS.drop, {
        action: 'SslConnectionInspected',
        details: { direction: 'Out', ...SERVER_CERTIFICATE },
      });
  }
  TASK_RUNS_US.forEach((us, index) => {
    const caller = chain.taskRuns[index];
    if (caller === undefined || caller.account !== SYSTEM) throw new Error('A run of the scheduled task is missing');
    for (let part = 0; part < 4; part += 1)
      add(us + (2 + part * 95) * SECOND_US, WS_0142, caller, ATTACKER_2.ip, 443, `https://${DOMAINS.drop}/up/q1.${index * 4 + part}`);
  });
  return made;
}
