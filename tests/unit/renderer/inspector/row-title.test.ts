import { expect, test } from 'vitest';
import type { RowDetail } from '../../../../main/contract/index.ts';
import { parseDynamic } from '../../../../renderer/inspector/nested-value.tsx';
import { detailCells, eventName, rowTitle } from '../../../../renderer/inspector/row-title.ts';

type Cells = RowDetail['cells'];
const cells = (values: Record<string, string | number | null>): Cells =>
  Object.entries(values).map(([name, value]) => ({ name, type: typeof value === 'number' ? 'int' : 'string', value, original: null })) as Cells;

test('an event is named by its id, and by the provider where ids clash', () => {
  expect(rowTitle(cells({ EventID: 4688 }))).toBe('4688 · Process created');
  expect(rowTitle(cells({ EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational' }))).toBe('1 · Process created');
  expect(rowTitle(cells({ EventID: 1 }))).toBe('Event 1');
  expect(rowTitle(cells({ eventid: '7045' }))).toBe('7045 · Service installed');
});

test('other records are named by what happened, else by their first text', () => {
  expect(rowTitle(cells({ A: 'first', ActionType: 'ProcessCreated' }))).toBe('ProcessCreated');
  expect(rowTitle(cells({ N: 5, A: '', B: 'second' }))).toBe('second');
  expect(rowTitle(cells({ N: 5 }))).toBe('Row');
  expect(rowTitle(cells({ SyslogMessage: 'x'.repeat(500) })).length).toBeLessThanOrEqual(80);
});

test('evidence that names things after parts of the language stays evidence', () => {
  expect(eventName('constructor')).toBe('');
  expect(eventName('__proto__', true)).toBe('');
  expect(rowTitle(cells({ EventID: 'toString' }))).toBe('Event toString');
});

test('details lead with what is known to matter, without empty fields and the time', () => {
  const shown = detailCells(cells({ Zzz: 'z', TimeGenerated: 1, Computer: 'WS', Account: 'A', CommandLine: 'c', Empty: '', Null: null }), 'TimeGenerated');
  expect(shown.map((c) => c.name)).toEqual(['CommandLine', 'Account', 'Computer']);
  expect(detailCells(cells({ a: 'x', b: '', c: 'y', Computer: 'WS' }), null).map((c) => c.name)).toEqual(['Computer', 'a', 'c']);
  expect(detailCells(cells(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, 'x']))), null)).toHaveLength(12);
});

test('a dynamic value that is no JSON is shown as its text', () => {
  expect(parseDynamic('{"a":[1]}')).toEqual({ a: [1] });
  expect(parseDynamic('{broken')).toBe('{broken');
});
