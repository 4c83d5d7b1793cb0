import { expect, test } from 'vitest';
import { moveFocus, nothingPicked, pickOne, spacePicked, spanTo, togglePicked, type Picked, type RowPlace } from '../../../../renderer/grid/picking.ts';

const row = (rowId: number): RowPlace => ({ rowId, position: rowId * 10 });
const ids = (p: Picked): number[] | 'all' => (p.rows === 'all' ? 'all' : [...p.rows]);

test('Ctrl-click adds rows one by one and takes one away when it comes again', () => {
  let now = pickOne(row(1));
  now = togglePicked(now, row(3));
  now = togglePicked(now, row(5));
  expect(ids(now)).toEqual([1, 3, 5]);
  expect(ids(togglePicked(now, row(3)))).toEqual([1, 5]);
});

test('a plain pick lets go of everything else', () => {
  expect(ids(pickOne(row(2)))).toEqual([2]);
  expect(ids(moveFocus(pickOne(row(1)), row(2)))).toEqual([2]);
});

test('rows picked one by one stay while the focus walks on', () => {
  const held = togglePicked(pickOne(row(1)), row(3));
  expect(ids(moveFocus(held, row(4)))).toEqual([1, 3]);
});

test('Space holds the row in focus first, then adds others, and gives back', () => {
  let now = spacePicked(pickOne(row(1)), row(1));
  expect(ids(now)).toEqual([1]);
  now = spacePicked(moveFocus(now, row(2)), row(2));
  expect(ids(now)).toEqual([1, 2]);
  expect(ids(spacePicked(now, row(1)))).toEqual([2]);
});

test('when the last held row is given back, the focus picks again', () => {
  const none = togglePicked(spacePicked(pickOne(row(1)), row(1)), row(1));
  expect(ids(none)).toEqual([]);
  expect(ids(moveFocus(none, row(2)))).toEqual([2]);
});

test('all rows of a filter stay picked while the focus walks, and shrink to the row toggled', () => {
  const all: Picked = { ...nothingPicked, rows: 'all' };
  expect(ids(moveFocus(all, row(2)))).toBe('all');
  expect(ids(togglePicked(all, row(2)))).toEqual([2]);
});

test('Shift counts from the last pick, in both directions, and keeps its anchor', () => {
  const now = pickOne(row(5));
  expect(spanTo(now, row(8))).toEqual({ from: 50, to: 80, anchor: 50 });
  expect(spanTo(now, row(2))).toEqual({ from: 20, to: 50, anchor: 50 });
  expect(spanTo(nothingPicked, row(2))).toEqual({ from: 20, to: 20, anchor: 20 });
});
