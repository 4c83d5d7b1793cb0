import { expect, test } from 'vitest';
import type { Filter } from '../../../../main/contract/index.ts';
import { isFiltered, keepOnly, listOf, removeFilter, replaceFilter, toggleKept, toggleLeftOut } from '../../../../renderer/grid/filter-edit.ts';

test('keeping a value replaces what was kept of its column and leaves other columns alone', () => {
  const before: Filter[] = [{ op: 'in', column: 'A', values: ['x', 'y'] }, { op: 'in', column: 'B', values: [1] }];
  expect(keepOnly(before, 'A', 'z')).toEqual([{ op: 'in', column: 'A', values: ['z'] }, { op: 'in', column: 'B', values: [1] }]);
});

test('a value is never kept and left out at once', () => {
  const out = toggleLeftOut([], 'A', 'x');
  expect(out).toEqual([{ op: 'notIn', column: 'A', values: ['x'] }]);
  expect(keepOnly(out, 'A', 'x')).toEqual([{ op: 'in', column: 'A', values: ['x'] }]);
  expect(toggleLeftOut(keepOnly([], 'A', 'x'), 'A', 'x')).toEqual([{ op: 'notIn', column: 'A', values: ['x'] }]);
});

test('ticking adds, ticking again takes away, and the last tick takes the filter along', () => {
  const one = toggleKept([], 'A', 'x');
  const two = toggleKept(one, 'A', null);
  expect(listOf(two, 'in', 'A')).toEqual(['x', null]);
  expect(toggleKept(two, 'A', 'x')).toEqual([{ op: 'in', column: 'A', values: [null] }]);
  expect(toggleKept(one, 'A', 'x')).toEqual([]);
});

test('values of different types are different values', () => {
  expect(listOf(toggleKept(toggleKept([], 'A', 1), 'A', '1'), 'in', 'A')).toEqual([1, '1']);
});

test('filters are removed and replaced by place; the input stays as it was', () => {
  const filters: Filter[] = [{ op: 'isNull', column: 'A' }, { op: 'notNull', column: 'B' }];
  expect(removeFilter(filters, 0)).toEqual([{ op: 'notNull', column: 'B' }]);
  expect(replaceFilter(filters, 1, { op: 'isNull', column: 'C' })).toEqual([{ op: 'isNull', column: 'A' }, { op: 'isNull', column: 'C' }]);
  expect(filters).toHaveLength(2);
});

test('a search in any column narrows no column of its own', () => {
  expect(isFiltered([{ op: 'anyContains', text: 'A' }], 'A')).toBe(false);
  expect(isFiltered([{ op: 'isNull', column: 'A' }], 'A')).toBe(true);
});
