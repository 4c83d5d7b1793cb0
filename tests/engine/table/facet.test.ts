import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import { tableOps } from '../../../main/contract/index.ts';
import { tableEngineOf } from '../../../main/table/index.ts';
import { addRows, openTestCase, type TestCase } from './table-fixture.ts';

let opened: TestCase;
let table: StoredTable;
const us = Date.UTC(2026, 2, 11) * 1_000;

beforeAll(async () => {
  opened = await openTestCase();
  table = await addRows(opened.session, {
    timeColumn: 'time',
    columns: [
      { name: 'value', type: 'string' }, { name: 'amount', type: 'int' }, { name: 'time', type: 'datetime' }, { name: 'f', type: 'float' }, { name: 'ok', type: 'bool' },
    ],
    rows: [
      ['b', 1, us, 1.5, true], ['a', 1, us, 'NaN', true], ['b', 2, us + 1, 'Infinity', false], ['B', 3, null, null, null], [null, '9223372036854775807', '253402300799999999', 1.5, true], ['b', 1, null, 0, true],
    ],
  });
});
afterAll(() => opened.close());

const facet = async (input: { column: string; filters?: unknown[]; order?: string; limit?: number; search?: string }) => {
  const { filters = [], ...rest } = input;
  const answer = await tableEngineOf(opened.session).facet(tableOps['table.facet'].input.parse({ view: { tableId: table.id, filters }, ...rest }));
  return { ...tableOps['table.facet'].output.parse(answer), pairs: answer.values.map((v) => [v.value, v.count]) };
};

describe('value counts', () => {
  it('are biggest first, rare first or by value; null is counted apart', async () => {
    expect(await facet({ column: 'value' })).toMatchObject({ pairs: [['b', 3], ['B', 1], ['a', 1]], distinct: 3, nulls: 1, rows: 6 });
    expect((await facet({ column: 'value', order: 'rare' })).pairs).toEqual([['B', 1], ['a', 1], ['b', 3]]);
    expect((await facet({ column: 'value', order: 'value' })).pairs).toEqual([['B', 1], ['a', 1], ['b', 3]]);
  });
  it('come in the contract’s scalars for every type', async () => {
    expect((await facet({ column: 'amount', order: 'value' })).pairs).toEqual([[1, 3], [2, 1], [3, 1], ['9223372036854775807', 1]]);
    expect((await facet({ column: 'time', order: 'value' })).pairs).toEqual([[us, 2], [us + 1, 1], [253_402_300_799_999_936, 1]]);
    expect((await facet({ column: 'f', order: 'value' })).pairs).toEqual([[0, 1], [1.5, 2], ['Infinity', 1], ['NaN', 1]]);
    expect((await facet({ column: 'ok' })).pairs).toEqual([[true, 4], [false, 1]]);
  });
  it('give values that filters accept back', async () => {
    for (const column of ['amount', 'time', 'f', 'ok', 'value']) {
      for (const { value, count } of (await facet({ column })).values) {
        const filters = [{ op: 'in', column, values: [value] }];
        expect((await facet({ column: 'value', filters })).rows, `${column} ${String(value)}`).toBe(column === 'value' ? 6 : count);
      }
    }
  });
  it('leave out the column’s own filters and keep the others', async () => {
    const filters = [{ op: 'in', column: 'value', values: ['a'] }, { op: 'eq', column: 'amount', value: 1 }];
    expect(await facet({ column: 'value', filters })).toMatchObject({ pairs: [['b', 2], ['a', 1]], rows: 3 });
    expect(await facet({ column: 'amount', filters })).toMatchObject({ pairs: [[1, 1]], rows: 1 });
  });
  it('list at most what was asked for, and find values', async () => {
    expect(await facet({ column: 'value', limit: 1 })).toMatchObject({ pairs: [['b', 3]], distinct: 3 });
    expect(await facet({ column: 'value', search: 'B' })).toMatchObject({ pairs: [['b', 3], ['B', 1]], distinct: 2, rows: 6, nulls: 1 });
    expect(await facet({ column: 'amount', search: '22' })).toMatchObject({ pairs: [['9223372036854775807', 1]] });
    expect(await facet({ column: 'value', search: 'zzz' })).toMatchObject({ pairs: [], distinct: 0, nulls: 1, rows: 6 });
  });
  it('are empty for an empty view', async () => {
    expect(await facet({ column: 'value', filters: [{ op: 'eq', column: 'amount', value: 99 }] })).toMatchObject({ pairs: [], distinct: 0, nulls: 0, rows: 0 });
  });
});
