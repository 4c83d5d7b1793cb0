import { expect, test } from 'vitest';
import { placeFor, type GroupSketch } from '../../../../renderer/shell/open-place.ts';

const center: GroupSketch = { id: 'c', places: ['center'], docked: true };
const below: GroupSketch = { id: 'b', places: ['below'], docked: true };
const right: GroupSketch = { id: 'r', places: ['right'], docked: true };
const away: GroupSketch = { id: 'p', places: ['center'], docked: false };

test('the first view fills the dock', () => {
  expect(placeFor('center', [])).toEqual({ kind: 'first' });
  expect(placeFor('below', [away])).toEqual({ kind: 'first' });
});

test('a view joins the group of its kind; the active one when there are several', () => {
  expect(placeFor('center', [{ ...center, id: 'second' }, center, right])).toEqual({ kind: 'within', groupId: 'second' });
  expect(placeFor('right', [center, right])).toEqual({ kind: 'within', groupId: 'r' });
});

test('a timeline opens below the tables, the inspector at the right edge', () => {
  expect(placeFor('below', [right, center])).toEqual({ kind: 'split', groupId: 'c', direction: 'below' });
  expect(placeFor('right', [center, below])).toEqual({ kind: 'edge', direction: 'right' });
});

test('a table finds its place above the timeline, or left of the inspector', () => {
  expect(placeFor('center', [below, right])).toEqual({ kind: 'split', groupId: 'b', direction: 'above' });
  expect(placeFor('center', [right])).toEqual({ kind: 'edge', direction: 'left' });
});

test('beside means a new column next to the tables', () => {
  expect(placeFor('center', [right, center], { beside: true })).toEqual({ kind: 'split', groupId: 'c', direction: 'right' });
});

test('views popped out into other windows are no place to open in', () => {
  expect(placeFor('center', [away, right])).toEqual({ kind: 'edge', direction: 'left' });
});

test('where there is no room for a third column the inspector is a tab beside the tables', () => {
  expect(placeFor('right', [below, center], { narrow: true })).toEqual({ kind: 'within', groupId: 'c' });
});
