/**
 * One read under tight limits, with the invariants every result must keep.
 * Owns: what "tables or PickleError" means in tests. Must not: hide other exceptions.
 */

import { PickleError, readPickle, type PickleTable } from '../../../main/pickle/index.ts';

export type Outcome = { kind: 'tables'; tables: PickleTable[] } | { kind: 'error'; error: PickleError };

/** Throws when the reader throws anything but PickleError or breaks its own promises. */
export function readOutcome(bytes: Uint8Array, deadlineMs = 20_000): Outcome {
  let tables: PickleTable[];
  try {
    tables = readPickle(bytes, { limits: { deadlineMs, maxElements: 20_000_000 } });
  } catch (error) {
    if (error instanceof PickleError) return { kind: 'error', error };
    throw error;
  }
  for (const table of tables) {
    const names = new Set<string>();
    for (const column of table.columns) {
      if (column.values.length !== table.rows) throw new Error(`column of ${column.values.length} values in a table of ${table.rows} rows`);
      if (names.has(column.name)) throw new Error(`two columns are named ${column.name}`);
      names.add(column.name);
      if ('nulls' in column && column.nulls !== null && column.nulls.length !== table.rows) throw new Error('null map of the wrong length');
      if (column.type === 'datetime' && column.original !== null && column.original.length !== table.rows) throw new Error('originals of the wrong length');
      if (column.type === 'string' && column.values.some((v) => v !== null && typeof v !== 'string')) throw new Error('a text column holds something else');
      if (column.type === 'dynamic') for (const v of column.values) if (v !== null) JSON.parse(v);
    }
  }
  return { kind: 'tables', tables };
}
