/**
 * AzureNetworkAnalytics_CL: a month of hourly flow summaries per machine, plus one topology record for each. Outbound bytes of
 * all rows of an hour add up to a daily rhythm with a slow rise; the theft lifts three hours, two harmless hours stand out too.
 */
import { TENANT_ID } from '../world/accounts.ts';
import { DC_0001, FS_0007, HOSTS, MG_0005, WS_0117, WS_0142, WS_0209 } from '../world/hosts.ts';
import type { Host } from '../world/hosts.ts';
import { ATTACKER, ATTACKER_2, WEB_SERVICES } from '../world/places.ts';
import type { Random } from '../core/random.ts';
import { HOUR_US, MINUTE_US, at, isoSeconds, isoZ } from '../core/time.ts';
import { EVIDENCE_END_US, EXFILTRATION_HOURS, OTHER_ODD_HOURS } from '../story/intrusion.ts';
import type { Row } from '../write/text-tables.ts';

export const FLOWS_START_US = at('2026-02-09 05:00:00.000');
/** Summaries arrive minutes after their hour: the last hour before the end of the logs is not in them yet. */
export const FLOW_HOURS = (EVIDENCE_END_US - HOUR_US - FLOWS_START_US) / HOUR_US;

export const FLOW_COLUMNS = [
  'TenantId',
  'TimeGenerated',
  'SubType_s',
  'FASchemaVersion_s',
  'FlowIntervalStartTime_t',
  'FlowIntervalEndTime_t',
  'FlowStartTime_t',
  'FlowEndTime_t',
  'FlowType_s',
  'VM_s',
  'VMIP_s',
  'VM1_s',
  'SrcIP_s',
  'DestIP_s',
  'PublicIPs_s',
  'DestPublicIPs_s',
  'DestPort_d',
  'L4Protocol_s',
  'L7Protocol_s',
  'FlowDirection_s',
  'FlowStatus_s',
  'AllowedInFlows_d',
  'AllowedOutFlows_d',
  'DeniedInFlows_d',
  'DeniedOutFlows_d',
  'InboundPackets_d',
  'OutboundPackets_d',
  'InboundBytes_d',
  'OutboundBytes_d',
  'Region_s',
  'AzureRegion_s',
  'ResourceType',
  'VirtualMachine_s',
  'PrivateIPAddresses_s',
  'PublicIPAddresses_s',
  'Type',
] as const;

const RESOURCE_GROUP = 'lantern-desktops';
const MEGABYTE = 1_000_000;

/** Hourly shape of a day in megabytes above the floor; the peak is in the early afternoon. */
const DAY_SHAPE = [0.4, 0.2, 0, 0, 0.2, 0.8, 2.4, 5.2, 9.6, 14.4, 19.2, 22.6, 24.6, 25, 24, 21.2, 17.2, 12.8, 8.8, 5.8, 3.8, 2.4, 1.4, 0.8] as const;
const FLOOR_MB = 21;
const RISE_MB = 6;

/** `cloud`: the part that goes to the cloud provider's own services rather than the open internet. */
type Share = { readonly host: Host; readonly part: number; readonly remote: number; readonly cloud: number };
const SHARES: readonly Share[] = [
  { host: WS_0142, part: 0.19, remote: 0, cloud: 0 },
  { host: WS_0209, part: 0.18, remote: 3, cloud: 0 },
  { host: WS_0117, part: 0.2, remote: 1, cloud: 0 },
  { host: FS_0007, part: 0.24, remote: 9, cloud: 0.7 },
  { host: MG_0005, part: 0.12, remote: 5, cloud: 0.5 },
  { host: DC_0001, part: 0.07, remote: 15, cloud: 0 },
];

/** Who sends the stolen data: parts of an hour's excess. */
const THEFT_SHARES = [
  { host: WS_0142, part: 0.71, ip: ATTACKER.ip },
  { host: FS_0007, part: 0.24, ip: ATTACKER_2.ip },
  { host: WS_0209, part: 0.05, ip: null },
] as const;

/** Bytes out of an hour without theft or oddity. */
export function usualBytes(hour: number, random: Random): number {
  const clock = new Date((FLOWS_START_US + hour * HOUR_US) / 1_000).getUTCHours();
  const megabytes = FLOOR_MB + (DAY_SHAPE[clock] ?? 0) + (RISE_MB * hour) / FLOW_HOURS + random.normal(0, 1.1);
  return Math.round(megabytes * MEGABYTE);
}

type Flow = { readonly host: Host; readonly ip: string; readonly port: number; readonly type: 'ExternalPublic' | 'AzurePublic'; readonly bytes: number };

function flowRow(startUs: number, flow: Flow, random: Random): Row {
  const packetsOut = Math.ceil(flow.bytes / random.int(900, 1_300));
  const packetsIn = Math.ceil(packetsOut * (0.4 + random.next() * 0.5));
  const bytesIn = Math.round(packetsIn * random.int(200, 1_200));
  const flows = random.int(4, 160);
  const first = startUs + random.int(1, 400) * 1_000_000;
  const publicIps = `${flow.ip}|${flows}|${flows}|${packetsOut}|${packetsIn}|${flow.bytes}|${bytesIn}`;
  return {
    TenantId: TENANT_ID,
    TimeGenerated: isoZ(startUs + HOUR_US + random.int(4 * 60, 9 * 60) * 1_000_000),
    SubType_s: 'FlowLog',
    FASchemaVersion_s: '2',
    FlowIntervalStartTime_t: isoSeconds(startUs),
    FlowIntervalEndTime_t: isoSeconds(startUs + HOUR_US),
    FlowStartTime_t: isoSeconds(first),
    FlowEndTime_t: isoSeconds(startUs + HOUR_US - random.int(1, 500) * 1_000_000),
    FlowType_s: flow.type,
    VM_s: `${RESOURCE_GROUP}/${flow.host.name.toLowerCase()}`,
    VM1_s: `${RESOURCE_GROUP}/${flow.host.name.toLowerCase()}`,
    VMIP_s: flow.host.ip,
    SrcIP_s: flow.host.ip,
    PublicIPs_s: publicIps,
    DestPublicIPs_s: publicIps,
    DestPort_d: flow.port,
    L4Protocol_s: 'T',
    L7Protocol_s: flow.port === 443 ? 'https' : 'http',
    FlowDirection_s: 'O',
    FlowStatus_s: 'A',
    AllowedInFlows_d: 0,
    AllowedOutFlows_d: flows,
    DeniedInFlows_d: 0,
    DeniedOutFlows_d: 0,
    InboundPackets_d: packetsIn,
    OutboundPackets_d: packetsOut,
    InboundBytes_d: bytesIn,
    OutboundBytes_d: flow.bytes,
    Region_s: 'westeurope',
    AzureRegion_s: flow.type === 'AzurePublic' ? 'westeurope' : null,
    Type: 'AzureNetworkAnalytics_CL',
  };
}

const topologyRow = (host: Host): Row => ({
  TenantId: TENANT_ID,
  TimeGenerated: isoZ(FLOWS_START_US + 12 * MINUTE_US),
  SubType_s: 'Topology',
  FASchemaVersion_s: '2',
  Region_s: 'westeurope',
  ResourceType: 'NetworkInterface',
  VirtualMachine_s: `${RESOURCE_GROUP}/${host.name.toLowerCase()}`,
  VM_s: `${RESOURCE_GROUP}/${host.name.toLowerCase()}`,
  PrivateIPAddresses_s: host.ip,
  PublicIPAddresses_s: host.ip.startsWith('10.20.4.') ? '203.0.113.14' : null,
  Type: 'AzureNetworkAnalytics_CL',
});

export function networkFlowRows(random: Random): Row[] {
  const rows: Row[] = HOSTS.map(topologyRow);
  for (let hour = 0; hour < FLOW_HOURS; hour += 1) {
    const startUs = FLOWS_START_US + hour * HOUR_US;
    const odd = OTHER_ODD_HOURS.find((item) => item.startUs === startUs)?.extraBytes ?? 0;
    const usual = usualBytes(hour, random);
    const flows: Flow[] = [];
    // A backup by hand comes from the file server alone; an outage takes from everybody.
    const shared = usual + Math.min(odd, 0);
    let left = shared;
    SHARES.forEach((share, index) => {
      const bytes = index === SHARES.length - 1 ? left : Math.round(shared * share.part * (0.92 + random.next() * 0.16));
      left -= bytes;
      const [ip] = WEB_SERVICES[share.remote] ?? WEB_SERVICES[0] ?? ['198.18.4.10'];
      const cloud = Math.round(bytes * share.cloud);
      flows.push({ host: share.host, ip, port: 443, type: 'ExternalPublic', bytes: bytes - cloud });
      if (cloud > 0) flows.push({ host: share.host, ip: '198.18.200.7', port: 443, type: 'AzurePublic', bytes: cloud });
    });
    if (odd > 0) flows.push({ host: FS_0007, ip: '198.18.200.90', port: 443, type: 'AzurePublic', bytes: odd });
    const theft = EXFILTRATION_HOURS.find((item) => item.startUs === startUs);
    if (theft !== undefined) {
      for (const share of THEFT_SHARES) {
        flows.push({ host: share.host, ip: share.ip ?? '198.18.4.50', port: 443, type: 'ExternalPublic', bytes: Math.round(theft.extraBytes * share.part) });
      }
    }
    rows.push(...flows.map((flow) => flowRow(startUs, flow, random)));
  }
  return rows;
}
