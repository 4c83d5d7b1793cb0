/** Reads given rows of a table, in the given order: the one place that decides how rows are found by their id. */
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { StoredColumn, StoredTable } from '../case/types.ts';
import { ridColumn } from '../case/types.ts';
import { CasebenchError, type ColumnData } from '../contract/index.ts';
import type { Duck } from './duck.ts';
import { nameQuoted } from './quote.ts';
import { readColumn, readFloats, reordered, selected, selectedOriginal } from './read-columns.ts';
import type { Source } from './sources.ts';

const rid = nameQuoted(ridColumn);

/**
 * The condition that finds rows by id. Ids are whole numbers of our own and stand in the SQL as such: only then does DuckDB look
 * them up by index or skip parts of the file.
 */
const idCondition = (rowIds: ArrayLike<number>, source: Source): string => {
  let low = Infinity;
  let high = -Infinity;
  const ids: number[] = [];
  for (let i = 0; i < rowIds.length; i += 1) {
    const id = rowIds[i] ?? -1;
    if (!Number.isSafeInteger(id) || id < 0) throw new TypeError(`not a row id: ${id}`);
    low = Math.min(low, id);
    high = Math.max(high, id);
    ids.push(id);
  }
  if (ids.length === 0) return 'false';
  const between = `${rid} BETWEEN ${low} AND ${high}`;
  if (high - low + 1 === ids.length) return between;
  const within = `${rid} IN (${ids.join(', ')})`;
  return source.indexed && high - low > 50 * ids.length ? within : `${between} AND ${within}`;
};

/** Where each wanted row came in the chunks. Throws `notFound` when the table has no such row. */
const placesOf = (chunks: readonly DuckDBDataChunk[], rowIds: ArrayLike<number>, table: StoredTable): Uint32Array => {
  const place = new Map<number, number>();
  for (const [i, id] of readFloats(chunks, 0).entries()) place.set(id, i);
  return Uint32Array.from(rowIds, (id) => {
    const at = place.get(id);
    if (at === undefined) throw new CasebenchError('notFound', `Table “${table.name}” has no row ${id + 1}. Nothing was changed.`, { detail: `row id ${id}` });
    return at;
  });
};

/** Columns of the given rows, in the order of `rowIds`; with `originals`, the texts as written follow as further columns. */
export const readRows = async (
  duck: Duck,
  source: Source,
  table: StoredTable,
  rowIds: ArrayLike<number>,
  columns: readonly StoredColumn[],
  options: { maxChars: number | null; originals?: boolean; signal?: AbortSignal | undefined },
): Promise<ColumnData[]> => {
  const { maxChars, originals = false, signal } = options;
  const list = [`CAST(${rid} AS DOUBLE)`, ...columns.map((c) => selected(c, maxChars)), ...(originals ? columns.map(selectedOriginal) : [])];
  const chunks = rowIds.length === 0 ? [] : await duck.query(`SELECT ${list.join(', ')} FROM ${source.relation} WHERE ${idCondition(rowIds, source)}`, [], { signal });
  const places = placesOf(chunks, rowIds, table);
  const all = [...columns, ...(originals ? columns.map((c) => ({ name: c.name, type: 'string' as const })) : [])];
  const inOrder = places.every((p, i) => p === i);
  return all.map((c, i) => {
    const column = readColumn(chunks, i + 1, c, maxChars);
    return inOrder ? column : reordered(column, places);
  });
};
