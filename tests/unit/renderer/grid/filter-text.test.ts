import { expect, test } from 'vitest';
import type { Filter } from '../../../../main/contract/index.ts';
import { filterWords } from '../../../../renderer/grid/filter-text.ts';
import { tableOf } from './fixture.ts';

const table = tableOf({ Account: 'string', When: 'datetime', EventID: 'int' });
const words = (filter: Filter): string => {
  const w = filterWords(filter, table, (us) => `at ${us}`);
  return `${w.column} ${w.operator} ${w.value}`;
};

test('one value reads as equal, several are listed, many are counted', () => {
  expect(words({ op: 'in', column: 'EventID', values: [4688] })).toBe('EventID = 4688');
  expect(words({ op: 'in', column: 'EventID', values: [1, 2, 3, 4, 5] })).toBe('EventID in 1, 2, 3, +2');
  expect(words({ op: 'notIn', column: 'Account', values: [null, ''] })).toBe('Account not in empty, ""');
});

test('times are written in the display zone', () => {
  expect(words({ op: 'between', column: 'When', from: 1, to: 2 })).toBe('When between at 1 – at 2');
  expect(words({ op: 'ge', column: 'EventID', value: 5 })).toBe('EventID ≥ 5');
});

test('texts, patterns and emptiness have words of their own', () => {
  expect(words({ op: 'startsWith', column: 'Account', text: 'CORP', caseSensitive: false })).toBe('Account starts with CORP');
  expect(words({ op: 'notRegex', column: 'Account', pattern: 'a|b', caseSensitive: false })).toBe('Account doesn’t match a|b');
  expect(words({ op: 'isNull', column: 'Account' })).toBe('Account is empty');
  expect(words({ op: 'anyContains', text: 'evil' })).toBe('Any column contains evil');
});

test('evidence text on a chip hides nothing and stays short', () => {
  expect(words({ op: 'in', column: 'Account', values: ['exe.\u202Etxt'] })).toBe('Account = exe.\\u202Etxt');
  expect(words({ op: 'contains', column: 'Account', text: 'a\nb', caseSensitive: false })).toBe('Account contains a\\nb');
  expect(words({ op: 'in', column: 'Account', values: ['x'.repeat(5_000)] }).length).toBeLessThan(120);
});
