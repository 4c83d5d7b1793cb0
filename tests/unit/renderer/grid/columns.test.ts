import { expect, test } from 'vitest';
import { arrangeColumns, defaultFacets, defaultWidth, tagColumnWidth } from '../../../../renderer/grid/columns.ts';
import { tableOf } from './fixture.ts';

const table = tableOf({ Computer: 'string', TimeGenerated: 'datetime', EventID: 'int', CommandLine: 'string' }, { timeColumn: 'TimeGenerated' });
const names = (shown: ReturnType<typeof arrangeColumns>): string[] => shown.map((c) => c.info.name);

test('a table nobody arranged starts with its time column and keeps the order of the evidence', () => {
  expect(names(arrangeColumns(table, []))).toEqual(['TimeGenerated', 'Computer', 'EventID', 'CommandLine']);
});

test('a saved order stands, columns it does not know follow, columns the table has no more are dropped', () => {
  const saved = [
    { name: 'EventID', width: 50, hidden: true, pinned: 'left' as const },
    { name: 'Gone', width: null, hidden: false, pinned: null },
    { name: 'Computer', width: null, hidden: false, pinned: null },
  ];
  const shown = arrangeColumns(table, saved);
  expect(names(shown)).toEqual(['EventID', 'Computer', 'TimeGenerated', 'CommandLine']);
  expect(shown[0]?.layout).toMatchObject({ hidden: true, pinned: 'left', width: 50 });
});

test('a saved DataFrame index is hidden until somebody shows it', () => {
  const indexed = { ...table, columns: [{ name: 'index', type: 'int' as const, hasOriginal: false, role: 'index' as const }, ...table.columns] };
  expect(arrangeColumns(indexed, []).find((c) => c.info.name === 'index')?.layout.hidden).toBe(true);
});

test('long texts get room, and a header is never narrower than most names', () => {
  const width = (name: string): number => defaultWidth(table.columns.find((c) => c.name === name) ?? { name, type: 'int', hasOriginal: false, role: null });
  expect(width('CommandLine')).toBeGreaterThan(width('Computer'));
  expect(width('AnIntegerWithALongName')).toBeGreaterThan(width('EventID'));
});

test('facets offer what analysts filter by, best first, at most four', () => {
  expect(defaultFacets(table)).toEqual(['EventID', 'Computer']);
  expect(defaultFacets(tableOf({ IpAddress: 'string', Account: 'string', EventID: 'int', Computer: 'string', Channel: 'string' }))).toEqual(['EventID', 'Account', 'IpAddress', 'Computer']);
  expect(defaultFacets(tableOf({ a: 'string' }))).toEqual([]);
});

test('the tag column is as wide as the longest tag in use', () => {
  expect(tagColumnWidth([{ name: 'never-used-tag', rows: 0 }])).toBe(0);
  expect(tagColumnWidth([{ name: 'c2', rows: 1 }, { name: 'lateral movement of an admin account', rows: 0 }])).toBeLessThan(70);
  expect(tagColumnWidth([{ name: 'x'.repeat(60), rows: 1 }])).toBe(150);
});
