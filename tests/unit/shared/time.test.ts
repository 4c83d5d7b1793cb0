import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  civilToUs, formatTime, formatTimeRange, isZone, localToUs, parseIso, resolveZone, toIso, usToCivil, zoneLabel, zoneOffsetUs,
} from '../../../main/shared/time.ts';

const year = (y: number): number => Date.UTC(y, 0, 1) * 1_000;
const anyUs = fc.integer({ min: -9_000_000_000_000_000, max: 9_000_000_000_000_000 });
const zones = ['UTC', 'Europe/Prague', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns'];

describe('civil fields', () => {
  it('turn into microseconds and back without loss', () => {
    fc.assert(fc.property(anyUs, (us) => void expect(civilToUs(usToCivil(us))).toBe(us)));
  });
  it('agree with the platform calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8_000_000_000_000, max: 8_000_000_000_000 }), (ms) => {
        const d = new Date(ms);
        expect(usToCivil(ms * 1_000)).toEqual({
          year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(), hour: d.getUTCHours(), minute: d.getUTCMinutes(),
          second: d.getUTCSeconds(), us: d.getUTCMilliseconds() * 1_000,
        });
      }),
    );
  });
});

describe('ISO 8601', () => {
  it('is exact to the microsecond both ways', () => {
    fc.assert(fc.property(anyUs, (us) => void expect(parseIso(toIso(us))).toBe(us)));
  });
  it('writes as many fraction digits as needed, in threes', () => {
    expect(toIso(0)).toBe('1970-01-01T00:00:00Z');
    expect(toIso(482_000)).toBe('1970-01-01T00:00:00.482Z');
    expect(toIso(482_013)).toBe('1970-01-01T00:00:00.482013Z');
    expect(toIso(-1)).toBe('1969-12-31T23:59:59.999999Z');
  });
  it.each([
    ['2026-03-11T22:04:17.482Z', '2026-03-11T22:04:17.482Z'],
    ['2026-03-11 22:04:17,4820139', '2026-03-11T22:04:17.482013Z'],
    ['2026-03-11T22:04:17.999999999Z', '2026-03-11T22:04:17.999999Z'],
    ['2026-03-11T23:04+01:00', '2026-03-11T22:04:00Z'],
    ['2026-03-11T16:34:00-0530', '2026-03-11T22:04:00Z'],
    ['2026-03-11', '2026-03-11T00:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['1601-01-01 00:00:00 UTC', '1601-01-01T00:00:00Z'],
  ])('reads %s', (text, iso) => {
    const us = parseIso(text);
    expect(us === null ? null : toIso(us)).toBe(iso);
  });
  it.each(['', 'now', '2026-13-01', '2026-02-30', '2026-03-11T24:00', '2026-03-11T22:60', '20260311', '2026-03-11T22:04:17.482Zx'])('refuses %j', (text) => {
    expect(parseIso(text)).toBeNull();
  });
  it('reads a time without an offset in the given zone', () => {
    expect(toIso(parseIso('2026-07-01T12:00', 'Europe/Prague') ?? 0)).toBe('2026-07-01T10:00:00Z');
  });
});

describe('zones', () => {
  const recent = fc.integer({ min: year(1973), max: year(2037) });
  it('have the offsets the reference implementation gives', () => {
    fc.assert(
      fc.property(recent, fc.constantFrom(...zones), (us, zone) => {
        const reference = Temporal.Instant.fromEpochMilliseconds(Math.floor(us / 1_000)).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000;
        expect(zoneOffsetUs(us, zone)).toBe(reference);
      }),
      { numRuns: 300 },
    );
  });
  it('read wall-clock times as the reference does, twice-told and missing hours included', () => {
    const local = fc.tuple(fc.constantFrom(...zones), fc.constantFrom(2019, 2024, 2026), fc.integer({ min: 0, max: 365 * 48 }));
    fc.assert(
      fc.property(local, ([zone, y, halfHours]) => {
        const localUs = year(y) + halfHours * 1_800_000_000;
        const c = usToCivil(localUs);
        const reference = Temporal.PlainDateTime.from({ ...c, year: c.year }).toZonedDateTime(zone, { disambiguation: 'compatible' });
        expect(localToUs(localUs, zone)).toBe(reference.epochMilliseconds * 1_000);
      }),
      { numRuns: 1_000 },
    );
  });
  it('name themselves', () => {
    const us = parseIso('2026-07-01T12:00Z') ?? 0;
    expect(zoneLabel(us, 'UTC')).toBe('UTC');
    expect(zoneLabel(us, 'Europe/Prague')).toBe('UTC+02:00');
    expect(zoneLabel(us, 'America/St_Johns')).toBe('UTC-02:30');
  });
  it('fall back to UTC when the setting is unknown', () => {
    expect(resolveZone('Moon/Base')).toBe('UTC');
    expect(isZone(resolveZone('local'))).toBe(true);
    expect(isZone('')).toBe(false);
  });
});

describe('formatTime', () => {
  const us = parseIso('2026-03-11T22:04:17.482Z') ?? 0;
  it('has every style', () => {
    expect(formatTime(us, 'UTC', 'datetime')).toBe('2026-03-11 22:04:17.482');
    expect(formatTime(us, 'UTC', 'iso')).toBe('2026-03-11T22:04:17.482Z');
    expect(formatTime(us, 'UTC', 'long')).toBe('11 Mar 2026 22:04:17.482 UTC');
    expect(formatTime(us, 'UTC', 'time')).toBe('22:04:17.482');
    expect(formatTime(us, 'UTC', 'second')).toBe('22:04:17');
    expect(formatTime(us, 'UTC', 'minute')).toBe('22:04');
    expect(formatTime(us, 'UTC', 'date')).toBe('11 Mar 2026');
    expect(formatTime(us, 'UTC', 'day')).toBe('11 Mar');
    expect(formatTime(us, 'UTC', 'dayMinute')).toBe('11 Mar 22:04');
    expect(formatTime(us, 'UTC', 'dateMinute')).toBe('11 Mar 2026 22:04');
  });
  it('moves the day with the zone', () => {
    expect(formatTime(us, 'Asia/Kolkata', 'iso')).toBe('2026-03-12T03:34:17.482+05:30');
    expect(formatTime(us, 'Asia/Kolkata', 'long')).toBe('12 Mar 2026 03:34:17.482 UTC+05:30');
  });
  it('is the same instant in every zone', () => {
    fc.assert(fc.property(fc.integer({ min: year(1973), max: year(2037) }), fc.constantFrom(...zones), (t, zone) => void expect(parseIso(formatTime(t, zone, 'iso'))).toBe(t)));
  });
  it('shows the never-expires time of Windows in the right year', () => {
    expect(formatTime(-11_644_473_600_000_000, 'UTC', 'datetime')).toBe('1601-01-01 00:00:00');
    expect(formatTime(253_402_300_799_999_936, 'UTC', 'date')).toBe('31 Dec 9999');
  });
  it('writes ranges once per day', () => {
    const at = (t: string): number => parseIso(t) ?? 0;
    expect(formatTimeRange(at('2026-03-11T21:40Z'), at('2026-03-11T23:10Z'), 'UTC')).toBe('11 Mar 2026 21:40 – 23:10');
    expect(formatTimeRange(at('2026-03-11T21:40Z'), at('2026-03-12T01:00:30Z'), 'UTC')).toBe('11 Mar 2026 21:40:00 – 12 Mar 2026 01:00:30');
  });
});
