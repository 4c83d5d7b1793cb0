import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import type { ColumnData, Scalar, SortKey } from '../../../main/contract/index.ts';
import { tableOps } from '../../../main/contract/index.ts';
import { tableEngineOf, type TableEngine } from '../../../main/table/index.ts';
import { addRows, openTestCase, viewOf, type TestCase } from './table-fixture.ts';

const us = Date.UTC(2026, 2, 11, 22, 0) * 1_000;
let opened: TestCase;
let engine: TableEngine;
let table: StoredTable;

beforeAll(async () => {
  opened = await openTestCase();
  engine = tableEngineOf(opened.session);
  table = await addRows(opened.session, {
    timeColumn: 'When',
    columns: [
      { name: 'When', type: 'datetime', original: ['11/03/2026 22:00', null, 'x', 'never', '', 'y'] },
      { name: 'Text "quoted"', type: 'string' },
      { name: 'id', type: 'int' },
      { name: 'ID', type: 'float' },
      { name: 'Ok', type: 'bool' },
      { name: 'Took', type: 'timespan' },
      { name: 'Extra', type: 'dynamic' },
    ],
    rows: [
      [us + 3, 'beta', 5, 1.5, true, 1_000_000, '{"a":1}'],
      [null, null, null, null, null, null, null],
      [us + 1, 'alpha', '9223372036854775807', Number.NaN, false, -5, '[1,2]'],
      ['253402300799999999', 'x'.repeat(50), -7, 'Infinity', true, 0, '"text"'],
      [us + 2, '', 0, -0.5, false, 7, 'null'],
      [us + 2, '🙂'.repeat(20), 9_007_199_254_740_991, 1e300, null, null, '{}'],
    ],
  });
});
afterAll(() => opened.close());

const page = async (over: { offset?: number; limit?: number; columns?: string[]; sort?: SortKey[]; maxTextChars?: number } = {}) => {
  const { sort = [], ...rest } = over;
  const input = tableOps['table.page'].input.parse({ view: { tableId: table.id, sort }, offset: 0, limit: 100, ...rest });
  return tableOps['table.page'].output.parse(await engine.page(input));
};
const values = (column: ColumnData | undefined): (Scalar | undefined)[] =>
  column?.kind === 'text' ? column.values : Array.from(column?.values ?? [], (v, i) => (column?.nulls?.[i] === 1 ? null : v));

describe('a page', () => {
  it('holds every column in the contract’s shape', async () => {
    const { columns, matched, of, rowIds } = await page();
    expect([matched, of, ...rowIds]).toEqual([6, 6, 0, 1, 2, 3, 4, 5]);
    expect(columns.map((c) => [c.name, c.type, c.kind])).toEqual([
      ['When', 'datetime', 'number'], ['Text "quoted"', 'string', 'text'], ['id', 'int', 'text'], ['ID', 'float', 'number'], ['Ok', 'bool', 'number'],
      ['Took', 'timespan', 'number'], ['Extra', 'dynamic', 'text'],
    ]);
    expect(values(columns[0])).toEqual([us + 3, null, us + 1, 253_402_300_799_999_936, us + 2, us + 2]);
    expect(values(columns[2])).toEqual(['5', null, '9223372036854775807', '-7', '0', '9007199254740991']);
    expect(values(columns[3])).toEqual([1.5, null, Number.NaN, Infinity, -0.5, 1e300]);
    expect(values(columns[4])).toEqual([1, null, 0, 1, 0, null]);
    expect(values(columns[5])).toEqual([1_000_000, null, -5, 0, 7, null]);
    expect(values(columns[6])).toEqual(['{"a":1}', null, '[1,2]', '"text"', 'null', '{}']);
  });
  it('keeps ints as numbers where the rows shown allow it', async () => {
    const { columns } = await page({ columns: ['id'], limit: 2 });
    expect(columns).toMatchObject([{ kind: 'number', name: 'id' }]);
    expect(values(columns[0])).toEqual([5, null]);
  });
  it('tells columns apart whose names differ in case only', async () => {
    const { columns } = await page({ columns: ['ID', 'id'], limit: 1 });
    expect(columns.map(values)).toEqual([[1.5], [5]]);
  });
  it('cuts long texts without splitting a character, and says so', async () => {
    const { columns } = await page({ columns: ['Text "quoted"'], maxTextChars: 17 });
    const [text] = columns;
    expect(text?.kind === 'text' ? text.values.slice(3) : []).toEqual(['x'.repeat(17), '', '🙂'.repeat(8)]);
    expect(text?.kind === 'text' ? Array.from(text.cut ?? []) : []).toEqual([0, 0, 0, 1, 0, 1]);
  });
  it('sorts with nulls last and ties in the order of the evidence, both ways', async () => {
    expect(Array.from((await page({ sort: [{ column: 'When', dir: 'asc' }] })).rowIds)).toEqual([2, 4, 5, 0, 3, 1]);
    expect(Array.from((await page({ sort: [{ column: 'When', dir: 'desc' }] })).rowIds)).toEqual([3, 0, 4, 5, 2, 1]);
    expect(Array.from((await page({ sort: [{ column: 'Ok', dir: 'desc' }, { column: 'id', dir: 'asc' }] })).rowIds)).toEqual([3, 0, 4, 2, 5, 1]);
  });
  it('gives the values of the rows it names, in any order', async () => {
    const sorted = await page({ sort: [{ column: 'When', dir: 'desc' }], columns: ['When', 'Extra'], offset: 1, limit: 3 });
    expect(Array.from(sorted.rowIds)).toEqual([0, 4, 5]);
    expect(sorted.columns.map(values)).toEqual([[us + 3, us + 2, us + 2], ['{"a":1}', 'null', '{}']]);
  });
  it('is empty beyond the end', async () => {
    const { rowIds, columns, matched } = await page({ offset: 50 });
    expect([rowIds.length, matched, values(columns[0]).length]).toEqual([0, 6, 0]);
  });
  it('refuses a column the table does not have', async () => {
    await expect(page({ columns: ['nope'] })).rejects.toMatchObject({ code: 'filter.invalid' });
    await expect(page({ sort: [{ column: 'TEXT', dir: 'asc' }] })).rejects.toMatchObject({ code: 'filter.invalid' });
  });
  it('brings the marks of its rows', async () => {
    opened.session.execute({ kind: 'marks.star', payload: { tableId: table.id, rowIds: [2, 4], on: true } });
    const view = viewOf({ tableId: table.id, marks: { starred: true } });
    const { rowIds, marks } = await engine.page({ view, offset: 0, limit: 10, columns: ['id'], maxTextChars: 100 });
    expect(Array.from(rowIds)).toEqual([2, 4]);
    expect(marks).toEqual([{ rowId: 2, starred: true, tags: [], notes: 0 }, { rowId: 4, starred: true, tags: [], notes: 0 }]);
    opened.session.execute({ kind: 'marks.star', payload: { tableId: table.id, rowIds: [2], on: false } });
    expect(await engine.count(view)).toEqual({ matched: 1, of: 6 });
    opened.session.undo();
    opened.session.undo();
    expect(await engine.count(view)).toEqual({ matched: 0, of: 6 });
  });
});

describe('positions', () => {
  it('are where the row stands in the view, or nowhere', async () => {
    const sorted = viewOf({ tableId: table.id, sort: [{ column: 'When', dir: 'asc' }] });
    expect(await engine.locate(sorted, 0)).toBe(3);
    expect(await engine.locate(viewOf({ tableId: table.id }), 4)).toBe(4);
    expect(await engine.locate(viewOf({ tableId: table.id }), 6)).toBeNull();
    expect(await engine.locate(viewOf({ tableId: table.id, filters: [{ op: 'isNull', column: 'Ok' }] }), 0)).toBeNull();
    expect(await engine.locate(viewOf({ tableId: table.id, filters: [{ op: 'isNull', column: 'Ok' }] }), 5)).toBe(1);
  });
});
