import { expect, test } from 'vitest';
import { timeTextOf } from '../../../../renderer/state/use-time.ts';

const us = Date.UTC(2026, 2, 11, 22, 4, 17, 482) * 1_000;

test('times follow the zone, and the same zone gives the same formatter', () => {
  expect(timeTextOf('UTC').format(us)).toBe('2026-03-11 22:04:17.482');
  expect(timeTextOf('Asia/Tokyo').format(us, 'dateMinute')).toBe('12 Mar 2026 07:04');
  expect(timeTextOf('Asia/Tokyo').offset(us)).toBe('UTC+09:00');
  expect(timeTextOf('UTC').offset(us)).toBe('UTC');
  expect(timeTextOf('Asia/Tokyo')).toBe(timeTextOf('Asia/Tokyo'));
});

test('an unknown zone falls back to UTC rather than to a wrong time', () => {
  expect(timeTextOf('Mars/Olympus')).toBe(timeTextOf('UTC'));
});
