/** One row in full: every value, the text as written where it differs, and where in the evidence it came from. */
import type { CaseSession, StoredTable } from '../case/types.ts';
import { evidenceState } from '../case/index.ts';
import { CasebenchError, type ColumnData, type RowDetail } from '../contract/index.ts';
import { marksOfRow } from '../mark/index.ts';
import { formatTimespan } from '../shared/duration.ts';
import { formatTime, toIso, utc } from '../shared/time.ts';
import { readFloats, scalarAt } from './read-columns.ts';
import { recordNumber } from './record-number.ts';
import type { TableEngine } from './table-engine.ts';

/** The contract's bound on one text. */
const maxChars = 1_000_000;

/** Spellings of a value that a person wouldn't call different from it. */
const ownTexts = (column: ColumnData, i: number): (string | null)[] => {
  const value = scalarAt(column, i);
  if (typeof value !== 'number') return [value === null ? null : String(value)];
  if (column.type === 'datetime') return [toIso(value), toIso(value).slice(0, -1), formatTime(value, utc, 'datetime')];
  return column.type === 'timespan' ? [formatTimespan(value), String(value)] : [String(value)];
};

type ImportedItem = { format?: string; headerRow?: number };

/** First physical line of data in a delimited text; records of other formats are numbered themselves. */
const firstLine = (session: CaseSession, table: StoredTable): number => {
  const evidence = session.evidence().find((e) => e.id === table.evidenceId);
  try {
    const { items = {} } = JSON.parse(evidence?.optionsJson ?? '{}') as { items?: Record<string, ImportedItem> };
    const item = items[table.entry];
    return item?.format === 'csv' ? (item.headerRow ?? 1) + 1 : 1;
  } catch {
    return 1; // settings from another version: the number is off by the header at most
  }
};

/** Places of the table's rejected records, remembered: they never change. */
const places = new WeakMap<TableEngine, Map<string, Promise<ArrayLike<number>>>>();

const rejectedPlaces = (engine: TableEngine, session: CaseSession, table: StoredTable): Promise<ArrayLike<number>> => {
  const rejects = session.tables().find((t) => t.id === table.rejectsTableId);
  if (rejects === undefined || rejects.rows === 0) return Promise.resolve([]);
  let known = places.get(engine);
  if (known === undefined) places.set(engine, (known = new Map()));
  const before = known.get(rejects.id);
  if (before !== undefined) return before;
  const asked = (async () => {
    const numbered = rejects.columns.some((c) => c.name === 'record');
    const { relation } = await engine.source(rejects);
    const chunks = await engine.duck.query(`SELECT CAST(${numbered ? 'record' : 'line'} AS DOUBLE) FROM ${relation} ORDER BY 1`);
    const first = numbered ? 1 : firstLine(session, table);
    return readFloats(chunks, 0).map((line) => line - first + 1);
  })();
  known.set(rejects.id, asked);
  asked.catch(() => known.delete(rejects.id));
  return asked;
};

const provenanceOf = async (engine: TableEngine, session: CaseSession, table: StoredTable, rowId: number): Promise<RowDetail['provenance']> => {
  const evidence = session.evidence().find((e) => e.id === table.evidenceId);
  if (evidence === undefined || table.kind === 'derived') return { evidenceName: null, entry: table.entry, sha256: null, record: null, state: 'derived' };
  return {
    evidenceName: evidence.name,
    entry: table.entry,
    sha256: evidence.sha256,
    record: table.kind === 'rejects' ? null : recordNumber(rowId, await rejectedPlaces(engine, session, table)),
    state: evidenceState(session, evidence.id),
  };
};

/** Throws `notFound` for a row the table doesn't have. */
export const rowDetail = async (engine: TableEngine, session: CaseSession, tableId: string, rowId: number): Promise<RowDetail> => {
  const table = session.table(tableId);
  if (rowId >= table.rows) throw new CasebenchError('notFound', `Table “${table.name}” has no row ${rowId + 1}. Nothing was changed.`, { detail: `row id ${rowId}` });
  const [columns, provenance] = await Promise.all([
    engine.readRows(table, [rowId], table.columns, { maxChars, originals: true }),
    provenanceOf(engine, session, table, rowId),
  ]);
  const count = table.columns.length;
  const cells = columns.slice(0, count).map((column, i) => {
    const original = columns[count + i];
    const written = original === undefined ? null : scalarAt(original, 0);
    return {
      name: column.name,
      type: column.type,
      value: scalarAt(column, 0),
      original: typeof written === 'string' && !ownTexts(column, 0).includes(written) ? written : null,
    };
  });
  return { tableId, rowId, cells, provenance, ...marksOfRow(session, tableId, rowId) };
};
