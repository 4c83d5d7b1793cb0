import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import { runSql, tableEngineOf } from '../../../main/table/index.ts';
import { addRows, openTestCase, viewOf, type TestCase } from './table-fixture.ts';

let opened: TestCase;
let table: StoredTable;
let good: StoredTable;

beforeEach(async () => {
  opened = await openTestCase();
  table = await addRows(opened.session, { name: 'Bad', columns: [{ name: 'a', type: 'string' }], rows: [['x'], ['y']] });
  good = await addRows(opened.session, { name: 'Good', columns: [{ name: 'a', type: 'string' }], rows: [['x']] });
});
afterEach(() => opened.close());

it.each<[string, (file: string) => void]>([
  ['is gone', (file) => rmSync(file)],
  ['is cut short', (file) => truncateSync(file, 20)],
  ['is empty', (file) => writeFileSync(file, '')],
  ['holds something else', (file) => writeFileSync(file, 'not a table at all, but long enough to be read as one')],
])('says so when a table file %s; other tables still open', async (_name, damage) => {
  damage(path.join(opened.session.folder, table.file));
  const engine = tableEngineOf(opened.session);
  const view = viewOf({ tableId: table.id, filters: [{ op: 'eq', column: 'a', value: 'x' }] });
  await expect(engine.count(view)).rejects.toMatchObject({ code: 'file.unreadable', message: expect.stringContaining('missing or damaged') as string });
  await expect(runSql(engine, opened.session, 'SELECT * FROM Bad', { maxRows: 1 })).rejects.toMatchObject({ code: 'file.unreadable' });
  expect(await engine.count(viewOf({ tableId: good.id, filters: [{ op: 'eq', column: 'a', value: 'x' }] }))).toEqual({ matched: 1, of: 1 });
});

it('never reads a file that the database places outside the case', async () => {
  const outside = { ...table, file: '../../secret.parquet' };
  await expect(tableEngineOf(opened.session).source(outside)).rejects.toMatchObject({ code: 'case.damaged' });
});
