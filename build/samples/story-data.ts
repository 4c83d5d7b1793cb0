/**
 * Everything that happened, before it is written in any format: machines with their processes, events, connections, sign-ins,
 * mail, alerts, flows, the Linux gateway. Tables and the ground truth both read from this.
 */
import type { Random } from './core/random.ts';
import { buildAlerts } from './story/alerts.ts';
import type { Alert } from './story/alerts.ts';
import { storyConnections } from './story/connections.ts';
import { linuxActions } from './story/linux.ts';
import { auditRecords } from './tables/audit-log.ts';
import { syslogLines } from './tables/syslog.ts';
import { deviceNetworkRows, deviceProcessRows } from './tables/device-events.ts';
import { networkFlowRows } from './tables/network-flows.ts';
import { mailEvents } from './tables/office-activity.ts';
import type { MailEvent } from './tables/office-activity.ts';
import { powershellRows } from './tables/powershell-event.ts';
import { securityEventRows } from './tables/security-event.ts';
import { signins } from './tables/signin-logs.ts';
import { sysmonRows } from './tables/sysmon-event.ts';
import { ordinaryConnections } from './windows/connections.ts';
import { buildFleet } from './windows/fleet.ts';
import type { Fleet } from './windows/fleet.ts';
import type { Row } from './write/text-tables.ts';

export type Story = {
  readonly fleet: Fleet;
  readonly securityEvents: readonly Row[];
  readonly sysmon: readonly Row[];
  readonly powershell: readonly Row[];
  readonly deviceProcesses: readonly Row[];
  readonly deviceNetwork: readonly Row[];
  readonly signins: ReturnType<typeof signins>;
  readonly mail: readonly MailEvent[];
  readonly alerts: readonly Alert[];
  readonly flows: readonly Row[];
  readonly syslog: ReturnType<typeof syslogLines>;
  readonly audit: ReturnType<typeof auditRecords>;
};

export function buildStory(random: Random): Story {
  const fleet = buildFleet(random.fork('fleet'));
  const connections = [...ordinaryConnections(fleet, random.fork('connections')), ...storyConnections(fleet, random.fork('story connections'))];
  const linux = linuxActions(random.fork('linux'));
  return {
    fleet,
    securityEvents: securityEventRows(fleet.records),
    sysmon: sysmonRows(fleet, connections, random.fork('sysmon')),
    powershell: powershellRows(fleet, random.fork('powershell')),
    deviceProcesses: deviceProcessRows(fleet.hosts),
    deviceNetwork: deviceNetworkRows(connections),
    signins: signins(random.fork('signins')),
    mail: mailEvents(random.fork('mail')),
    alerts: buildAlerts(fleet),
    flows: networkFlowRows(random.fork('flows')),
    syslog: syslogLines(linux),
    audit: auditRecords(linux),
  };
}
