import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBucket, formatDuration, formatTimespan, parseDuration } from '../../../main/shared/duration.ts';

const s = 1_000_000;

describe('durations for people', () => {
  it.each([
    [0, '0 s'], [90 * 60 * s, '1 h 30 m'], [2 * 86_400 * s, '2 d'], [14 * s, '14 s'], [250_000, '250 ms'], [7, '7 µs'],
    [86_400 * s + 3_600 * s, '1 d 1 h'], [61 * s, '1 m 1 s'], [-60 * s, '−1 m'], [1_500_000, '1 s'],
  ])('%d µs is %s', (us, text) => expect(formatDuration(us)).toBe(text));
  it.each([[60 * s, '1 min'], [15 * s, '15 s'], [7 * 86_400 * s, '7 d'], [500, '500 µs'], [90 * s, '90 s']])('a bucket of %d µs is %s', (us, text) => {
    expect(formatBucket(us)).toBe(text);
  });
});

describe('timespan values', () => {
  it.each([[1_500_000, '00:00:01.500'], [86_400 * s + 2 * 3_600 * s, '1.02:00:00'], [-1, '-00:00:00.000001'], [0, '00:00:00']])('%d µs is %s', (us, text) => {
    expect(formatTimespan(us)).toBe(text);
  });
  it('are read back exactly', () => {
    fc.assert(fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 52 }), (us) => void expect(parseDuration(formatTimespan(us))).toBe(us)));
  });
});

describe('typed durations', () => {
  it.each([
    ['45m', 45 * 60], ['1h30m', 5_400], ['1.5 h', 5_400], ['2 d 4 h', 187_200], ['1w', 604_800], ['90', null], ['', null], ['h', null],
    ['5 parsecs', null], ['-24h', -86_400], ['01:30', 5_400], ['250ms', 0.25], ['25:00', null], ['1h x', null],
  ])('%j', (text, seconds) => expect(parseDuration(text)).toBe(seconds === null ? null : seconds * s));
});
