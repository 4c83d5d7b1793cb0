/**
 * Compares case.db with what its log says it should hold: the log is carried out again in a scratch database, and both are walked
 * side by side. Names every row that was changed, added or removed behind the log's back.
 */
import type { Database } from 'better-sqlite3';
import type { VerifyFinding } from '../contract/index.ts';
import { readEntry } from './log.ts';
import { migrate } from './migrations/index.ts';
import type { Pacer } from './pacing.ts';
import { replayEntry } from './replay.ts';

type Row = readonly (string | number | null | Buffer)[];
type Compared = {
  readonly table: string;
  /** The first columns of the query that identify a row. */
  readonly keys: number;
  readonly sql: string;
  name(row: Row, tableName: (key: unknown) => string): string;
};

/** Texts longer than any that a command writes are compared by their length alone. */
const bounded = (column: string): string => `CASE WHEN octet_length(${column}) > 4000000 THEN octet_length(${column}) ELSE ${column} END AS ${column}`;

const plain = (value: unknown): string => String(value).slice(0, 120);

const compared: readonly Compared[] = [
  { table: 'meta', keys: 1, sql: `SELECT key, value FROM meta WHERE key IN ('case_id', 'name', 'created_us') ORDER BY key`, name: (row) => `Case ${plain(row[0])}` },
  { table: 'evidence', keys: 1, sql: 'SELECT id, * FROM evidence ORDER BY id', name: (row) => `Ledger entry ${plain(row[4])}` },
  { table: 'case_table', keys: 1, sql: 'SELECT id, * FROM case_table ORDER BY id', name: (row) => `Table ${plain(row[4])}` },
  { table: 'tag', keys: 1, sql: 'SELECT name, * FROM tag ORDER BY name', name: (row) => `Tag ${plain(row[0])}` },
  { table: 'marked_row', keys: 2, sql: 'SELECT * FROM marked_row ORDER BY table_key, row_id', name: (row, tableName) => `Marks of row ${plain(row[1])} in ${tableName(row[0])}` },
  {
    table: 'row_tag',
    keys: 3,
    sql: 'SELECT * FROM row_tag ORDER BY table_key, row_id, tag_key',
    name: (row, tableName) => `Tag on row ${plain(row[1])} in ${tableName(row[0])}`,
  },
  { table: 'note', keys: 1, sql: `SELECT id, key, id, table_key, row_id, ${bounded('text')}, created_us, edited_us FROM note ORDER BY id`, name: (row, tableName) => `Note on row ${plain(row[4])} in ${tableName(row[3])}` },
  { table: 'board', keys: 1, sql: `SELECT id, key, id, kind, label, ${bounded('payload')}, created_us FROM board ORDER BY id`, name: (row) => `Case board item ${plain(row[4])}` },
  { table: 'undo_state', keys: 1, sql: 'SELECT * FROM undo_state ORDER BY seq', name: (row) => `Undo state of entry ${plain(row[0])}` },
];

const maxFindingsPerTable = 100;

/** Fills `scratch`, an empty database, from the log. A finding when an entry can't be carried out. */
const replayAll = async (db: Database, scratch: Database, pace: Pacer): Promise<VerifyFinding | null> => {
  migrate(scratch);
  const seqs = db.prepare('SELECT seq FROM log ORDER BY seq').pluck().all() as number[];
  for (const seq of seqs) {
    await pace();
    const entry = readEntry(db, seq);
    if (entry === null) continue;
    try {
      replayEntry(scratch, entry);
    } catch (thrown) {
      return { kind: 'log', name: `Entry ${seq}: ${entry.label.slice(0, 200)}`, problem: 'broken', detail: `The entry can’t be carried out again (${thrown instanceof Error ? thrown.message : String(thrown)}), so the rows of case.db could not be compared with the log.` };
    }
  }
  return null;
};

const compareKeys = (a: Row, b: Row, keys: number): number => {
  for (let i = 0; i < keys; i += 1) {
    const [left, right] = [a[i] ?? null, b[i] ?? null];
    if (left === right) continue;
    if (left === null) return -1;
    if (right === null) return 1;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  }
  return 0;
};
const sameValue = (a: Row[number] | undefined, b: Row[number] | undefined): boolean => (Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : a === b);

const walk = async (db: Database, scratch: Database, what: Compared, tableName: (key: unknown) => string, pace: Pacer): Promise<VerifyFinding[]> => {
  const findings: VerifyFinding[] = [];
  let more = 0;
  const report = (row: Row, problem: VerifyFinding['problem'], detail: string): void => {
    if (findings.length < maxFindingsPerTable) findings.push({ kind: 'database', name: what.name(row, tableName), problem, detail });
    else more += 1;
  };
  const statement = db.prepare(what.sql).raw();
  const columns = statement.columns().map((column) => column.name);
  const stored = statement.iterate() as IterableIterator<Row>;
  const logged = scratch.prepare(what.sql).raw().iterate() as IterableIterator<Row>;
  try {
    let a = stored.next();
    let b = logged.next();
    while (a.done !== true || b.done !== true) {
      await pace();
      const order = a.done === true ? 1 : b.done === true ? -1 : compareKeys(a.value, b.value, what.keys);
      if (order < 0 && a.done !== true) {
        report(a.value, 'changed', `A row of “${what.table}” is in case.db without any entry of the action log that put it there.`);
        a = stored.next();
      } else if (order > 0 && b.done !== true) {
        report(b.value, 'missing', `The action log put a row into “${what.table}” that case.db no longer holds.`);
        b = logged.next();
      } else if (a.done !== true && b.done !== true) {
        const [left, right] = [a.value, b.value];
        const differing = columns.filter((_name, place) => place >= what.keys && !sameValue(left[place], right[place]));
        if (differing.length > 0) report(right, 'changed', `Its ${differing.join(', ')} in case.db ${differing.length === 1 ? 'is' : 'are'} not what the action log says: changed outside Casebench.`);
        a = stored.next();
        b = logged.next();
      }
    }
  } finally {
    stored.return?.();
    logged.return?.();
  }
  if (more > 0) findings.push({ kind: 'database', name: what.table, problem: 'changed', detail: `${more.toLocaleString('en-US')} more rows of “${what.table}” differ from the action log.` });
  return findings;
};

/** @param scratch an empty database that is thrown away afterwards. */
export const verifyState = async (db: Database, scratch: Database, pace: Pacer): Promise<VerifyFinding[]> => {
  const stuck = await replayAll(db, scratch, pace);
  if (stuck !== null) return [stuck];
  const names = new Map(db.prepare('SELECT key, name FROM case_table').raw().all() as [number, string][]);
  const tableName = (key: unknown): string => names.get(Number(key)) ?? `table ${plain(key)}`;
  const findings: VerifyFinding[] = [];
  for (const what of compared) findings.push(...(await walk(db, scratch, what, tableName, pace)));
  return findings;
};
