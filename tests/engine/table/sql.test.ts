import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import type { ColumnData, Scalar } from '../../../main/contract/index.ts';
import { rowsWhere, runSql, tableEngineOf, type TableEngine } from '../../../main/table/index.ts';
import { addRows, openTestCase, type TestCase } from './table-fixture.ts';

const us = Date.UTC(2026, 2, 11, 22, 0) * 1_000;
let opened: TestCase;
let engine: TableEngine;
let events: StoredTable;
let secret: string;

beforeAll(async () => {
  opened = await openTestCase();
  engine = tableEngineOf(opened.session);
  events = await addRows(opened.session, {
    name: 'SecurityEvent', timeColumn: 'TimeGenerated',
    columns: [
      { name: 'TimeGenerated', type: 'datetime' }, { name: 'EventID', type: 'int' }, { name: 'Account', type: 'string' }, { name: 'account', type: 'string' },
      { name: 'Took', type: 'timespan' }, { name: 'Extra', type: 'dynamic' },
    ],
    rows: [
      [us, 4688, 'a', 'x', 60_000_000, '{"k":1}'],
      [us + 1, 4624, 'b', 'y', null, '[1]'],
      [null, '9223372036854775807', null, 'z', 5, null],
    ],
  });
  await addRows(opened.session, { name: 'My "odd" table', columns: [{ name: 'c d', type: 'float' }], rows: [[1.5], ['NaN']] });
  secret = path.join(opened.folder, 'secret.csv');
  writeFileSync(secret, 'password\nhunter2\n');
  mkdirSync(path.join(opened.session.tempDir, 'planted'), { recursive: true });
  writeFileSync(path.join(opened.session.tempDir, 'planted', 'inside.csv'), 'a\n1\n');
});
afterAll(() => opened.close());

const run = (sql: string, maxRows = 100) => runSql(engine, opened.session, sql, { maxRows, deadlineMs: 20_000 });
const cells = (column: ColumnData | undefined): (Scalar | undefined)[] => (column?.kind === 'text' ? column.values : Array.from(column?.values ?? [], (v, i) => (column?.nulls?.[i] === 1 ? null : v)));
const answer = async (sql: string) => {
  const { columns, rows } = await run(sql);
  return { names: columns.map((c) => c.name), types: columns.map((c) => c.type), rows, values: columns.map(cells) };
};

describe('queries over case tables', () => {
  it('see tables and columns by their own names and types', async () => {
    expect(await answer('SELECT TimeGenerated, EventID, "Account", Took, Extra FROM SecurityEvent')).toEqual({
      names: ['TimeGenerated', 'EventID', 'Account', 'Took', 'Extra'],
      types: ['datetime', 'int', 'string', 'timespan', 'string'],
      rows: 3,
      values: [[us, us + 1, null], ['4688', '4624', '9223372036854775807'], ['a', 'b', null], [60_000_000, null, 5], ['{"k":1}', '[1]', null]],
    });
    expect(await answer('select "c d" from "My ""odd"" table" where not isnan("c d")')).toMatchObject({ values: [[1.5]] });
    expect(await answer('from securityevent select count(*) as n')).toMatchObject({ names: ['n'], values: [[3]] });
  });
  it('reach both of two columns whose names differ in case only', async () => {
    const { names } = await answer('SELECT * FROM SecurityEvent');
    expect(names.slice(2, 4)).toEqual(['Account', 'account_3']);
  });
  it.each([
    ['WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT y FROM b', [[2]]],
    ['WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r', [[1, 2, 3]]],
    ['VALUES (1), (2)', [[1, 2]]],
    ['SELECT EventID FROM SecurityEvent WHERE Account IN (SELECT Account FROM SecurityEvent WHERE EventID = 4624)', [[4624]]],
    ['SELECT x FROM range(3) t(x)', [[0, 1, 2]]],
    ["SELECT json_extract_string(Extra, '$.k') AS k FROM SecurityEvent LIMIT 1", [['1']]],
    ['SELECT count(*) OVER () FROM SecurityEvent LIMIT 1', [[3]]],
    ["SELECT 'it''s; --' AS s -- done", [["it's; --"]]],
    ['SELECT 1;', [[1]]],
    ["SELECT date_trunc('hour', TimeGenerated) = TimeGenerated AS whole FROM SecurityEvent LIMIT 1", [[1]]],
    ['SELECT list_transform([1, 2], lambda x: x + 1) AS l', [['[2,3]']]],
    ["SELECT regexp_extract(Account, '(.)', 1) || '!' FROM SecurityEvent WHERE Took = INTERVAL 1 MINUTE", [['a!']]],
  ])('%s', async (sql, values) => expect((await answer(sql)).values).toEqual(values));
  it('bring every type of DuckDB in one of ours', async () => {
    const { types, values } = await answer(`SELECT 170141183460469231731687303715884105727::HUGEINT AS h, 1.25::DECIMAL(9,2) AS d, DATE '2026-03-11' AS day,
      TIMESTAMPTZ '2026-03-11 22:00:00+00' AS tz, '2026-03-11 22:00:00.123456789'::TIMESTAMP_NS AS ns, TIME '01:02:03' AS t, INTERVAL 1 MONTH AS m, INTERVAL 2 SECOND AS s,
      {'a': [1, NULL], 'b': 'x'} AS st, '{"q":1}'::JSON AS js, 'inf'::DOUBLE AS inf, true AS b, NULL AS nothing, uuid() IS NOT NULL AS u, 'infinity'::TIMESTAMP AS never, '\\x41'::BLOB AS bl`);
    expect(types).toEqual(['int', 'float', 'datetime', 'datetime', 'datetime', 'string', 'string', 'timespan', 'dynamic', 'dynamic', 'float', 'bool', expect.any(String), 'bool', 'datetime', 'string']);
    expect(values.map((v) => v[0])).toEqual([
      '170141183460469231731687303715884105727', 1.25, us - 22 * 3_600_000_000, us, us + 123_456, '01:02:03', '1 month', 2_000_000, '{"a":[1,null],"b":"x"}', '{"q":1}', Infinity, 1, null, 1, null, 'A',
    ]);
  });
  it('stop at the row limit and say so', async () => {
    expect(await run('SELECT * FROM range(100000)', 10)).toMatchObject({ rows: 10, truncated: true });
    expect(await run('SELECT * FROM range(10)', 10)).toMatchObject({ rows: 10, truncated: false });
    expect(await run('SELECT * FROM SecurityEvent WHERE false')).toMatchObject({ rows: 0, truncated: false });
    expect((await run('SELECT Account, EventID FROM SecurityEvent WHERE false')).columns.map((c) => c.name)).toEqual(['Account', 'EventID']);
  });
  it('stop at the deadline, and the engine goes on', async () => {
    await expect(runSql(engine, opened.session, 'SELECT count(*) FROM range(1000000000000) a, range(1000000) b WHERE a.range % 7 = b.range % 3', { maxRows: 1, deadlineMs: 200 })).rejects.toMatchObject({ code: 'deadline' });
    expect((await answer('SELECT 1')).values).toEqual([[1]]);
  });
  it('stop when cancelled', async () => {
    const abort = new AbortController();
    const running = runSql(engine, opened.session, 'SELECT sum(a.range) FROM range(1000000000) a, range(1000) b', { maxRows: 1, signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });
  it('describe tables', async () => {
    expect((await answer('DESCRIBE SecurityEvent')).values[0]).toEqual(['TimeGenerated', 'EventID', 'Account', 'account_3', 'Took', 'Extra']);
    expect((await answer('SUMMARIZE SecurityEvent')).rows).toBe(6);
  });
  it('leave nothing behind for the next query', async () => {
    await run('SELECT * FROM SecurityEvent');
    const left = await engine.duck.query("SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal");
    expect(left.reduce((n, c) => n + c.rowCount, 0)).toBe(0);
  });
  it.each(['SELEC 1', 'SELECT nope FROM SecurityEvent', "SELECT 'x'::INTEGER", 'SELECT * FROM SecurityEvent WHERE', 'SELECT (1'])('fail with a reason: %s', async (sql) => {
    await expect(run(sql)).rejects.toMatchObject({ code: 'sql.failed', message: expect.stringMatching(/\S{5,}.*run it again\.$/) as string });
  });
});

describe('queries that reach further are refused', () => {
  const file = (): string => secret;
  it.each<[string, () => string]>([
    ['attach', () => `ATTACH '${file()}' AS x`], ['attach inside', () => `ATTACH '${opened.session.tempDir}/new.duckdb' AS x`], ['detach', () => 'DETACH memory'], ['use', () => 'USE memory'],
    ['copy to', () => `COPY SecurityEvent TO '${opened.session.tempDir}/x.csv'`], ['copy from', () => `COPY SecurityEvent FROM '${file()}'`], ['copy select', () => `COPY (SELECT 1) TO '/tmp/casebench-out.csv'`],
    ['export', () => "EXPORT DATABASE '/tmp/casebench-export'"], ['import', () => "IMPORT DATABASE '/tmp'"],
    ['install', () => 'INSTALL httpfs'], ['load', () => 'LOAD json'], ['load path', () => "LOAD '/tmp/x.duckdb_extension'"], ['force install', () => 'FORCE INSTALL httpfs'],
    ['pragma', () => 'PRAGMA database_list'], ['pragma version', () => 'PRAGMA version'], ['set', () => 'SET threads = 1'], ['set variable', () => "SET VARIABLE x = 'y'"], ['reset', () => 'RESET threads'],
    ['set external', () => 'SET enable_external_access = true'],
    ['create', () => 'CREATE TABLE x AS SELECT 1'], ['create view', () => 'CREATE VIEW x AS SELECT 1'], ['create macro', () => 'CREATE MACRO f(x) AS x'], ['create secret', () => "CREATE SECRET s (TYPE s3)"],
    ['drop', () => 'DROP VIEW SecurityEvent'], ['insert', () => 'INSERT INTO SecurityEvent VALUES (1)'], ['update', () => 'UPDATE SecurityEvent SET EventID = 1'], ['delete', () => 'DELETE FROM SecurityEvent'],
    ['alter', () => 'ALTER TABLE SecurityEvent RENAME TO x'], ['truncate', () => 'TRUNCATE SecurityEvent'], ['checkpoint', () => 'CHECKPOINT'], ['vacuum', () => 'VACUUM'], ['begin', () => 'BEGIN'],
    ['call', () => 'CALL pragma_version()'], ['prepare', () => 'PREPARE p AS SELECT 1'], ['execute', () => 'EXECUTE p'], ['explain analyze', () => 'EXPLAIN ANALYZE SELECT 1'], ['explain', () => 'EXPLAIN SELECT 1'],
    ['two statements', () => 'SELECT 1; SELECT 2'], ['two with a write', () => 'SELECT 1; DROP VIEW SecurityEvent'], ['comment then write', () => 'SELECT 1; -- x\nSET threads=1'], ['empty', () => ';'], ['only comment', () => '-- nothing'],
    ['read_csv', () => `SELECT * FROM read_csv('${file()}')`], ['read_csv_auto', () => `SELECT * FROM read_csv_auto('${file()}')`], ['read_text', () => `SELECT * FROM read_text('${file()}')`],
    ['read_blob', () => `SELECT * FROM read_blob('${file()}')`], ['read_parquet', () => `SELECT * FROM read_parquet('${opened.session.tablesDir}/*.parquet')`], ['parquet_scan', () => "SELECT * FROM parquet_scan('x')"],
    ['read_json', () => `SELECT * FROM read_json('${file()}')`], ['read_duckdb', () => "SELECT * FROM read_duckdb('x')"], ['sniff_csv', () => `SELECT * FROM sniff_csv('${file()}')`], ['glob', () => "SELECT * FROM glob('/etc/*')"],
    ['parquet_metadata', () => "SELECT * FROM parquet_metadata('x')"], ['file as table', () => `SELECT * FROM '${file()}'`], ['file as quoted table', () => `SELECT * FROM "${file()}"`],
    ['file inside the temporary folder', () => `SELECT * FROM '${opened.session.tempDir}/planted/inside.csv'`], ['table file by path', () => `SELECT * FROM '${opened.session.folder}/${events.file}'`],
    ['file in a subquery', () => `SELECT (SELECT max(password) FROM '${file()}')`], ['file in a WITH', () => `WITH a AS (SELECT * FROM '${file()}') SELECT * FROM a`],
    ['file named like a WITH of elsewhere', () => `SELECT * FROM (WITH "${file()}" AS (SELECT 1) SELECT * FROM "${file()}"), "${file()}"`],
    ['WITH seen before it is there', () => 'WITH a AS (SELECT * FROM duckdb_settings), duckdb_settings AS (SELECT 1) SELECT * FROM a'],
    ['file in a join', () => `SELECT * FROM SecurityEvent JOIN '${file()}' ON true`], ['file in exists', () => `SELECT 1 WHERE EXISTS (FROM '${file()}')`], ['file in describe', () => `DESCRIBE '${file()}'`], ['file in summarize', () => `SUMMARIZE '${file()}'`],
    ['file in a function', () => `SELECT read_text('${file()}')`], ['file in a method', () => `SELECT ('${file()}').read_text()`], ['file in order by', () => `SELECT 1 ORDER BY (SELECT 1 FROM '${file()}')`], ['file in limit', () => `SELECT 1 LIMIT (SELECT 1 FROM '${file()}')`],
    ['file in a lateral join', () => `SELECT * FROM SecurityEvent, LATERAL (SELECT * FROM '${file()}')`], ['file in pivot', () => `FROM (PIVOT '${file()}' ON password)`], ['file in unpivot', () => `UNPIVOT '${file()}' ON password`],
    ['file in union', () => `SELECT 1 UNION ALL SELECT 1 FROM '${file()}'`], ['file in a window', () => `SELECT sum((SELECT 1 FROM '${file()}')) OVER ()`],
    ['query', () => "SELECT * FROM query('SELECT 1')"], ['query_table', () => "SELECT * FROM query_table('SecurityEvent')"], ['json_execute', () => "SELECT * FROM json_execute_serialized_sql('{}')"], ['serialize plan', () => "SELECT json_serialize_plan('SELECT 1')"],
    ['getenv', () => "SELECT getenv('HOME')"], ['current_setting', () => "SELECT current_setting('temp_directory')"], ['getvariable', () => "SELECT getvariable('x')"], ['nextval', () => "SELECT nextval('s')"], ['current_query', () => 'SELECT current_query()'],
    ['write_log', () => "SELECT write_log('x')"], ['sleep', () => 'SELECT sleep_ms(1)'], ['settings', () => 'SELECT * FROM duckdb_settings()'], ['settings view', () => 'SELECT * FROM duckdb_settings'], ['logs', () => 'SELECT * FROM duckdb_logs'],
    ['databases', () => 'SHOW DATABASES'], ['tables', () => 'SHOW TABLES'], ['all tables', () => 'SHOW ALL TABLES'], ['catalogue', () => 'SELECT * FROM information_schema.tables'], ['master', () => 'SELECT * FROM sqlite_master'], ['pg', () => 'SELECT * FROM pg_catalog.pg_class'],
    ['inner relation', () => `SELECT * FROM "file:${events.id}"`], ['inner relation with schema', () => `SELECT * FROM memory.main."file:${events.id}"`], ['temp schema', () => 'SELECT * FROM temp.SecurityEvent'], ['secrets', () => 'SELECT * FROM duckdb_secrets()'], ['which secret', () => "SELECT * FROM which_secret('s3://x', 's3')"],
    ['qualified function', () => "SELECT system.main.read_text('x')"], ['test table function', () => 'SELECT * FROM test_all_types()'], ['version travel', () => 'SELECT * FROM SecurityEvent AT (VERSION => 1)'], ['placeholder', () => 'SELECT $1'], ['placeholder name', () => 'SELECT $x'],
    ['table of another name', () => 'SELECT * FROM SigninLogs'], ['histogram macro', () => "SELECT * FROM histogram('SecurityEvent', EventID)"],
  ])('%s', async (_name, sql) => {
    await expect(run(sql())).rejects.toMatchObject({ code: expect.stringMatching(/^sql\.(refused|failed)$/) as string });
    // what is refused as a kind, and not because it happened to fail
    if (!/^(FORCE|TRUNCATE|BEGIN|SELECT system|DESCRIBE|FROM \(PIVOT|CREATE SECRET|;|--|IMPORT)/.test(sql())) await expect(run(sql())).rejects.toMatchObject({ code: 'sql.refused' });
  });
  it('and could not read a file even if the guard let them', async () => {
    for (const sql of [`SELECT * FROM read_text('${secret}')`, `COPY (SELECT 1) TO '${secret}'`, `ATTACH '${secret}' AS s`, 'INSTALL httpfs', 'SET enable_external_access = true', 'SET threads = 4']) {
      await expect(engine.duck.query(sql)).rejects.toThrow();
    }
  });
});

describe('queries of unusual size', () => {
  it.each([
    ['a sum of 20,000', `SELECT ${Array.from({ length: 20_000 }, () => '1').join(' + ')}`], ['5,000 parentheses', `SELECT ${'('.repeat(5_000)}1${')'.repeat(5_000)}`],
    ['3,000 subqueries', `${'SELECT * FROM ('.repeat(3_000)}SELECT 1${') x'.repeat(3_000)}`], ['20,000 nots', `SELECT ${'NOT '.repeat(20_000)}true`],
  ])('end with an answer or a reason: %s', async (_name, sql) => {
    const ended = await run(sql).then(() => 'done', (thrown: { code?: string }) => thrown.code ?? 'none');
    expect(['done', 'sql.refused', 'sql.failed', 'limit', 'deadline']).toContain(ended);
    expect((await answer('SELECT 1')).values).toEqual([[1]]);
  });
});

describe('conditions', () => {
  const where = async (condition: string) => Array.from(await rowsWhere(engine, opened.session, events, condition, { deadlineMs: 5_000 }));
  it('find rows in the order of the evidence', async () => {
    expect(await where("EventID = 4624 OR Account = 'a'")).toEqual([0, 1]);
    expect(await where('Account IS NULL -- really')).toEqual([2]);
    expect(await where('EventID IN (SELECT max(EventID) FROM SecurityEvent)')).toEqual([2]);
    expect(await where("Took >= INTERVAL '1 minute'")).toEqual([0]);
  });
  it.each(['1=1) UNION SELECT 1 WHERE (1=1', 'true) ORDER BY (1', 'true; DROP VIEW x', 'true) LIMIT (1', 'true) GROUP BY (1', "EventID = (SELECT 1 FROM '/etc/passwd')", 'true) FROM read_text(\'/etc/passwd\') WHERE (true', '', ')'])('refuse what is more than a condition: %s', async (condition) => {
    await expect(where(condition)).rejects.toMatchObject({ code: expect.stringMatching(/^sql\.(refused|failed)$/) as string });
  });
});
