/**
 * Reads the catalogue: evidence, tables, the case board. A row that can't be understood doesn't stop the case from opening:
 * it is left out and named in `setAside`. Must not write.
 */
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { boardItem } from '../contract/index.ts';
import type { BoardItem } from '../contract/index.ts';
import { storedEvidence, storedTable } from './stored.ts';
import type { StoredEvidence, StoredTable } from './types.ts';

export type SetAside = { readonly what: 'evidence' | 'table' | 'board'; readonly name: string; readonly detail: string };
export type Read<T> = { readonly items: T[]; readonly setAside: SetAside[] };

/** Longer texts than any command writes are never loaded whole. */
const maxTextBytes = 64_000_000;
/** SQL for a text column that reads as an unparsable marker when it is absurdly long. */
const bounded = (column: string): string => `CASE WHEN octet_length(${column}) > ${maxTextBytes} THEN NULL ELSE ${column} END`;

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

const readRows = <T>(db: Database, what: SetAside['what'], sql: string, read: (row: Record<string, unknown>) => z.ZodSafeParseResult<T>): Read<T> => {
  const items: T[] = [];
  const setAside: SetAside[] = [];
  for (const row of db.prepare(sql).iterate() as IterableIterator<Record<string, unknown>>) {
    const parsed = read(row);
    if (parsed.success) items.push(parsed.data);
    else setAside.push({ what, name: String(row['name'] ?? row['label'] ?? row['id']).slice(0, 300), detail: z.prettifyError(parsed.error) });
  }
  return { items, setAside };
};

const json = (row: Record<string, unknown>, field: string): unknown => {
  const parsed = jsonText.safeParse(row[field]);
  return parsed.success ? parsed.data : undefined;
};

const tableSql = (where: string): string => `
SELECT id, name, kind, rows, rejected, ${bounded('columns_json')} AS columnsJson, time_column AS timeColumn, from_us AS fromUs, to_us AS toUs,
  evidence_id AS evidenceId, entry, rejects_table_id AS rejectsTableId, ${bounded('truncated_json')} AS truncatedJson,
  ${bounded('warnings_json')} AS warningsJson, sha256, size_bytes AS sizeBytes, created_us AS createdUs, file
FROM case_table WHERE ${where} ORDER BY key`;

const parseTable = (row: Record<string, unknown>) => {
  const { columnsJson: _columns, truncatedJson, warningsJson: _warnings, ...plain } = row;
  return storedTable.safeParse({
    ...plain,
    columns: json(row, 'columnsJson'),
    warnings: json(row, 'warningsJson'),
    truncated: truncatedJson === null ? null : json(row, 'truncatedJson'),
  });
};

export const readTables = (db: Database, { hidden = false } = {}): Read<StoredTable> => readRows(db, 'table', tableSql(hidden ? 'true' : 'hidden = 0'), parseTable);

export const readEvidence = (db: Database, { hidden = false } = {}): Read<StoredEvidence> =>
  readRows(
    db,
    'evidence',
    `SELECT id, name, folder, size_bytes AS sizeBytes, sha256, importer, copied, imported_us AS importedUs, modified_us AS modifiedUs, rows, rejected,
       original_path AS originalPath, copy_path AS copyPath, ${bounded('options_json')} AS optionsJson
     FROM evidence ${hidden ? '' : 'WHERE hidden = 0'} ORDER BY key`,
    (row) => storedEvidence.safeParse({ ...row, copied: row['copied'] === 1 }),
  );

export const readBoard = (db: Database): Read<BoardItem> =>
  readRows(db, 'board', `SELECT id, kind, label, ${bounded('payload')} AS payload, created_us AS createdUs FROM board ORDER BY created_us, key`, (row) => boardItem.safeParse(row));
