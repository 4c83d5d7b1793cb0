import { expect, test } from 'vitest';
import type { CaseInfo, TableInfo } from '../../../../main/contract/index.ts';
import { ageFact, filterCount, filterFact, truncationFact } from '../../../../renderer/shell/status-facts.ts';
import { emptyView } from '../../../../renderer/state/table-views.ts';
import { timeTextOf } from '../../../../renderer/state/use-time.ts';
import { usPerDay } from '../../../../main/shared/time.ts';

const toUs = Date.parse('2026-03-12T06:00:00Z') * 1_000;
const table = { id: 't', name: 'SecurityEvent', rows: 48_210, timeColumn: 'TimeGenerated', fromUs: 0, toUs, truncated: null } as unknown as TableInfo;
const utc = timeTextOf('UTC');

test('no table, no filter, and every way of narrowing counted', () => {
  expect(filterFact(null, emptyView, false, null).rest).toBe('No filter');
  expect(filterFact(table, emptyView, false, null)).toEqual({ strong: '', rest: 'No filter, 48,210 rows', attention: false });
  const view = { ...emptyView, filters: [{ op: 'isNull' as const, column: 'a' }], search: 'x', marks: { starred: true, noted: false, tags: [] } };
  expect(filterCount(view)).toBe(3);
  expect(filterFact(table, view, true, null).strong).toBe('3 filters');
  expect(filterFact(table, view, false, { matched: 1_284, of: 48_210 })).toEqual({ strong: '3 filters', rest: ' 1,284 of 48,210 rows', attention: false });
});

test('the shared range alone is named, and does not count for a table without times', () => {
  expect(filterFact(table, emptyView, true, { matched: 7, of: 9 })).toEqual({ strong: 'Time range', rest: ' 7 of 9 rows', attention: false });
  expect(filterFact({ ...table, timeColumn: null }, emptyView, true, null).strong).toBe('');
});

test('a cut table asks for attention', () => {
  expect(truncationFact(table)).toEqual({ strong: '', rest: 'SecurityEvent complete', attention: false });
  expect(truncationFact({ ...table, truncated: { limit: 10_000, atLeast: 12_300 } })).toEqual({ strong: 'Cut', rest: ' at 10,000 of at least 12,300 rows', attention: true });
});

test('age turns amber after seven days; an event in the future is said', () => {
  expect(ageFact(table, null, toUs + 2 * usPerDay, utc)).toEqual({ before: 'Data to', strong: '12 Mar 06:00', rest: ', 2 d old', attention: false });
  expect(ageFact(table, null, toUs + 8 * usPerDay, utc).attention).toBe(true);
  expect(ageFact(table, null, toUs - 1, utc)).toMatchObject({ rest: ', in the future', attention: true });
  expect(ageFact(null, { dataToUs: null } as CaseInfo, 0, utc).rest).toBe('No data');
  expect(ageFact({ ...table, toUs: null }, null, 0, utc).rest).toBe('No times');
});
