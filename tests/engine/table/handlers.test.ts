import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import { tableOps } from '../../../main/contract/index.ts';
import type { EngineParsedInput } from '../../../main/contract/index.ts';
import { createTableHandlers } from '../../../main/table/index.ts';
import { testClock } from '../case-fixture.ts';
import { addRows, openTestCase, type TestCase } from './table-fixture.ts';

const us = Date.UTC(2026, 2, 11, 22, 0) * 1_000;
let opened: TestCase;
let table: StoredTable;
let big: StoredTable;
let out: string;
let handlers: ReturnType<typeof createTableHandlers>;

beforeAll(async () => {
  opened = await openTestCase();
  out = path.join(opened.folder, 'out');
  mkdirSync(out);
  table = await addRows(opened.session, {
    name: 'Events', timeColumn: 'When',
    columns: [
      { name: 'When', type: 'datetime', original: ['11/03/2026 22:00', '2026-03-11T22:00:01Z', null] },
      { name: 'Cmd', type: 'string' }, { name: 'Id', type: 'int', original: ['0x10', '7', null] }, { name: 'Seen', type: 'datetime' },
    ],
    rows: [[us, 'curl http://evil.example', 16, us + 5], [us + 1_000_000, '=1+1', 7, '-62135596800000000'], [null, '-5', null, us - 5]],
  });
  big = await addRows(opened.session, { name: 'Big', columns: [{ name: 'n', type: 'int' }, { name: 'text', type: 'string' }], rows: Array.from({ length: 25_000 }, (_, i) => [i, `row ${i}`]) });
  handlers = createTableHandlers({ clock: testClock(), currentCase: () => opened.session, resolveHandle: (handle) => path.join(out, handle) });
});
afterAll(() => opened.close());

type Job = Parameters<(typeof handlers)['table.export']['run']>[1];
const jobOf = (abort = new AbortController()): Job & { seen: object[] } => {
  const seen: object[] = [];
  return { jobId: 'j', signal: abort.signal, progress: (p) => void seen.push(p), seen };
};
const exported = async (over: object, job: Job = jobOf()) =>
  tableOps['table.export'].result.parse(await handlers['table.export'].run(tableOps['table.export'].input.parse({ view: { tableId: table.id }, saveHandle: 'x', ...over }), job));

describe('a row in full', () => {
  it('holds values, texts as written where they differ, and provenance', async () => {
    const detail = tableOps['table.row'].output.parse(await handlers['table.row']({ tableId: table.id, rowId: 0 }));
    expect(detail.cells).toEqual([
      { name: 'When', type: 'datetime', value: us, original: '11/03/2026 22:00' },
      { name: 'Cmd', type: 'string', value: 'curl http://evil.example', original: null },
      { name: 'Id', type: 'int', value: 16, original: '0x10' },
      { name: 'Seen', type: 'datetime', value: us + 5, original: null },
    ]);
    expect(detail).toMatchObject({ tableId: table.id, rowId: 0, starred: false, tags: [], notes: [], provenance: { entry: '', record: 1, state: 'unchecked', sha256: 'a'.repeat(64) } });
    const second = await handlers['table.row']({ tableId: table.id, rowId: 1 });
    expect(second.cells.map((c) => c.original)).toEqual([null, null, null, null]);
  });
  it('is not found beyond the end', async () => {
    await expect(handlers['table.row']({ tableId: table.id, rowId: 3 })).rejects.toMatchObject({ code: 'notFound' });
    await expect(handlers['table.row']({ tableId: 'nope', rowId: 0 })).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('copy', () => {
  const copy = async (over: object) => {
    const input: EngineParsedInput<'table.copy'> = tableOps['table.copy'].input.parse({ rows: { tableId: table.id, rowIds: [0, 2] }, ...over });
    return tableOps['table.copy'].output.parse(await handlers['table.copy'](input));
  };
  it('is tab separated with a header and defanged unless asked otherwise', async () => {
    expect(await copy({ columns: ['When', 'Cmd'] })).toEqual({ text: 'When\tCmd\n2026-03-11T22:00:00Z\tcurl hxxp://evil[.]example\n\t-5', rows: 2, cut: false });
    expect((await copy({ columns: ['Cmd'], header: false, defang: false })).text).toBe('curl http://evil.example\n-5');
  });
  it('is CSV or JSON', async () => {
    expect((await copy({ format: 'csv', columns: ['Id', 'Cmd'] })).text).toBe('Id,Cmd\n16,curl hxxp://evil[.]example\n,-5');
    expect(JSON.parse((await copy({ format: 'json', columns: ['Id', 'When'] })).text)).toEqual([{ Id: 16, When: '2026-03-11T22:00:00Z' }, { Id: null, When: null }]);
  });
  it('follows a view’s order', async () => {
    const rows = { view: { tableId: table.id, sort: [{ column: 'Id', dir: 'asc' }] } };
    expect((await copy({ rows, columns: ['Id'], header: false })).text).toBe('7\n16\n""');
  });
  it('stops at 20,000 rows and says so', async () => {
    const all = await copy({ rows: { view: { tableId: big.id } }, columns: ['n'], header: false });
    expect([all.rows, all.cut, all.text.split('\n').length]).toEqual([20_000, true, 20_000]);
    const json = await copy({ rows: { view: { tableId: big.id, filters: [{ op: 'lt', column: 'n', value: 2_500 }] } }, format: 'json' });
    expect((JSON.parse(json.text) as { n: number }[]).map((r) => r.n)).toEqual(Array.from({ length: 2_500 }, (_, i) => i));
  });
});

describe('export', () => {
  it('writes CSV with formulas neutralised, and says what it did', async () => {
    const result = await exported({ format: 'csv', saveHandle: 'events.csv' });
    const bytes = readFileSync(path.join(out, 'events.csv'));
    expect(bytes.toString()).toBe("When,Cmd,Id,Seen\r\n2026-03-11T22:00:00Z,curl http://evil.example,16,2026-03-11T22:00:00.000005Z\r\n2026-03-11T22:00:01Z,'=1+1,7,0001-01-01T00:00:00Z\r\n,-5,,2026-03-11T21:59:59.999995Z\r\n");
    expect(result).toEqual({ rows: 3, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), fileName: 'events.csv', defanged: false, formulasNeutralised: true, neutralised: 1 });
  });
  it('writes raw CSV when asked, and says so', async () => {
    expect(await exported({ format: 'csv', saveHandle: 'raw.csv', neutraliseFormulas: false, columns: ['Cmd'] })).toMatchObject({ formulasNeutralised: false, neutralised: 0 });
    expect(readFileSync(path.join(out, 'raw.csv'), 'utf8')).toBe('Cmd\r\ncurl http://evil.example\r\n=1+1\r\n-5\r\n');
  });
  it('writes the filtered view in its order, as TSV and JSON lines, defanged', async () => {
    const view = { tableId: table.id, filters: [{ op: 'notNull', column: 'Id' }], sort: [{ column: 'Id', dir: 'asc' }] };
    await exported({ format: 'tsv', view, saveHandle: 'x.tsv', columns: ['Id', 'Cmd'], defang: true });
    expect(readFileSync(path.join(out, 'x.tsv'), 'utf8')).toBe("Id\tCmd\r\n7\t'=1+1\r\n16\tcurl hxxp://evil[.]example\r\n");
    await exported({ format: 'jsonl', view, saveHandle: 'x.jsonl', columns: ['Id', 'Cmd'] });
    expect(readFileSync(path.join(out, 'x.jsonl'), 'utf8').trim().split('\n').map((l) => JSON.parse(l) as unknown)).toEqual([{ Id: 7, Cmd: '=1+1' }, { Id: 16, Cmd: 'curl http://evil.example' }]);
  });
  it('writes Parquet with typed columns', async () => {
    const result = await exported({ format: 'parquet', saveHandle: 'x.parquet', view: { tableId: table.id, sort: [{ column: 'When', dir: 'desc' }] } });
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const file = path.join(out, 'x.parquet');
    const rows = await (await connection.run(`SELECT epoch_us("When")::DOUBLE, "Cmd", "Id"::DOUBLE FROM '${file}'`)).getRows();
    expect(rows).toEqual([[us + 1_000_000, '=1+1', 7], [us, 'curl http://evil.example', 16], [null, '-5', null]]);
    connection.closeSync();
    instance.closeSync();
    expect(result.sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
    expect(readdirSync(opened.session.tempDir).filter((f) => f.endsWith('.parquet'))).toEqual([]);
  });
  it('tells how far it is', async () => {
    const job = jobOf();
    await exported({ format: 'csv', view: { tableId: big.id }, saveHandle: 'big.csv' }, job);
    expect(job.seen[0]).toEqual({ done: 0, total: 25_000, unit: 'rows' });
    expect(job.seen.at(-1)).toEqual({ done: 25_000 });
  });
  it.each(['csv', 'parquet'])('leaves the old file and no half one when cancelled (%s)', async (format) => {
    const target = path.join(out, `kept.${format}`);
    writeFileSync(target, 'old');
    const abort = new AbortController();
    const job = { ...jobOf(abort), progress: () => abort.abort() };
    await expect(exported({ format, view: { tableId: big.id }, saveHandle: `kept.${format}` }, job)).rejects.toMatchObject({ code: 'cancelled' });
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(out).filter((f) => f.endsWith('.part'))).toEqual([]);
  });
  it('says when the place can’t be written', async () => {
    await expect(exported({ format: 'csv', saveHandle: 'no/such/folder.csv' })).rejects.toMatchObject({ code: 'file.unwritable' });
    expect(existsSync(path.join(out, 'no'))).toBe(false);
  });
});

describe('changes to a table', () => {
  it('are commands that undo', async () => {
    handlers['table.rename']({ tableId: table.id, name: 'Renamed' });
    expect(opened.session.table(table.id).name).toBe('Renamed');
    await handlers['table.setTimeColumn']({ tableId: table.id, column: 'Seen' });
    expect(opened.session.table(table.id)).toMatchObject({ timeColumn: 'Seen', fromUs: us - 5, toUs: us + 5 });
    await handlers['table.setTimeColumn']({ tableId: table.id, column: null });
    expect(opened.session.table(table.id)).toMatchObject({ timeColumn: null, fromUs: null, toUs: null });
    await expect(handlers['table.setTimeColumn']({ tableId: table.id, column: 'Cmd' })).rejects.toMatchObject({ code: 'filter.invalid' });
    handlers['table.remove']({ tableId: table.id });
    expect(opened.session.tables().some((t) => t.id === table.id)).toBe(false);
    for (let i = 0; i < 4; i += 1) opened.session.undo();
    expect(opened.session.table(table.id)).toMatchObject({ name: 'Events', timeColumn: 'When' });
  });
});

describe('sql.run', () => {
  it('answers in the contract’s shape', async () => {
    const answer = tableOps['sql.run'].output.parse(await handlers['sql.run']({ sql: 'SELECT Cmd, Id FROM Events ORDER BY Id', limit: 2 }));
    expect(answer).toMatchObject({ rows: 2, truncated: true, columns: [{ name: 'Cmd', type: 'string' }, { name: 'Id', type: 'int' }] });
  });
});
