/**
 * Reads marks: of the rows of a page, of one row, of a whole table, and the list of all marked rows. Must not write; commands do.
 * Rows of tables that were removed from sight are left out of lists and counts.
 */
import { z } from 'zod';
import type { Database } from 'better-sqlite3';
import type { CaseSession } from '../case/types.ts';
import type { EngineOutput, RowMarks, TagInfo } from '../contract/index.ts';

type MarkedRow = EngineOutput<'mark.list'>['rows'][number];
type Note = MarkedRow['notes'][number];
type MarkRow = { tableKey: number; rowId: number; starredUs: number | null; tags: number; notes: number };

/** Commands write at most 100,000 characters; a longer text came from elsewhere and is not loaded. */
const maxNoteBytes = 1_000_000;

const keyOf = (db: Database, tableId: string): number | null =>
  (db.prepare('SELECT key FROM case_table WHERE id = ?').pluck().get(tableId) as number | undefined) ?? null;

const tagsReader = (db: Database): ((tableKey: number, rowId: number) => string[]) => {
  const tags = db.prepare('SELECT tag.name FROM row_tag JOIN tag ON tag.key = row_tag.tag_key WHERE table_key = ? AND row_id = ? ORDER BY at_us, tag.key').pluck();
  return (tableKey, rowId) => tags.all(tableKey, rowId) as string[];
};

const notesReader = (db: Database): ((tableKey: number, rowId: number) => Note[]) => {
  const notes = db.prepare(
    `SELECT id, CASE WHEN octet_length(text) <= ${maxNoteBytes} THEN text END AS text, octet_length(text) AS bytes, created_us AS createdUs, edited_us AS editedUs
     FROM note WHERE table_key = ? AND row_id = ? ORDER BY created_us, key`,
  );
  return (tableKey, rowId) =>
    (notes.all(tableKey, rowId) as (Note & { text: string | null; bytes: number })[]).map(({ bytes, text, ...note }) => ({
      ...note,
      text: text ?? `This note holds ${bytes.toLocaleString('en-US')} bytes, more than a note can have. It was not loaded and is kept in case.db.`,
    }));
};

const markColumns = 'table_key AS tableKey, row_id AS rowId, starred_us AS starredUs, tags, notes';

/** Marks of the given rows; rows without marks are not listed. */
export const marksOfRows = (session: CaseSession, tableId: string, rowIds: ArrayLike<number>): RowMarks[] => {
  const { db } = session;
  const key = keyOf(db, tableId);
  if (key === null) return [];
  const one = db.prepare(`SELECT ${markColumns} FROM marked_row WHERE table_key = ? AND row_id = ?`);
  const tagsOf = tagsReader(db);
  const found: RowMarks[] = [];
  for (let i = 0; i < rowIds.length; i += 1) {
    const row = one.get(key, rowIds[i]) as MarkRow | undefined;
    if (row === undefined) continue;
    found.push({ rowId: row.rowId, starred: row.starredUs !== null, tags: row.tags === 0 ? [] : tagsOf(key, row.rowId), notes: row.notes });
  }
  return found;
};

/** Everything on one row, with the text of its notes. */
export const marksOfRow = (session: CaseSession, tableId: string, rowId: number): Omit<MarkedRow, 'tableId' | 'rowId'> => {
  const [marks] = marksOfRows(session, tableId, [rowId]);
  const key = keyOf(session.db, tableId);
  if (marks === undefined || key === null) return { starred: false, tags: [], notes: [] };
  return { starred: marks.starred, tags: marks.tags, notes: marks.notes === 0 ? [] : notesReader(session.db)(key, rowId) };
};

export type MarkFilter = { readonly starred: boolean; readonly noted: boolean; readonly tags: readonly string[] };

/**
 * Ids of marked rows of one table, ascending. Every kind that is asked for must be there; of several tags any one is enough.
 * Nothing asked for: every row that carries any mark.
 */
export const markedRowIds = (session: CaseSession, tableId: string, filter: MarkFilter): Float64Array => {
  const { db } = session;
  const key = keyOf(db, tableId);
  if (key === null) return new Float64Array(0);
  const conditions = ['table_key = ?'];
  if (filter.starred) conditions.push('starred_us IS NOT NULL');
  if (filter.noted) conditions.push('notes > 0');
  const values: (string | number)[] = [key];
  if (filter.tags.length > 0) {
    conditions.push('row_id IN (SELECT row_id FROM row_tag WHERE table_key = ? AND tag_key IN (SELECT key FROM tag WHERE name IN (SELECT value FROM json_each(?))))');
    values.push(key, JSON.stringify(filter.tags.map((tag) => tag.normalize('NFC'))));
  }
  const sql = `SELECT row_id FROM marked_row WHERE ${conditions.join(' AND ')} ORDER BY row_id`;
  return Float64Array.from(db.prepare(sql).pluck().all(...values) as number[]);
};

/** How many rows of a table carry a star (`tag` null) or a tag. */
export const countMarked = ({ db }: CaseSession, tableId: string, tag: string | null): number => {
  const found =
    tag === null
      ? db.prepare('SELECT count(*) FROM marked_row WHERE table_key = (SELECT key FROM case_table WHERE id = ?) AND starred_us IS NOT NULL').pluck().get(tableId)
      : db.prepare('SELECT count(*) FROM row_tag WHERE table_key = (SELECT key FROM case_table WHERE id = ?) AND tag_key = (SELECT key FROM tag WHERE name = ?)').pluck().get(tableId, tag);
  return Number(found);
};

/** In the order they were first used. Tags that no row carries any more are left out; their colour stays theirs. */
export const listTags = (session: CaseSession): TagInfo[] =>
  session.db
    .prepare(
      `SELECT tag.name, tag.color, sum(counted.rows) AS rows
       FROM (SELECT tag_key, table_key, count(*) AS rows FROM row_tag GROUP BY tag_key, table_key) AS counted
       JOIN tag ON tag.key = counted.tag_key JOIN case_table ON case_table.key = counted.table_key
       WHERE case_table.hidden = 0 GROUP BY tag.key ORDER BY tag.key`,
    )
    .all() as TagInfo[];

/** Marked rows of all tables, newest mark first. */
export const listMarked = (session: CaseSession, offset: number, limit: number): { rows: MarkedRow[]; total: number } => {
  const { db } = session;
  const total = db
    .prepare(
      `SELECT coalesce(sum(counted.rows), 0) FROM (SELECT table_key, count(*) AS rows FROM marked_row GROUP BY table_key) AS counted
       JOIN case_table ON case_table.key = counted.table_key WHERE case_table.hidden = 0`,
    )
    .pluck()
    .get();
  const rows = db
    .prepare(
      `SELECT case_table.id AS tableId, ${markColumns} FROM marked_row JOIN case_table ON case_table.key = marked_row.table_key
       WHERE case_table.hidden = 0 ORDER BY newest_us DESC, table_key, row_id LIMIT ? OFFSET ?`,
    )
    .all(limit, offset) as (MarkRow & { tableId: string })[];
  const tagsOf = tagsReader(db);
  const notesOf = notesReader(db);
  return {
    total: z.number().int().parse(total),
    rows: rows.map(({ tableId, tableKey, rowId, starredUs, tags, notes }) => ({
      tableId,
      rowId,
      starred: starredUs !== null,
      tags: tags === 0 ? [] : tagsOf(tableKey, rowId),
      notes: notes === 0 ? [] : notesOf(tableKey, rowId),
    })),
  };
};
