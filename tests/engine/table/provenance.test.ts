import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPaths } from '../../../main/evidence/index.ts';
import { createTableHandlers } from '../../../main/table/index.ts';
import { testClock } from '../case-fixture.ts';
import { openTestCase, type TestCase } from './table-fixture.ts';

let opened: TestCase;
let handlers: ReturnType<typeof createTableHandlers>;

const imported = async (name: string, text: string): Promise<string> => {
  const file = path.join(opened.folder, name);
  writeFileSync(file, text);
  const { tables } = await importPaths(opened.session, [{ path: file }], { clock: testClock(), homeDir: opened.folder, job: { signal: new AbortController().signal, progress: () => undefined } });
  return tables[0]?.tableId ?? '';
};

beforeAll(async () => {
  opened = await openTestCase();
  handlers = createTableHandlers({ clock: testClock(), currentCase: () => opened.session, resolveHandle: (h) => h });
});
afterAll(() => opened.close());

const recordsOf = async (tableId: string): Promise<[string, number | null][]> => {
  const { rows } = opened.session.table(tableId);
  return Promise.all(
    Array.from({ length: rows }, async (_, rowId) => {
      const { cells, provenance } = await handlers['table.row']({ tableId, rowId });
      return [String(cells.find((c) => c.name === 'name')?.value), provenance.record] as [string, number | null];
    }),
  );
};

describe('record numbers of imported rows', () => {
  it('count rejected records before them', async () => {
    const lines = Array.from({ length: 12 }, (_, i) => (i === 2 || i === 7 || i === 8 ? `r${i + 1},1,2,3,4,5` : `r${i + 1},${i},x`));
    const tableId = await imported('bad.csv', `name,n,text\n${lines.join('\n')}\n`);
    expect(opened.session.table(tableId)).toMatchObject({ rows: 9, rejected: 3 });
    for (const [name, record] of await recordsOf(tableId)) expect(`r${String(record)}`).toBe(name);
    const rejects = opened.session.table(tableId).rejectsTableId ?? '';
    expect((await handlers['table.row']({ tableId: rejects, rowId: 0 })).provenance).toMatchObject({ evidenceName: 'bad.csv', record: null });
  });
  it('are plain where nothing was rejected', async () => {
    const tableId = await imported('good.jsonl', '{"name":"r1"}\n{"name":"r2"}\n');
    expect(await recordsOf(tableId)).toEqual([['r1', 1], ['r2', 2]]);
  });
});
