import { expect, test } from 'vitest';
import { rangeWords } from '../../../../renderer/shell/range-text.ts';
import { timeTextOf } from '../../../../renderer/state/use-time.ts';

const at = (iso: string, us = 0): number => Date.parse(iso) * 1_000 + us;
const words = (from: number, to: number, zone = 'UTC'): string => {
  const { date, clock } = rangeWords({ fromUs: from, toUs: to }, timeTextOf(zone));
  return `${date}|${clock}`;
};

test('one day: the date once, then the clock', () => {
  expect(words(at('2026-03-11T21:40:00Z'), at('2026-03-11T23:10:00Z'))).toBe('11 Mar 2026|21:40 – 23:10');
  expect(words(at('2026-03-11T21:40:00Z'), at('2026-03-11T23:10:00Z'), 'Asia/Tokyo')).toBe('12 Mar 2026|06:40 – 08:10');
});

test('as fine as the length asks for', () => {
  expect(words(at('2026-03-11T22:04:17.482Z'), at('2026-03-11T22:06:01Z', 5))).toBe('11 Mar 2026|22:04:17 – 22:06:01');
  expect(words(at('2026-03-11T22:04:17.482Z'), at('2026-03-11T22:04:18Z'))).toBe('11 Mar 2026|22:04:17.482 – 22:04:18');
  expect(words(at('2026-03-11T05:59:54.829Z', 1), at('2026-03-12T05:59:54.829Z', 1))).toBe('|11 Mar 05:59 – 12 Mar 2026 05:59');
});

test('months need no clock, years are written when they differ', () => {
  expect(words(at('2026-01-11T05:00:00Z'), at('2026-06-12T05:00:00Z'))).toBe('|11 Jan – 12 Jun 2026');
  expect(words(at('2025-12-31T20:00:00Z'), at('2026-01-01T02:00:00Z'))).toBe('|31 Dec 2025 20:00 – 1 Jan 2026 02:00');
});
