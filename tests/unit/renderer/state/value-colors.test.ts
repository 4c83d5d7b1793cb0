import { expect, test } from 'vitest';
import { allotColors, colorIn, type ColorBook } from '../../../../renderer/state/value-colors.ts';

test('values get colours in the order they come, and keep them', () => {
  const first = allotColors({}, 'EventID', [4688, 4624]);
  expect([colorIn(first, 'EventID', 4688), colorIn(first, 'EventID', 4624), colorIn(first, 'EventID', 1)]).toEqual([1, 2, 0]);
  const later = allotColors(first, 'EventID', [7045, 4624, 4688]);
  expect([colorIn(later, 'EventID', 4688), colorIn(later, 'EventID', 7045)]).toEqual([1, 3]);
  expect(allotColors(later, 'EventID', [4688])).toBe(later);
});

test('from the ninth value on all are grey', () => {
  const book = allotColors({}, 'A', Array.from({ length: 20 }, (_, i) => i));
  expect([colorIn(book, 'A', 7), colorIn(book, 'A', 8), colorIn(book, 'A', 19)]).toEqual([8, 0, 0]);
});

test('a repeated value takes one colour, and types are told apart', () => {
  const book = allotColors({}, 'A', ['1', '1', 1, null, '']);
  expect(['1', 1, null, ''].map((v) => colorIn(book, 'A', v))).toEqual([1, 2, 3, 4]);
});

test('columns have books of their own, whatever they are called', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    const before: ColorBook = {};
    expect(colorIn(before, name, 'x')).toBe(0);
    if (name !== '__proto__') expect(colorIn(allotColors(before, name, ['x']), name, 'x')).toBe(1);
  }
});
