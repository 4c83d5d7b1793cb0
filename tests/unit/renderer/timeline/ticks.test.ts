import { expect, test } from 'vitest';
import { ticksOf } from '../../../../renderer/timeline/ticks.ts';

const us = (iso: string): number => Date.parse(iso) * 1_000;
const labels = (from: string, to: string, zone: string, most: number): string[] => ticksOf({ fromUs: us(from), toUs: us(to) }, zone, most).map((t) => t.label);

test('round times, the date once where the day changes', () => {
  expect(labels('2026-03-11T21:40:00Z', '2026-03-12T01:10:00Z', 'UTC', 8)).toEqual(['22:00', '22:30', '23:00', '23:30', '12 Mar', '00:30', '01:00']);
  const ticks = ticksOf({ fromUs: us('2026-03-11T21:40:00Z'), toUs: us('2026-03-12T01:10:00Z') }, 'UTC', 8);
  expect(ticks.filter((t) => t.isDay).map((t) => t.label)).toEqual(['12 Mar']);
});

test('labels follow the zone; half-hour zones get round local times', () => {
  expect(labels('2026-03-11T20:00:00Z', '2026-03-11T22:00:00Z', 'Europe/Berlin', 3)).toEqual(['21:00', '22:00']);
  expect(labels('2026-03-11T20:00:00Z', '2026-03-11T23:00:00Z', 'Asia/Kolkata', 4)).toEqual(['02:00', '03:00', '04:00']);
});

test('across a change of offset no time stands twice and none is skipped', () => {
  const ticks = ticksOf({ fromUs: us('2026-03-28T22:00:00Z'), toUs: us('2026-03-29T05:00:00Z') }, 'Europe/Berlin', 8);
  expect(new Set(ticks.map((t) => t.us)).size).toBe(ticks.length);
  expect(ticks.map((t) => t.us)).toEqual(ticks.map((t) => t.us).toSorted((a, b) => a - b));
  expect(ticks.map((t) => t.label)).not.toContain('02:00');
});

test.each([
  ['2026-03-11T22:04:17.100Z', '2026-03-11T22:04:17.101Z'],
  ['2026-03-11T22:04:17Z', '2026-03-11T22:04:29Z'],
  ['2026-03-11T00:00:00Z', '2026-03-20T00:00:00Z'],
  ['2024-01-01T00:00:00Z', '2026-03-20T00:00:00Z'],
  ['1970-01-01T00:00:00Z', '2100-01-01T00:00:00Z'],
])('from %s to %s some labels, no more than fit, all inside', (from, to) => {
  const window = { fromUs: us(from), toUs: us(to) };
  const ticks = ticksOf(window, 'America/New_York', 10);
  expect(ticks.length).toBeGreaterThan(0);
  expect(ticks.length).toBeLessThanOrEqual(11);
  expect(ticks.every((t) => t.us >= window.fromUs && t.us < window.toUs)).toBe(true);
  expect(new Set(ticks.map((t) => t.label)).size).toBe(ticks.length);
});
