/** The beacon keeps its beat, the lookups point where they should, and the hours of the theft stand out of the month. */
import { gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { csvRows, fileBytes, jsonLines, time, truth } from './shipped.ts';
import type { Cells } from './shipped.ts';

const facts = truth();
const connections = (): Cells[] => jsonLines('device-events.zip', 'DeviceNetworkEvents.jsonl');

const intervals = (rows: readonly Cells[]): number[] => {
  const times = rows.map((row) => time(row['TimeGenerated']) / 1_000).sort((left, right) => left - right);
  return times.slice(1).map((at, index) => at - (times[index] ?? 0));
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('the beacon', () => {
  const rows = connections().filter(
    (row) =>
      row['DeviceName'] === facts.beacon.source &&
      row['RemoteIP'] === facts.beacon.destination &&
      row['InitiatingProcessId'] === facts.beacon.pid &&
      row['ActionType'] === 'ConnectionSuccess',
  );

  it('has its count, interval, spread and end', () => {
    expect(rows).toHaveLength(facts.beacon.connections);
    expect(mean(intervals(rows))).toBeCloseTo(facts.beacon.intervalSeconds, 1);
    expect(spread(intervals(rows))).toBeGreaterThan(facts.beacon.spreadSeconds * 0.8);
    expect(spread(intervals(rows))).toBeLessThan(facts.beacon.spreadSeconds * 1.2);
    expect(Math.floor(Math.max(...rows.map((row) => time(row['TimeGenerated']))))).toBe(time(facts.beacon.last));
  });

  it.each(facts.harmlessTimers)('is not the only timer: $source to $destination', (timer) => {
    const own = connections().filter((row) => row['DeviceName'] === timer.source && row['RemoteIP'] === timer.destination);
    expect(own.length).toBeGreaterThanOrEqual(timer.connections);
    expect(Math.abs(median(intervals(own)) - timer.intervalSeconds)).toBeLessThan(timer.intervalSeconds * 0.1);
  });
});

describe('names and certificates', () => {
  const inspected = (action: string): Readonly<Record<string, unknown>>[] =>
    connections()
      .filter((row) => row['ActionType'] === action)
      .map((row) => JSON.parse(String(row['AdditionalFields'])) as Record<string, unknown>);

  it('resolve both domains to the intruder', () => {
    const answers = Object.fromEntries(inspected('DnsConnectionInspected').map((fields) => [String(fields['query']), (fields['answers'] as string[])[0]]));
    expect(answers).toEqual(facts.attacker.resolvesTo);
  });

  it('tie both addresses to one certificate', () => {
    const rows = connections().filter((row) => row['ActionType'] === 'SslConnectionInspected');
    expect([...new Set(rows.map((row) => row['RemoteIP']))].sort()).toEqual(['203.0.113.140', '203.0.113.77']);
    expect(new Set(inspected('SslConnectionInspected').map((fields) => fields['cert_sha256']))).toEqual(new Set([facts.attacker.certificateSha256]));
  });
});

describe('a month of outbound volume', () => {
  const flows = csvRows(new TextDecoder().decode(gunzipSync(fileBytes('network-flows.csv.gz')))).filter((row) => row['SubType_s'] === 'FlowLog');
  const hourly = new Map<string, number>();
  for (const row of flows) {
    const hour = String(row['FlowIntervalStartTime_t']);
    hourly.set(hour, (hourly.get(hour) ?? 0) + Number(row['OutboundBytes_d']));
  }
  const hours = [...hourly.keys()].sort();

  it('has every hour of 31 days', () => {
    expect(hours).toHaveLength(facts.exfiltration.hoursInSeries);
    expect(hours.every((hour, index) => index === 0 || time(hour) - time(hours[index - 1]) === 3_600_000)).toBe(true);
    expect(time(hours.at(-1))).toBe(Date.parse('2026-03-12T04:00:00Z'));
  });

  it('has the theft as its three most unusual hours', () => {
    const byClock = new Map<string, number[]>();
    for (const hour of hours) byClock.set(hour.slice(11, 13), [...(byClock.get(hour.slice(11, 13)) ?? []), hourly.get(hour) ?? 0]);
    const excess = hours
      .map((hour) => ({ hour, bytes: (hourly.get(hour) ?? 0) - median(byClock.get(hour.slice(11, 13)) ?? []) }))
      .sort((left, right) => right.bytes - left.bytes);
    expect(
      excess
        .slice(0, 3)
        .map((item) => item.hour)
        .sort(),
    ).toEqual(facts.exfiltration.hours.map((item) => item.start).sort());
    // The harmless backup comes next, far below; the switch outage is the lowest.
    expect(excess[3]?.hour).toBe(facts.exfiltration.otherOddHours[0]?.start);
    expect(excess.at(-1)?.hour).toBe(facts.exfiltration.otherOddHours[1]?.start);
  });

  it('agrees with the totals of the ground truth', () => {
    for (const item of [...facts.exfiltration.hours, ...facts.exfiltration.otherOddHours]) expect(hourly.get(item.start)).toBe(item.totalBytes);
  });

  it("sends the stolen data to the intruder's addresses", () => {
    const stolen = flows.filter((row) => facts.attacker.ips.some((ip) => String(row['PublicIPs_s']).startsWith(`${ip}|`)));
    expect(new Set(stolen.map((row) => row['FlowIntervalStartTime_t']))).toEqual(new Set(facts.exfiltration.hours.map((item) => item.start)));
  });
});
