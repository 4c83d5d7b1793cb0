/** Small real tables for tests of the table engine: rows given in JavaScript, written to Parquet as the importers write them. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { createCase, type CaseSession, type StoredColumn, type StoredTable } from '../../../main/case/index.ts';
import type { ColumnType, Scalar, ViewQuery, ViewQueryInput } from '../../../main/contract/index.ts';
import { viewQuery } from '../../../main/contract/index.ts';
import { addTable, temporaryFolder, testClock } from '../case-fixture.ts';

export type TestColumn = { name: string; type: ColumnType; /** Texts as written, one per row. */ original?: (string | null)[]; role?: 'index' };
export type TestTable = { columns: TestColumn[]; rows: Scalar[][]; timeColumn?: string | null; name?: string };

const sqlTypes: Record<ColumnType, string> = { string: 'VARCHAR', int: 'BIGINT', float: 'DOUBLE', bool: 'BOOLEAN', datetime: 'TIMESTAMP', timespan: 'BIGINT', dynamic: 'VARCHAR' };

const literal = (value: Scalar, type: ColumnType): string => {
  if (value === null) return 'NULL';
  const quoted = `'${String(value).replaceAll("'", "''")}'`;
  switch (type) {
    case 'string': case 'dynamic': return quoted;
    case 'int': case 'timespan': return `CAST(${quoted} AS BIGINT)`;
    case 'float': return `CAST(${quoted} AS DOUBLE)`;
    case 'bool': return value === true || value === 1 ? 'true' : 'false';
    case 'datetime': return `make_timestamp(CAST(${quoted} AS BIGINT))`;
  }
};

const physicalOf = (name: string, at: number): string => (/^[A-Za-z]\w*$/.test(name) ? `${name}_${at}` : `c ${at} "${name.replaceAll('\0', '')}"`);

let made = 0;

/** Writes the rows into the case's tables folder and names them in the catalogue. */
export const addRows = async (session: CaseSession, { columns, rows, timeColumn = null, name }: TestTable): Promise<StoredTable> => {
  made += 1;
  const stored: StoredColumn[] = columns.map((c, i) => ({
    name: c.name, type: c.type, hasOriginal: c.original !== undefined, role: c.role ?? null,
    physical: physicalOf(c.name, i), originalPhysical: c.original === undefined ? null : `original ${i}`,
  }));
  const quote = (n: string): string => `"${n.replaceAll('"', '""')}"`;
  const file = `tables/${made}.parquet`;
  const target = path.join(session.folder, file);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const definition = stored.flatMap((c) => [`${quote(c.physical)} ${sqlTypes[c.type]}`, ...(c.originalPhysical === null ? [] : [`${quote(c.originalPhysical)} VARCHAR`])]);
  await connection.run(`CREATE TABLE t (_rid BIGINT, ${definition.join(', ')})`);
  for (let from = 0; from < rows.length; from += 200) {
    const part = rows.slice(from, from + 200).map((row, i) => {
      const cells = columns.flatMap((c, j) => [literal(row[j] ?? null, c.type), ...(c.original === undefined ? [] : [literal(c.original[from + i] ?? null, 'string')])]);
      return `(${[from + i, ...cells].join(', ')})`;
    });
    await connection.run(`INSERT INTO t VALUES ${part.join(', ')}`);
  }
  await connection.run(`COPY (SELECT * FROM t ORDER BY _rid) TO '${target}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const at = columns.findIndex((c) => c.name === timeColumn);
  const times = at < 0 ? [] : rows.map((r) => r[at]).filter((v) => typeof v === 'number' && Number.isSafeInteger(v)).map(Number);
  const table = {
    name: name ?? `Table ${made}`, rows: rows.length, columns: stored, timeColumn, file,
    fromUs: times.length === 0 ? null : Math.min(...times), toUs: times.length === 0 ? null : Math.max(...times),
    sha256: createHash('sha256').update(readFileSync(target)).digest('hex'), sizeBytes: statSync(target).size,
  };
  session.execute(addTable(made, table));
  return session.table(`t${made}`);
};

export type TestCase = { session: CaseSession; folder: string; close(): Promise<void> };

export const openTestCase = async (): Promise<TestCase> => {
  const { folder, remove } = temporaryFolder();
  const session = await createCase(path.join(folder, 'test.case'), 'test', { clock: testClock(), homeDir: folder });
  return {
    session,
    folder,
    async close() {
      await session.close();
      remove();
    },
  };
};

/** A complete query from the part that matters. */
export const viewOf = (query: ViewQueryInput): ViewQuery => viewQuery.parse(query);

/** A bigger table made by DuckDB itself; `select` gives the columns after `_rid` from `range(rows) t(r)`. */
export const addGenerated = async (session: CaseSession, rows: number, columns: readonly { name: string; type: ColumnType; sql: string }[], timeColumn: string | null = null): Promise<StoredTable> => {
  made += 1;
  const file = `tables/${made}.parquet`;
  const target = path.join(session.folder, file);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT r AS _rid, ${columns.map((c) => `CAST(${c.sql} AS ${sqlTypes[c.type]}) AS ${c.name}`).join(', ')} FROM range(${rows}) t(r)) TO '${target}' (FORMAT parquet, ROW_GROUP_SIZE 20480)`);
  connection.closeSync();
  instance.closeSync();
  session.execute(
    addTable(made, {
      name: `Generated ${made}`, rows, file, timeColumn, fromUs: null, toUs: null, sizeBytes: statSync(target).size,
      columns: columns.map((c) => ({ name: c.name, type: c.type, hasOriginal: false, role: null, physical: c.name, originalPhysical: null })),
    }),
  );
  return session.table(`t${made}`);
};
