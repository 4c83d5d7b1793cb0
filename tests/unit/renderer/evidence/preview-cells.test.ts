import { expect, test } from 'vitest';
import type { PreviewItem } from '../../../../main/contract/index.ts';
import { columnWindow, parsedCell, writtenCell } from '../../../../renderer/evidence/preview-cells.ts';
import { timeTextOf } from '../../../../renderer/state/use-time.ts';

const utc = timeTextOf('UTC');

test('values are written by type; a null is none', () => {
  const number = (type: 'datetime' | 'bool' | 'int' | 'timespan', value: number) => ({ kind: 'number' as const, name: 'c', type, values: Float64Array.of(value, 0), nulls: Uint8Array.of(0, 1) });
  expect(parsedCell(number('datetime', 1_773_266_657_482_000), 0, utc)).toBe('2026-03-11 22:04:17.482');
  expect(parsedCell(number('bool', 1), 0, utc)).toBe('true');
  expect(parsedCell(number('int', -5), 0, utc)).toBe('-5');
  expect(parsedCell(number('timespan', 90_000_000), 0, utc)).toBe('00:01:30');
  expect(parsedCell(number('int', 0), 1, utc)).toBeNull();
  expect(parsedCell(undefined, 0, utc)).toBeNull();
});

test('control characters of evidence are written out, empty text is not null', () => {
  const text = { kind: 'text' as const, name: 'c', type: 'string' as const, values: ['a\u202Eb', '', null], cut: null };
  expect(parsedCell(text, 0, utc)).toBe('a\\u202Eb');
  expect(parsedCell(text, 1, utc)).toBe('');
  expect(parsedCell(text, 2, utc)).toBeNull();
  expect(writtenCell({ written: [['x', null]] } as unknown as PreviewItem, 0, 1)).toBeNull();
});

test('only the columns in sight are drawn', () => {
  const widths = [100, 100, 100, 100, 100];
  expect(columnWindow(widths, 0, 250)).toEqual({ first: 0, last: 2, before: 0 });
  expect(columnWindow(widths, 150, 350)).toEqual({ first: 1, last: 3, before: 100 });
  expect(columnWindow(widths, 450, 9_000)).toEqual({ first: 4, last: 4, before: 400 });
});
