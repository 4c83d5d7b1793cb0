import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import type { Filter, Scalar } from '../../../main/contract/index.ts';
import { tableEngineOf, type TableEngine } from '../../../main/table/index.ts';
import { matches, type ModelColumn } from './filter-model.ts';
import { addRows, openTestCase, viewOf, type TestCase } from './table-fixture.ts';

const start = Date.UTC(2026, 2, 11, 22, 0) * 1_000;
const columns: ModelColumn[] = [
  { name: 'text', type: 'string' }, { name: 'int', type: 'int' }, { name: 'float', type: 'float' }, { name: 'ok', type: 'bool' },
  { name: 'time', type: 'datetime' }, { name: 'span', type: 'timespan' }, { name: 'Dyn "x"', type: 'dynamic' },
];

const words = ['', 'a', 'A', 'ab', 'Abc', 'b%', '_', "o'brien", 'ž', 'Ž', '10', 'true', '"', '\\', 'x\ny', '2026', '中文', '🙂', 'a.b', '-5'];
const bigInts = ['9223372036854775807', '-9223372036854775808', '9007199254740993', '9007199254740992'];
const cellOf: Record<string, fc.Arbitrary<Scalar>> = {
  text: fc.constantFrom(...words),
  int: fc.oneof(fc.integer({ min: -12, max: 12 }), fc.constantFrom(...bigInts)),
  float: fc.oneof(fc.constantFrom(0, -0, 1.5, -2.25, 1e300, 3), fc.constantFrom('NaN', 'Infinity', '-Infinity')),
  ok: fc.boolean(),
  time: fc.integer({ min: 0, max: 5 }).map((n) => start + n * 500_001),
  span: fc.integer({ min: -3, max: 3 }),
  'Dyn "x"': fc.constantFrom('{"a":1}', '[]', '"a"', '{"A":"b"}'),
};
/** Values people compare with: of the column's kind, and just beside it. */
const valueOf: Record<string, fc.Arbitrary<Exclude<Scalar, null>>> = {
  ...(cellOf as Record<string, fc.Arbitrary<Exclude<Scalar, null>>>),
  text: fc.oneof(fc.constantFrom(...words), fc.integer({ min: -5, max: 10 })),
  int: fc.oneof(fc.integer({ min: -12, max: 12 }), fc.constantFrom(...bigInts, '99999999999999999999', '-99999999999999999999'), fc.constantFrom(2.5, -0.5, 1e30, -1e30), fc.constantFrom('7', '-3')),
  float: fc.oneof(fc.constantFrom(0, 1.5, -2.25, 3, 1e300), fc.constantFrom('NaN', 'Infinity', '-Infinity', '1.5')),
  span: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5)),
  time: fc.oneof(fc.integer({ min: 0, max: 5 }).map((n) => start + n * 500_001), fc.constant('2026-03-11T22:00:00.500001Z')),
};
const arbitraryOf = (name: string) => ({ value: valueOf[name] ?? fc.constant(''), cell: cellOf[name] ?? fc.constant('') });

const caseSensitive = fc.boolean();
const columnFilter = (name: string): fc.Arbitrary<Filter> => {
  const column = fc.constant(name);
  const { value } = arbitraryOf(name);
  const orNull = fc.option(value, { nil: null, freq: 5 });
  const needle = fc.constantFrom(...words, '22:00', '.5', '1', 'e', 'na', 'fin', '{', 'tru', '-');
  // the same in both engines: no locale classes, no Unicode case tricks
  const pattern = fc.constantFrom('^a', 'b$', '[0-9]+', 'a|b', '^$', '.', 'a.b', 'a\\.b', '^.{2}$', '(ab)+', '[^a]', '22:0\\d', '\\s');
  return fc.oneof(
    fc.record({ op: fc.constantFrom('in' as const, 'notIn' as const), column, values: fc.array(orNull, { minLength: 1, maxLength: 4 }) }),
    fc.record({ op: fc.constantFrom('in' as const, 'notIn' as const), column, values: fc.array(orNull, { minLength: 70, maxLength: 90 }) }),
    fc.record({ op: fc.constantFrom('eq' as const, 'ne' as const), column, value: orNull }),
    fc.record({ op: fc.constantFrom('lt' as const, 'le' as const, 'gt' as const, 'ge' as const), column, value }),
    fc.record({ op: fc.constant('between' as const), column, from: orNull, to: orNull }),
    fc.record({ op: fc.constantFrom('contains' as const, 'notContains' as const, 'startsWith' as const, 'endsWith' as const), column, text: needle, caseSensitive }),
    fc.record({ op: fc.constantFrom('regex' as const, 'notRegex' as const), column, pattern, caseSensitive }),
    fc.record({ op: fc.constantFrom('isNull' as const, 'notNull' as const), column }),
  );
};
const isTextual = (f: Filter): boolean => 'text' in f || 'pattern' in f;
const onFloat = (f: Filter): boolean => 'column' in f && f.column === 'float';
const filters = fc.array(
  fc.oneof(...columns.map((c) => columnFilter(c.name)), fc.record({ op: fc.constant('anyContains' as const), text: fc.constantFrom('a', 'AB', '中', "'", '{"', 'zz', 'ž', '\\') })),
  { minLength: 1, maxLength: 3 },
).filter((list) => !list.some((f) => isTextual(f) && onFloat(f)));

const row = fc.tuple(...columns.map((c) => fc.option(arbitraryOf(c.name).cell, { nil: null, freq: 5 })));

let opened: TestCase;
let engine: TableEngine;
let table: StoredTable;
const rows: Scalar[][] = fc.sample(row, { numRuns: 120, seed: 7 });

beforeAll(async () => {
  opened = await openTestCase();
  engine = tableEngineOf(opened.session);
  table = await addRows(opened.session, { columns, rows, timeColumn: 'time' });
});
afterAll(() => opened.close());

const found = async (list: Filter[], over: object = {}): Promise<number[]> =>
  Array.from(await engine.rowIdsOf({ view: viewOf({ tableId: table.id, filters: list, ...over }) }, 1_000));
const expected = (list: Filter[]): number[] => rows.flatMap((r, i) => (list.every((f) => matches(columns, r, f)) ? [i] : []));

describe('filters', () => {
  it('find exactly the rows the rules say', async () => {
    await fc.assert(fc.asyncProperty(filters, async (list) => {
      expect(await found(list)).toEqual(expected(list));
    }), { numRuns: 600 });
  });
  it('and their opposites give all rows together', async () => {
    const column = 'text';
    const pairs: [Filter, Filter][] = [
      [{ op: 'eq', column, value: 'a' }, { op: 'ne', column, value: 'a' }],
      [{ op: 'in', column, values: ['a', 'b%'] }, { op: 'notIn', column, values: ['a', 'b%'] }],
      [{ op: 'contains', column, text: 'a', caseSensitive: false }, { op: 'notContains', column, text: 'a', caseSensitive: false }],
      [{ op: 'regex', column, pattern: 'a', caseSensitive: false }, { op: 'notRegex', column, pattern: 'a', caseSensitive: false }],
      [{ op: 'isNull', column }, { op: 'notNull', column }],
    ];
    for (const [one, other] of pairs) {
      const both = [...(await found([one])), ...(await found([other]))].sort((a, b) => a - b);
      expect(both).toEqual(rows.map((_, i) => i));
    }
  });
  it('search all columns as an anyContains filter does', async () => {
    for (const text of ['ab', 'TRUE', '22:00', '9007199254740993', '{"a"']) {
      expect(await found([], { search: text })).toEqual(await found([{ op: 'anyContains', text }]));
    }
    expect(await found([], { search: '2026-03-11T22:00:00.500001Z' })).toEqual(rows.flatMap((r, i) => (r[4] === start + 500_001 ? [i] : [])));
    expect(await found([], { search: '9007199254740993' })).toEqual(rows.flatMap((r, i) => (r[1] === '9007199254740993' ? [i] : [])));
  });
  it('take the time range from its start up to, not including, its end', async () => {
    const range = { fromUs: start + 500_001, toUs: start + 3 * 500_001 };
    expect(await found([], { timeRange: range })).toEqual(rows.flatMap((r, i) => (r[4] !== null && Number(r[4]) >= range.fromUs && Number(r[4]) < range.toUs ? [i] : [])));
  });
  it('treat values as values, whatever they hold', async () => {
    const hostile = [`'; DROP TABLE t; --`, `" OR 1=1`, '$1', '%', `') OR true --`, '\\'];
    for (const text of hostile) {
      expect(await found([{ op: 'eq', column: 'text', value: text }])).toEqual(rows.flatMap((r, i) => (r[0] === text ? [i] : [])));
      expect(await found([{ op: 'contains', column: 'text', text, caseSensitive: false }])).toEqual(rows.flatMap((r, i) => (r[0] !== null && String(r[0]).includes(text) ? [i] : [])));
    }
  });
});

describe('filters that make no sense', () => {
  it.each([
    [{ op: 'eq', column: 'nope', value: 1 }, 'has no column “nope”'],
    [{ op: 'eq', column: 'int', value: 'abc' }, 'can’t be compared with int values'.replace('’', "'")],
    [{ op: 'lt', column: 'ok', value: 'maybe' }, 'Write true or false'],
    [{ op: 'gt', column: 'time', value: 'yesterday' }, 'Write a time as'],
    [{ op: 'gt', column: 'int', value: null }, 'empty value by size'],
    [{ op: 'regex', column: 'text', pattern: '(', caseSensitive: false }, "pattern can't be read"],
    [{ op: 'regex', column: 'text', pattern: '(?=a)b', caseSensitive: false }, "pattern can't be read"],
    [{ op: 'regex', column: 'text', pattern: '(a)\\1', caseSensitive: false }, "pattern can't be read"],
    [{ op: 'regex', column: 'text', pattern: '((a{900}){900}){900}', caseSensitive: false }, "pattern can't be read"],
  ] as [Filter, string][])('%j are refused with a reason', async (f, reason) => {
    await expect(found([f])).rejects.toMatchObject({ code: 'filter.invalid', message: expect.stringContaining(reason) as string });
  });
});
