import { expect, test } from 'vitest';
import { around, edgeAt, maxWindowUs, minWindowUs, ordered, pan, shows, snap, usOf, xOf, zoom } from '../../../../renderer/timeline/geometry.ts';

const hour = 3_600_000_000;
const window = { fromUs: 10 * hour, toUs: 11 * hour };

test('pixels and times are two names of one place', () => {
  expect(xOf(window.fromUs, window, 600)).toBe(0);
  expect(xOf(window.toUs, window, 600)).toBe(600);
  for (const x of [0, 1, 299, 600]) expect(xOf(usOf(x, window, 600), window, 600)).toBeCloseTo(x, 6);
});

test('zoom keeps the moment under the pointer in its place', () => {
  const at = usOf(150, window, 600);
  for (const factor of [0.5, 0.8, 1.25, 4]) expect(xOf(at, zoom(window, factor, at), 600)).toBeCloseTo(150, 3);
});

test('a window is never narrower than a millisecond nor wider than two centuries', () => {
  const narrow = zoom(window, 1e-12, window.fromUs);
  expect(narrow.toUs - narrow.fromUs).toBe(minWindowUs);
  const wide = zoom(window, 1e12, window.fromUs);
  expect(wide.toUs - wide.fromUs).toBe(maxWindowUs);
});

test('panning keeps the length, bounds stay whole microseconds', () => {
  const moved = pan(window, 0.4);
  expect(moved).toEqual(window);
  expect(pan(window, hour)).toEqual({ fromUs: 11 * hour, toUs: 12 * hour });
});

test('a range gets room on both sides and is then shown well', () => {
  const range = { fromUs: 10 * hour, toUs: 10 * hour + 60_000_000 };
  expect(shows(window, range)).toBe(true);
  expect(shows({ fromUs: 0, toUs: 1_000 * hour }, range)).toBe(false);
  expect(shows({ fromUs: range.fromUs + 1, toUs: 11 * hour }, range)).toBe(false);
  expect(shows(around(range), range)).toBe(true);
  const single = { fromUs: 5, toUs: 5 };
  expect(around(single).toUs).toBeGreaterThan(around(single).fromUs);
});

test('a brush snaps to the roundest moment no coarser than a pixel', () => {
  expect(snap(10 * hour + 3_400_000, window, 600)).toBe(10 * hour + 5_000_000);
  expect(snap(10 * hour + 31 * 60_000_000, { fromUs: 0, toUs: 24 * 30 * hour }, 600)).toBe(11 * hour);
  expect(snap(123_457, { fromUs: 123_000, toUs: 124_000 }, 5_000)).toBe(123_457);
});

test('edges answer within reach, the nearer one first', () => {
  const brush = { fromUs: usOf(100, window, 600), toUs: usOf(108, window, 600) };
  expect(edgeAt(95, brush, window, 600)).toBe('from');
  expect(edgeAt(105, brush, window, 600)).toBe('to');
  expect(edgeAt(80, brush, window, 600)).toBeNull();
  expect(edgeAt(100, null, window, 600)).toBeNull();
});

test('a range dragged backwards is the same range', () => {
  expect(ordered(5, 2)).toEqual({ fromUs: 2, toUs: 5 });
});
