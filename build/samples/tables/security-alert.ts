/**
 * SecurityAlert and SecurityIncident with the columns of a Sentinel workspace. In alerts, entities and properties are JSON text
 * inside a cell, pretty-printed over several lines as the service does; in incidents they are nested values.
 */
import { ORTIZ, TENANT_ID, idOf } from '../world/accounts.ts';
import { at, isoZ, on11, MINUTE_US } from '../core/time.ts';
import type { Alert, Product } from '../story/alerts.ts';
import type { Row } from '../write/text-tables.ts';

export const ALERT_COLUMNS = [
  'TenantId',
  'TimeGenerated',
  'DisplayName',
  'AlertName',
  'AlertSeverity',
  'Description',
  'ProviderName',
  'VendorName',
  'VendorOriginalId',
  'SystemAlertId',
  'ResourceId',
  'SourceComputerId',
  'AlertType',
  'ConfidenceLevel',
  'ConfidenceScore',
  'IsIncident',
  'StartTime',
  'EndTime',
  'ProcessingEndTime',
  'RemediationSteps',
  'ExtendedProperties',
  'Entities',
  'SourceSystem',
  'WorkspaceSubscriptionId',
  'WorkspaceResourceGroup',
  'ExtendedLinks',
  'ProductName',
  'ProductComponentName',
  'AlertLink',
  'Status',
  'CompromisedEntity',
  'Tactics',
  'Techniques',
  'SubTechniques',
  'Type',
] as const;

const SUBSCRIPTION = '3d0c7b5e-91f4-4a26-b8e3-6f2a1c9d8e70';
const PRODUCTS: Record<Product, { readonly name: string; readonly provider: string; readonly vendor: string; readonly detection: string }> = {
  xdr: { name: 'Microsoft Defender XDR', provider: 'MTP', vendor: 'Microsoft', detection: 'MTP' },
  sentinel: { name: 'Microsoft Sentinel', provider: 'ASI Scheduled Alerts', vendor: 'Microsoft', detection: 'Scheduled' },
  entra: { name: 'Microsoft Entra ID Protection', provider: 'IPC', vendor: 'Microsoft', detection: 'Identity' },
};

const CONFIDENCE: Record<Alert['severity'], number> = { Critical: 0.97, High: 0.94, Medium: 0.81, Low: 0.55, Informational: 0.3 };

/** CRLF inside the cell, as the service writes it. */
const pretty = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\r\n');

export const alertRows = (alerts: readonly Alert[]): Row[] =>
  alerts.map((alert) => {
    const product = PRODUCTS[alert.product];
    const [technique = '', sub] = (alert.technique ?? '').split('.');
    return {
      TenantId: TENANT_ID,
      TimeGenerated: isoZ(alert.endUs + 2 * MINUTE_US),
      DisplayName: alert.name,
      AlertName: alert.name,
      AlertSeverity: alert.severity,
      Description: alert.description,
      ProviderName: product.provider,
      VendorName: product.vendor,
      VendorOriginalId: idOf(`vendor ${alert.id}`),
      SystemAlertId: alert.id,
      AlertType: `${TENANT_ID}_${idOf(`rule ${alert.name}`)}`,
      ConfidenceLevel: 'Unknown',
      ConfidenceScore: CONFIDENCE[alert.severity],
      IsIncident: false,
      StartTime: isoZ(alert.startUs),
      EndTime: isoZ(alert.endUs),
      ProcessingEndTime: isoZ(alert.endUs + 110_000_000),
      ExtendedProperties: pretty({ DetectionSource: product.detection, ConfidenceScore: String(CONFIDENCE[alert.severity]), ...alert.properties }),
      Entities: pretty(alert.entities.all()),
      SourceSystem: 'Detection',
      WorkspaceSubscriptionId: SUBSCRIPTION,
      WorkspaceResourceGroup: 'lantern-security',
      ProductName: product.name,
      ProductComponentName: alert.product === 'sentinel' ? 'Scheduled Alerts' : '',
      AlertLink: `https://security.example.com/alerts/${alert.id}`,
      Status: alert.status,
      CompromisedEntity: alert.compromised,
      Tactics: alert.tactic ?? '',
      Techniques: technique === '' ? '' : JSON.stringify([technique]),
      SubTechniques: sub === undefined ? '' : JSON.stringify([alert.technique ?? '']),
      Type: 'SecurityAlert',
    };
  });

type IncidentPlan = {
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly severity: string;
  readonly status: string;
  readonly closedUs: number | null;
  readonly labels: readonly string[];
};

export const INCIDENTS: readonly IncidentPlan[] = [
  {
    number: 4471,
    title: 'Mailbox to file server intrusion',
    description: 'From a macro in a mail to an archive sent outside, over one workstation and one file server.',
    severity: 'High',
    status: 'Active',
    closedUs: null,
    labels: ['lantern', 'exfiltration'],
  },
  {
    number: 4468,
    title: 'Phishing message to 11 mailboxes',
    description: 'One message with a macro document, opened once.',
    severity: 'Medium',
    status: 'Active',
    closedUs: null,
    labels: ['phishing'],
  },
  {
    number: 4465,
    title: 'Rule test',
    description: 'Alerts of rules under test.',
    severity: 'Low',
    status: 'Closed',
    closedUs: on11('22:01:00.000'),
    labels: [],
  },
];

/** One object per incident, nested as the workspace returns it. */
export function incidentRows(alerts: readonly Alert[]): Row[] {
  return INCIDENTS.map((plan) => {
    const own = alerts.filter((alert) => alert.incident === plan.number);
    const first = Math.min(...own.map((alert) => alert.startUs));
    const last = Math.max(...own.map((alert) => alert.startUs));
    const unique = (values: readonly string[]): string[] => [...new Set(values)].filter((value) => value !== '').sort();
    const modified = plan.closedUs ?? at('2026-03-12 01:12:44.000');
    return {
      TenantId: TENANT_ID,
      TimeGenerated: isoZ(modified),
      IncidentName: idOf(`incident ${plan.number}`),
      IncidentNumber: plan.number,
      Title: plan.title,
      Description: plan.description,
      Severity: plan.severity,
      Status: plan.status,
      Classification: plan.closedUs === null ? '' : 'BenignPositive',
      ClassificationComment: plan.closedUs === null ? '' : 'Raised by rules under test.',
      ClassificationReason: plan.closedUs === null ? '' : 'SuspiciousButExpected',
      Owner: { objectId: ORTIZ.objectId, email: ORTIZ.upn, assignedTo: ORTIZ.displayName, userPrincipalName: ORTIZ.upn },
      ProviderName: 'Microsoft XDR',
      ProviderIncidentId: String(plan.number),
      FirstActivityTime: isoZ(first),
      LastActivityTime: isoZ(last),
      FirstModifiedTime: isoZ(first + 3 * MINUTE_US),
      LastModifiedTime: isoZ(modified),
      CreatedTime: isoZ(first + 2 * MINUTE_US),
      ClosedTime: plan.closedUs === null ? null : isoZ(plan.closedUs),
      RelatedAnalyticRuleIds: unique(own.map((alert) => idOf(`rule ${alert.name}`))),
      AlertIds: own.map((alert) => alert.id),
      BookmarkIds: [],
      Comments: [],
      Tasks: [],
      Labels: plan.labels.map((labelName) => ({ labelName, labelType: 'User' })),
      IncidentUrl: `https://security.example.com/incidents/${plan.number}`,
      AdditionalData: {
        alertsCount: own.length,
        bookmarksCount: 0,
        commentsCount: 0,
        alertProductNames: unique(own.map((alert) => PRODUCTS[alert.product].name)),
        tactics: unique(own.map((alert) => alert.tactic ?? '')),
        techniques: unique(own.map((alert) => alert.technique?.split('.')[0] ?? '')),
      },
      ModifiedBy: ORTIZ.upn,
      SourceSystem: 'Azure',
      Type: 'SecurityIncident',
    };
  });
}
