/**
 * One read-only query of a person over the case's tables. The guard decides whether it may run; each table it names is put before it as
 * a view with the columns as people know them, visible on this one connection and gone afterwards.
 * In SQL: datetime is TIMESTAMP (UTC), timespan is INTERVAL, dynamic is VARCHAR holding JSON; of two columns whose names differ
 * in case only, the second has its name in the file.
 */
import type { CaseSession, StoredColumn, StoredTable } from '../case/types.ts';
import { ridColumn } from '../case/types.ts';
import { CasebenchError, type EngineOutput } from '../contract/index.ts';
import { sqlColumn } from './column-of.ts';
import type { ResultShape } from './duck.ts';
import { text } from './params.ts';
import { nameQuoted } from './quote.ts';
import { checkCondition, checkSelect, refused } from './sql-guard.ts';
import { createCollector, type Collector } from './sql-values.ts';
import type { TableEngine } from './table-engine.ts';

export type SqlLimits = { readonly maxRows: number; readonly deadlineMs?: number | undefined; readonly signal?: AbortSignal | undefined };

/** The row id beside the columns; no header of evidence is spelled so. */
const rowIdName = '"casebench row id"';

/** More text than this is not held in one answer. */
const maxAnswerChars = 100_000_000;

/** Exactly so spelled, else the only one that is spelled so without regard to case. */
const findTable = (session: CaseSession, name: string): StoredTable | undefined => {
  const tables = session.tables();
  return tables.find((t) => t.name === name) ?? tables.find((t) => t.name.toLowerCase() === name.toLowerCase());
};

const asSql = (column: StoredColumn): string => (column.type === 'timespan' ? `to_microseconds(${sqlColumn(column)})` : sqlColumn(column));

/** Names for SQL, where case doesn't tell names apart. */
const sqlNames = (table: StoredTable): string[] => {
  const taken = new Set<string>();
  return table.columns.map((column) => {
    let name = column.name;
    for (let n = 2; name === '' || taken.has(name.toLowerCase()); n += 1) name = n === 2 && column.physical !== column.name ? column.physical : `${column.name}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
};

const viewSql = async (engine: Pick<TableEngine, 'source'>, table: StoredTable, name: string, withId: boolean): Promise<string> => {
  const { relation } = await engine.source(table);
  const names = sqlNames(table);
  const list = table.columns.map((c, i) => `${asSql(c)} AS ${nameQuoted(names[i] ?? c.physical)}`);
  if (withId) list.push(`${nameQuoted(ridColumn)} AS ${rowIdName}`);
  return `CREATE OR REPLACE TEMP VIEW ${nameQuoted(name)} AS SELECT ${list.join(', ')} FROM ${relation}`;
};

const failedSql = (thrown: unknown): unknown => {
  if (thrown instanceof CasebenchError) return thrown.code === 'filter.invalid' ? new CasebenchError('sql.failed', thrown.message, { detail: thrown.detail ?? '' }) : thrown;
  if (!(thrown instanceof Error)) return thrown;
  if (/^(Permission|IO) Error/i.test(thrown.message)) return refused('The query reaches outside the case.', thrown.message);
  const [said = '', ...rest] = thrown.message.split('\n\n');
  return new CasebenchError('sql.failed', `The query can't be run. ${said.trim().replaceAll('\n', ' ')} The data is unchanged. Correct it, then run it again.`, { detail: rest.join('\n\n') || thrown.message });
};

/** DuckDB's syntax tree of a text, as JSON. */
const serialized = async (engine: TableEngine, sql: string): Promise<string> => {
  try {
    const tree = (await engine.duck.query('SELECT json_serialize_sql($1::VARCHAR)', [text(sql)]))[0]?.getColumnVector(0).getItem(0);
    if (typeof tree === 'string') return tree;
  } catch (thrown) {
    throw failedSql(thrown);
  }
  throw refused("The query can't be checked.");
};

/** The tables a query names, after the guard has passed it. */
const check = async (engine: TableEngine, session: CaseSession, sql: string): Promise<Map<string, StoredTable>> => {
  const { tables } = checkSelect(await serialized(engine, sql), (name) => findTable(session, name) !== undefined);
  return new Map([...tables].flatMap((name) => {
    const table = findTable(session, name);
    return table === undefined ? [] : [[name, table] as const];
  }));
};

/** Runs one checked SELECT. Throws `sql.refused`, `sql.failed`, `deadline`, `limit`, `cancelled`. */
export const runSql = async (engine: TableEngine, session: CaseSession, sql: string, limits: SqlLimits): Promise<Omit<EngineOutput<'sql.run'>, 'elapsedMs'>> => {
  const tables = await check(engine, session, sql);
  const prepare = await Promise.all([...tables].map(([name, table]) => viewSql(engine, table, name, false)));
  const cleanUp = [...tables.keys()].map((name) => `DROP VIEW IF EXISTS temp.${nameQuoted(name)}`);
  let collectors: Collector[] = [];
  let rows = 0;
  let truncated = false;
  const start = (shape: ResultShape): void => {
    if (collectors.length > 0) return;
    const names = distinctNames(Array.from({ length: shape.columnCount }, (_, i) => shape.columnName(i)));
    collectors = names.map((name, i) => createCollector(name, shape.columnType(i)));
  };
  try {
    const shape = await engine.duck.stream(sql, [], { ...limits, prepare, cleanUp }, (chunk, found) => {
      start(found);
      const take = Math.min(chunk.rowCount, limits.maxRows - rows);
      for (const [i, collector] of collectors.entries()) collector.add(chunk, i, take);
      rows += take;
      truncated = take < chunk.rowCount || collectors.reduce((sum, c) => sum + c.chars, 0) > maxAnswerChars;
      return !truncated;
    });
    start(shape);
  } catch (thrown) {
    throw failedSql(thrown);
  }
  return { columns: collectors.map((c) => c.finish()), rows, truncated };
};

const distinctNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let n = 2; taken.has(free); n += 1) free = `${name}_${n}`;
    taken.add(free);
    return free;
  });
};

/**
 * Ids of a table's rows for which a condition holds, in the order of the evidence. The condition is one expression in SQL, checked as any
 * other query; it can't close the clause it stands in.
 */
export const rowsWhere = async (engine: TableEngine, session: CaseSession, table: StoredTable, condition: string, limits: Omit<SqlLimits, 'maxRows'>): Promise<Float64Array<ArrayBuffer>> => {
  checkCondition(await serialized(engine, `SELECT 1 WHERE (\n${condition}\n)`));
  const sql = `SELECT ${rowIdName} FROM ${nameQuoted(table.name)} WHERE (\n${condition}\n)`;
  const tables = await check(engine, session, sql);
  const prepare = await Promise.all([...tables].map(([name, t]) => viewSql(engine, t, name, t.id === table.id)));
  const cleanUp = [...tables.keys()].map((name) => `DROP VIEW IF EXISTS temp.${nameQuoted(name)}`);
  const found: number[] = [];
  try {
    await engine.duck.stream(`${sql} ORDER BY ${rowIdName}`, [], { ...limits, prepare, cleanUp }, (chunk) => {
      const vector = chunk.getColumnVector(0);
      for (let i = 0; i < chunk.rowCount; i += 1) found.push(Number(vector.getItem(i)));
    });
  } catch (thrown) {
    throw failedSql(thrown);
  }
  return Float64Array.from(found);
};
