import { describe, expect, it } from 'vitest';
import { parseIso, toIso } from '../../../main/shared/time.ts';
import { parseRange, parseTime, rangeExamples, type TimeContext } from '../../../main/shared/time-expression.ts';

const at = (text: string): number => parseIso(text) ?? Number.NaN;
const context: TimeContext = { zone: 'UTC', data: { fromUs: at('2026-03-10T00:00Z'), toUs: at('2026-03-11T23:10Z') - 1 } };
const range = (text: string, c: TimeContext = context): string => {
  const r = parseRange(text, c);
  return r.ok ? `${toIso(r.fromUs)} ${toIso(r.toUs)}` : r.message;
};

describe('single times', () => {
  it.each([
    ['2026-03-11T22:04:17.4820139Z', '2026-03-11T22:04:17.482013Z'],
    ['11 Mar 2026 22:04:17.482', '2026-03-11T22:04:17.482Z'],
    ['11 Mar 2026 22:04:17.482 UTC', '2026-03-11T22:04:17.482Z'],
    ['12 Mar 2026 03:34:17.482 UTC+05:30', '2026-03-11T22:04:17.482Z'],
    ['Mar 11, 2026, 10:04:17 PM', '2026-03-11T22:04:17Z'],
    ['3/11/2026 11:04:17 PM +01:00', '2026-03-11T22:04:17Z'],
    ['3/11/2026 12:00:00.500 AM', '2026-03-11T00:00:00.500Z'],
    ['13/11/2026', '2026-11-13T00:00:00Z'],
    ['11.03.2026 22:04', '2026-03-11T22:04:00Z'],
    ['2026/03/11 22:04', '2026-03-11T22:04:00Z'],
    ['Wed, 11 Mar 2026 23:04:17 +0100', '2026-03-11T22:04:17Z'],
    ['Wed Mar 11 22:04:17 2026', '2026-03-11T22:04:17Z'],
    ['Mar 11 22:04:17', '2026-03-11T22:04:17Z'],
    ['22:04', '2026-03-11T22:04:00Z'],
    ['1773266657', '2026-03-11T22:04:17Z'],
    ['1773266657.482', '2026-03-11T22:04:17.482Z'],
    ['1773266657482', '2026-03-11T22:04:17.482Z'],
    ['1773266657482013', '2026-03-11T22:04:17.482013Z'],
    ['1773266657482013999', '2026-03-11T22:04:17.482013Z'],
    ['134177402574820139', '2026-03-11T22:04:17.482013Z'],
    ['"2026-03-11 22:04"', '2026-03-11T22:04:00Z'],
  ])('%s', (text, iso) => {
    const t = parseTime(text, context);
    expect(t === null ? null : toIso(t.us)).toBe(iso);
  });
  it.each(['', 'foo', '25:00', '30 Feb 2026', '13/13/2026', '13:00 PM', '4624', '10.0.0.5'])('refuses %j', (text) => expect(parseTime(text, context)).toBeNull());
  it('has no day of its own without data', () => expect(parseTime('22:04', { zone: 'UTC', data: null })).toBeNull());
  it('takes the day in view, in the zone', () => {
    const t = parseTime('01:30', { zone: 'Asia/Kolkata', data: null, aroundUs: at('2026-03-11T22:04Z') });
    expect(toIso(t?.us ?? 0)).toBe('2026-03-11T20:00:00Z');
  });
});

describe('ranges', () => {
  it.each([
    ['22:25 ± 45m', '2026-03-11T21:40:00Z 2026-03-11T23:10:00Z'],
    ['22:25 +- 45m', '2026-03-11T21:40:00Z 2026-03-11T23:10:00Z'],
    ['22:25 +/- 45m', '2026-03-11T21:40:00Z 2026-03-11T23:10:00Z'],
    ['-24h', '2026-03-10T23:10:00Z 2026-03-11T23:10:00Z'],
    ['last 2h', '2026-03-11T21:10:00Z 2026-03-11T23:10:00Z'],
    ['first 2h', '2026-03-10T00:00:00Z 2026-03-10T02:00:00Z'],
    ['all', '2026-03-10T00:00:00Z 2026-03-11T23:10:00Z'],
    ['21:40 – 23:10', '2026-03-11T21:40:00Z 2026-03-11T23:10:00Z'],
    ['21:40-23:10', '2026-03-11T21:40:00Z 2026-03-11T23:10:00Z'],
    ['21:40 - 23:10', '2026-03-11T21:40:00Z 2026-03-11T23:10:00Z'],
    ['11 Mar 2026 21:40 – 23:10', '2026-03-11T21:40:00Z 2026-03-11T23:10:00Z'],
    ['11 Mar 2026 23:00 to 01:00', '2026-03-11T23:00:00Z 2026-03-12T01:00:00Z'],
    ['2026-03-10 - 2026-03-11', '2026-03-10T00:00:00Z 2026-03-12T00:00:00Z'],
    ['2026-03-11T22:04:17.482Z .. 2026-03-11T23:00Z', '2026-03-11T22:04:17.482Z 2026-03-11T23:00:00Z'],
    ['2026-03-11', '2026-03-11T00:00:00Z 2026-03-12T00:00:00Z'],
    ['11 Mar 2026 22:04', '2026-03-11T22:04:00Z 2026-03-11T22:05:00Z'],
    ['11 Mar 2026 22:04 + 2h', '2026-03-11T22:04:00Z 2026-03-12T00:04:00Z'],
    ['22:25 - 45m', '2026-03-11T21:40:00Z 2026-03-11T22:25:00Z'],
  ])('%s', (text, expected) => expect(range(text)).toBe(expected));
  it('offers examples that it can read', () => {
    for (const example of rangeExamples) expect(parseRange(example, context).ok).toBe(true);
  });
  it('says what it could not read', () => {
    expect(range('yesterday')).toContain('“yesterday” is not a time');
    expect(range('22:04 ± long')).toContain('“long” is not a length of time');
    expect(range('2026-03-12 to 2026-03-11')).toContain('ends before it starts');
    expect(range('-24h', { zone: 'UTC', data: null })).toContain('no data with a time');
    expect(range(' ')).toContain('Nothing was typed');
  });
});
