import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import { tableOps, type SortKey, type ViewQueryInput } from '../../../main/contract/index.ts';
import { tableEngineOf, type TableEngine } from '../../../main/table/index.ts';
import { addGenerated, openTestCase, viewOf, type TestCase } from './table-fixture.ts';

const rows = 60_000;
let opened: TestCase;
let table: StoredTable;

beforeEach(async () => {
  opened = await openTestCase();
  table = await addGenerated(opened.session, rows, [
    { name: 'n', type: 'int', sql: 'hash(r) % 1000' },
    { name: 'text', type: 'string', sql: "'row ' || (hash(r * 3) % 500)" },
    { name: 'long', type: 'string', sql: "repeat('a', 200) || r" },
  ]);
});
afterEach(() => opened.close());

const pageOf = async (engine: TableEngine, query: Partial<ViewQueryInput> & { offset?: number; limit?: number }) => {
  const { offset = 0, limit = 50, ...view } = query;
  return engine.page(tableOps['table.page'].input.parse({ view: { tableId: table.id, ...view }, offset, limit, columns: ['n', 'text'] }));
};
type Row = { id: number; n: number; text: string };
const rowsOf = ({ rowIds, columns }: Awaited<ReturnType<typeof pageOf>>): Row[] =>
  Array.from(rowIds, (id, i) => ({ id, n: columns[0]?.kind === 'number' ? (columns[0].values[i] ?? -1) : -1, text: columns[1]?.kind === 'text' ? (columns[1].values[i] ?? '') : '' }));

/** The whole table in evidence order, read page by page. */
const everything = async (engine: TableEngine): Promise<Row[]> => {
  const all: Row[] = [];
  for (let offset = 0; offset < rows; offset += 1_000) all.push(...rowsOf(await pageOf(engine, { offset, limit: 1_000 })));
  return all;
};
const sorted = (all: readonly Row[], keys: SortKey[]): Row[] =>
  [...all].sort((a, b) => {
    for (const { column, dir } of keys) {
      const [x, y] = column === 'n' ? [a.n, b.n] : [a.text, b.text];
      if (x !== y) return (x < y ? -1 : 1) * (dir === 'asc' ? 1 : -1);
    }
    return a.id - b.id;
  });

describe.each([
  ['from Parquet', { copyFromRows: Infinity }],
  ['from the native copy', { copyFromRows: 1_000 }],
  ['the first rows ahead of the rest', { copyFromRows: Infinity, headFromRows: 1_000, headRows: 200 }],
  ['with next to no memory for lists', { copyFromRows: Infinity, maxListBytes: 1 }],
])('views of a big table, %s', (_name, limits) => {
  it('show the right rows at any place, sorted or filtered', async () => {
    const engine = tableEngineOf(opened.session, limits);
    const all = await everything(engine);
    await engine.settled();
    const sort: SortKey[] = [{ column: 'text', dir: 'desc' }, { column: 'n', dir: 'asc' }];
    const inOrder = sorted(all, sort);
    for (const offset of [0, 150, 190, 10_000, rows - 30, rows + 5]) {
      const page = await pageOf(engine, { sort, offset });
      expect(page.matched).toBe(rows);
      expect(rowsOf(page)).toEqual(inOrder.slice(offset, offset + 50));
    }
    const filters = [{ op: 'lt' as const, column: 'n', value: 500 }];
    const few = sorted(all.filter((r) => r.n < 500), sort);
    for (const offset of [0, 100, 5_000, 25_000]) {
      const page = await pageOf(engine, { sort, filters, offset });
      expect([page.matched, rowsOf(page)]).toEqual([few.length, few.slice(offset, offset + 50)]);
    }
    const unsorted = all.filter((r) => r.n < 500);
    expect(rowsOf(await pageOf(engine, { filters, offset: 777 }))).toEqual(unsorted.slice(777, 827));
    expect(await engine.locate(viewOf({ tableId: table.id, sort }), inOrder[33_333]?.id ?? -1)).toBe(33_333);
  });
});

describe('native copies', () => {
  it('are made beside the table and go with the case', async () => {
    const engine = tableEngineOf(opened.session, { copyFromRows: 1_000 });
    await pageOf(engine, {});
    await engine.settled();
    expect((await engine.source(table)).indexed).toBe(true);
    expect(readdirSync(opened.session.tempDir).some((f) => f.endsWith('.duckdb'))).toBe(true);
    await opened.session.close();
    expect(existsSync(opened.session.tempDir) ? readdirSync(opened.session.tempDir) : []).toEqual([]);
  });
  it('do not hold up closing', async () => {
    const engine = tableEngineOf(opened.session, { copyFromRows: 1_000 });
    await pageOf(engine, {});
    await opened.session.close();
    await expect(pageOf(engine, {})).rejects.toMatchObject({ code: expect.stringMatching(/^case\.none$/) as string });
  });
  it('are left out when they would be too big', async () => {
    const engine = tableEngineOf(opened.session, { copyFromRows: 1_000, maxCopyBytes: 10 });
    await pageOf(engine, {});
    await engine.settled();
    expect((await engine.source(table)).indexed).toBe(false);
  });
});

describe('requests that nobody waits for', () => {
  it('give way to the next view of the same table; pages of the same view do not', async () => {
    const engine = tableEngineOf(opened.session, { copyFromRows: Infinity });
    const slow = { filters: [{ op: 'regex' as const, column: 'long', pattern: '(a|aa)*b[0-9]*(x|y)+$', caseSensitive: false }] };
    const [first, second, other, same] = await Promise.allSettled([
      pageOf(engine, slow), pageOf(engine, { ...slow, offset: 50 }), pageOf(engine, { filters: [{ op: 'eq', column: 'n', value: 1 }] }), pageOf(engine, { filters: [{ op: 'eq', column: 'n', value: 1 }], offset: 10 }),
    ]);
    expect([first?.status, second?.status, other?.status, same?.status]).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(first?.status === 'rejected' ? (first.reason as { code: string }).code : '').toBe('cancelled');
  });
  it('but a count of the old view is still answered', async () => {
    const engine = tableEngineOf(opened.session, { copyFromRows: Infinity });
    const filters = [{ op: 'contains' as const, column: 'long', text: '9', caseSensitive: false }];
    const [count, page] = await Promise.all([engine.count(viewOf({ tableId: table.id, filters })), pageOf(engine, { filters }).catch(() => null), pageOf(engine, {})]);
    expect(count.matched).toBeGreaterThan(0);
    expect(page === null || page.matched === count.matched).toBe(true);
  });
});

describe('regular expressions', () => {
  it.each(['(a+)+$', '(a|aa)+$', '(a|a?)+$', '(.*a){12}$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(a*)*b', '(?:a?){30}a{30}', '(\\w+\\s?)+$'])('of the hanging kind end: %s', async (pattern) => {
    const engine = tableEngineOf(opened.session, { copyFromRows: Infinity });
    const filters = [{ op: 'regex' as const, column: 'long', pattern, caseSensitive: false }];
    const { matched } = await engine.count(viewOf({ tableId: table.id, filters }));
    expect(matched).toBeLessThanOrEqual(rows);
  });
  it('stop at their deadline, and the next query runs', async () => {
    const engine = tableEngineOf(opened.session, { copyFromRows: Infinity, regexBaseMs: -59 });
    const filters = [{ op: 'regex' as const, column: 'long', pattern: '(.*a){80}.*(.*b){80}', caseSensitive: false }];
    await expect(engine.count(viewOf({ tableId: table.id, filters }))).rejects.toMatchObject({ code: 'deadline', retryable: true });
    await expect(engine.facet(tableOps['table.facet'].input.parse({ view: { tableId: table.id, filters }, column: 'n' }))).rejects.toMatchObject({ code: 'deadline' });
    expect((await engine.count(viewOf({ tableId: table.id, search: 'row 7' }))).matched).toBeGreaterThan(0);
  });
});
