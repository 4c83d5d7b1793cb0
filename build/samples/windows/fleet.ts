/**
 * All Windows machines together: their process tables and the security records of every one.
 */
import type { Random } from '../core/random.ts';
import { SECURITY_EVENT_ROWS, processRecords } from '../tables/security-event.ts';
import { EVIDENCE_END_US } from '../story/intrusion.ts';
import { buildDc0001 } from './domain-controller.ts';
import { buildFs0007, buildMg0005, buildWs0117, buildWs0209 } from './other-hosts.ts';
import type { ProcessHost } from './process-host.ts';
import type { SecurityRecord } from './records.ts';
import { buildWs0142 } from './ws-0142.ts';
import type { Ws0142 } from './ws-0142.ts';
import { ws0142Logons } from './ws-0142-logons.ts';

export type Fleet = { readonly ws0142: Ws0142; readonly hosts: readonly ProcessHost[]; readonly records: readonly SecurityRecord[] };

export function buildFleet(random: Random): Fleet {
  const ws0142 = buildWs0142(random.fork('WS-0142'));
  const others = [
    buildWs0209(random.fork('WS-0209')),
    buildWs0117(random.fork('WS-0117')),
    buildMg0005(random.fork('MG-0005')),
    buildFs0007(random.fork('FS-0007')),
  ];
  const records = [
    ...processRecords(ws0142.host),
    ...ws0142Logons(random.fork('WS-0142 logons')),
    ...others.flatMap((item) => [...processRecords(item.host), ...item.records]),
  ];
  const counted = (items: readonly SecurityRecord[]): number => items.filter((item) => item.us < EVIDENCE_END_US).length;
  const withoutFiller = buildDc0001(random.fork('DC-0001'), 0);
  const soFar = counted(records) + counted(processRecords(withoutFiller.host)) + counted(withoutFiller.records);
  if (soFar > SECURITY_EVENT_ROWS) throw new Error(`SecurityEvent is ${soFar - SECURITY_EVENT_ROWS} rows over its size`);
  const dc = buildDc0001(random.fork('DC-0001'), SECURITY_EVENT_ROWS - soFar);
  return {
    ws0142,
    hosts: [ws0142.host, ...others.map((item) => item.host), dc.host],
    records: [...records, ...processRecords(dc.host), ...dc.records],
  };
}
