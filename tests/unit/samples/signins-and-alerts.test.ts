/** Damaged sign-in lines are where they should be; alerts carry entities that resolve and point at rows that exist. */
import { describe, expect, it } from 'vitest';
import { csvRecords, csvRows, fileText, jsonLines, securityEvents, truth } from './shipped.ts';

const facts = truth();

describe('sign-ins', () => {
  const text = fileText('signin-logs.csv');
  const records = csvRecords(text);
  const header = records[0] ?? [];
  const usTime = /^\d{1,2}\/\d{1,2}\/2026 (?:1[0-2]|[1-9]):[0-5]\d:[0-5]\d\.\d{3} [AP]M$/;

  it('begin with a byte order mark and 21 columns', () => {
    expect(header).toHaveLength(21);
    expect(header.slice(0, 7)).toEqual(['TimeGenerated', 'UserPrincipalName', 'IPAddress', 'ResultType', 'Location', 'AppDisplayName', 'DeviceDetail']);
  });

  it('have 5,106 good lines and twelve damaged ones, 5,118 in all', () => {
    // No field spans lines, so a record's number is its line.
    const lineOf = (match: (record: string[], line: number) => boolean): number[] =>
      records.flatMap((record, index) => (index > 0 && match(record, index + 1) ? [index + 1] : []));
    const wrongWidth = lineOf((record) => record.length !== header.length);
    const badTime = lineOf((record) => record.length === header.length && !usTime.test(record[0] ?? ''));
    const { lines, good, rejected } = facts.signinRejects;
    expect(wrongWidth).toEqual([...lines.tooManyColumns, ...lines.cutOff]);
    expect(badTime).toEqual(lines.unreadableTime);
    expect(records[(lines.tooManyColumns[0] ?? 0) - 1]).toHaveLength(23);
    expect(records.length - 1 - wrongWidth.length - badTime.length).toBe(good);
    expect([good, rejected, records.length - 1]).toEqual([5_106, 12, 5_118]);
  });

  it('end inside a quoted field', () => {
    expect(text.endsWith('2026-03-12 05:59:58,"p.lang@exam')).toBe(true);
    expect((text.match(/"/g)?.length ?? 0) % 2).toBe(1);
  });

  it('start with the lines of the import preview', () => {
    expect(records[1]?.slice(0, 6)).toEqual(['3/11/2026 9:51:37.204 PM', 'j.novak@example.com', '198.51.100.23', '0', 'SG', 'Office 365 Exchange']);
    expect(records[7]?.slice(0, 7)).toEqual(['3/11/2026 9:54:41.719 PM', 'a.berg@example.com', '203.0.113.77', '50053', 'BR', 'Azure Portal', '']);
    const place = JSON.parse(records[1]?.[header.indexOf('LocationDetails')] ?? '{}') as { geoCoordinates: { latitude: number } };
    expect(place.geoCoordinates.latitude).toBeCloseTo(1.3521);
  });
});

type Entity = { readonly [key: string]: unknown };

function walk(value: unknown, visit: (object: Entity) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Entity);
    for (const item of Object.values(value)) walk(item, visit);
  }
}

describe('alerts', () => {
  const alerts = csvRows(fileText('security-alerts.csv'));

  it('are 41, as many per incident as the ground truth says', () => {
    expect(alerts).toHaveLength(41);
    expect(facts.incidents.map((incident) => [incident.number, incident.alerts.length])).toEqual([
      [4471, 13],
      [4468, 3],
      [4465, 3],
    ]);
    expect(facts.alertsWithoutIncident).toBe(22);
  });

  it('number their entities once and refer only to entities that exist', () => {
    for (const alert of alerts) {
      const ids: string[] = [];
      const references: string[] = [];
      const types: unknown[] = [];
      walk(JSON.parse(String(alert['Entities'])), (object) => {
        if (typeof object['$id'] === 'string') ids.push(object['$id']);
        if (typeof object['$ref'] === 'string') references.push(object['$ref']);
        if (object['$ref'] === undefined) types.push(object['Type']);
      });
      const problems = {
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        dangling: references.filter((id) => !ids.includes(id)),
        untyped: types.filter((type) => typeof type !== 'string'),
      };
      expect({ alert: alert['AlertName'], ...problems }).toEqual({ alert: alert['AlertName'], twice: [], dangling: [], untyped: [] });
    }
  });

  it('tell of the encoded PowerShell with five entities whose process is in the log', () => {
    const alert = alerts.find((item) => item['SystemAlertId'] === facts.encodedPowerShellAlert);
    const entities = JSON.parse(String(alert?.['Entities'])) as Entity[];
    expect(entities.map((entity) => entity['Type'])).toEqual(['account', 'host', 'process', 'file', 'dns']);
    const made = entities[2] ?? {};
    const row = securityEvents().find(
      (item) => item['EventID'] === 4688 && item['Computer'] === 'WS-0142' && Number.parseInt(String(item['NewProcessId']), 16) === Number(made['ProcessId']),
    );
    expect(row?.['CommandLine']).toBe(made['CommandLine']);
    expect(JSON.parse(String(alert?.['ExtendedProperties']))).toMatchObject({ DetectionSource: 'MTP', IsEncoded: 'true', ParentProcess: 'WINWORD.EXE' });
    expect(alert).toMatchObject({ Tactics: 'Execution', Techniques: '["T1059"]', SubTechniques: '["T1059.001"]' });
  });

  it('are named by the incidents they belong to', () => {
    const incidents = JSON.parse(fileText('security-incidents.json')) as {
      IncidentNumber: number;
      AlertIds: string[];
      AdditionalData: { alertsCount: number };
    }[];
    const known = new Set(alerts.map((alert) => alert['SystemAlertId']));
    expect(incidents.map((incident) => incident.IncidentNumber)).toEqual([4471, 4468, 4465]);
    for (const incident of incidents) {
      expect(incident.AlertIds.filter((id) => !known.has(id))).toEqual([]);
      expect(incident.AdditionalData.alertsCount).toBe(incident.AlertIds.length);
    }
  });
});

describe('the Linux gateway', () => {
  const lines = jsonLines('linux-logs.tar.gz', 'AuditLog_CL.jsonl').map((row) => String(row['RawData']));

  it('recorded the commands of the stolen account in its session', () => {
    const commands = lines.filter((line) => line.startsWith('type=USER_CMD') && line.includes(`ses=${facts.linux.session} `));
    expect(commands).toHaveLength(facts.linux.sudoCommands);
    const decoded = commands.map((line) => Buffer.from(/cmd=([0-9A-F]+)/.exec(line)?.[1] ?? '', 'hex').toString('utf8'));
    expect(decoded).toContain(facts.linux.piped);
  });

  it('gives every audit event its own time', () => {
    const stamps = new Map<string, Set<string>>();
    for (const line of lines) {
      const [, stamp = '', serial = ''] = /audit\((\d+\.\d{3}):(\d+)\)/.exec(line) ?? [];
      stamps.set(stamp, (stamps.get(stamp) ?? new Set()).add(serial));
    }
    expect([...stamps.values()].filter((serials) => serials.size > 1)).toEqual([]);
  });
});
