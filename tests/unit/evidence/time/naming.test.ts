import { describe, expect, it } from 'vitest';
import { namesTime, namesUtc, timeRank } from '../../../../main/evidence/time/naming.ts';

describe('names of columns', () => {
  it.each(['TimeGenerated', 'event_time', 'ts', 'createdAt_date', 'lastSeen', 'EventTime', 'unixTime', 'FILE_MODIFIED', 'TimeGenerated [UTC]'])('%s speaks of time', (name) => expect(namesTime(name)).toBe(true));
  it.each(['duration', 'runtime', 'TimeTaken', 'BytesSent', 'timezone', 'uptime', 'Timeout', 'EventID', 'PrimaryDateId', 'instance'])('%s does not', (name) => expect(namesTime(name)).toBe(false));
  it.each([['TimeGenerated [UTC]', true], ['StartTimeUtc', true], ['UtcTime', true], ['start_utc', true], ['TimeGenerated', false], ['Computer', false]] as const)('%s says UTC: %s', (name, expected) => expect(namesUtc(name)).toBe(expected));

  it('are ranked as analysts would', () => {
    const names = ['EndTime', '@timestamp', 'modified', 'UtcTime', 'TimeGenerated', 'Timestamp', 'EventTime', 'Computer', 'some_date'];
    expect([...names].sort((a, b) => timeRank(a) - timeRank(b))).toEqual(['TimeGenerated', 'Timestamp', 'EventTime', 'UtcTime', '@timestamp', 'EndTime', 'modified', 'some_date', 'Computer']);
  });
});
