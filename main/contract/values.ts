/**
 * Shapes of data shared by every domain: column types, bulk columns, scalars, tables and columns as a person knows them.
 * Rows cross as column arrays (typed arrays where the type allows), never as arrays of objects.
 */
import { z } from 'zod';

export const columnTypes = ['string', 'int', 'float', 'bool', 'datetime', 'timespan', 'dynamic'] as const;
export const columnType = z.enum(columnTypes);
export type ColumnType = z.infer<typeof columnType>;

/** Microseconds since 1970-01-01 UTC, an integer. */
export const micros = z.number().refine(Number.isSafeInteger, 'an integer number of microseconds');
export const rowId = z.number().int().nonnegative();
export const id = z.string().min(1).max(100);
export const columnName = z.string().max(1_000);

/** One value. datetime and timespan are microseconds; an int beyond ±2^53 is its decimal text; dynamic is JSON text. */
export const scalar = z.union([z.string().max(1_000_000), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalar>;

/** Bulk arrays are checked by kind only: contents were written by our own engine, and walking them would cost more than the query. */
const textArray = z.custom<(string | null)[]>((v) => Array.isArray(v));

/**
 * One column of a page. `number`: int, float, bool (0/1), datetime and timespan (µs); `nulls[i] = 1` where null.
 * `text`: string, dynamic (JSON text), and int columns holding values beyond ±2^53. `cut[i] = 1` where the text was shortened.
 */
export const columnData = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('number'),
    name: columnName,
    type: columnType,
    values: z.instanceof(Float64Array),
    nulls: z.instanceof(Uint8Array).nullable(),
  }),
  z.strictObject({
    kind: z.literal('text'),
    name: columnName,
    type: columnType,
    values: textArray,
    cut: z.instanceof(Uint8Array).nullable(),
  }),
]);
export type ColumnData = z.infer<typeof columnData>;

export const columnInfo = z.strictObject({
  /** Exactly as the schema or header spells it. */
  name: columnName,
  type: columnType,
  /** The text as it stood in the evidence is kept beside the value. */
  hasOriginal: z.boolean(),
  /** `index`: a saved DataFrame index, hidden until asked for. */
  role: z.enum(['index']).nullable(),
});
export type ColumnInfo = z.infer<typeof columnInfo>;

export const tableInfo = z.strictObject({
  id,
  name: z.string(),
  kind: z.enum(['evidence', 'rejects', 'derived']),
  rows: z.number().int(),
  rejected: z.number().int(),
  columns: z.array(columnInfo),
  /** The column views use for time unless told otherwise. */
  timeColumn: columnName.nullable(),
  /** First and last value of the time column, null when there is none. */
  fromUs: micros.nullable(),
  toUs: micros.nullable(),
  evidenceId: id.nullable(),
  /** Path inside an archive, '' for a plain file. */
  entry: z.string(),
  /** The table of rejected rows that belongs to this one. */
  rejectsTableId: id.nullable(),
  /** Set when the table is known to be incomplete. */
  truncated: z.strictObject({ limit: z.number().int(), atLeast: z.number().int() }).nullable(),
  warnings: z.array(z.string()),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  createdUs: micros,
});
export type TableInfo = z.infer<typeof tableInfo>;

export const evidenceInfo = z.strictObject({
  id,
  /** File name without folders. */
  name: z.string(),
  /** Folder as shown to a person. */
  folder: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  importer: z.string(),
  copied: z.boolean(),
  importedUs: micros,
  modifiedUs: micros.nullable(),
  rows: z.number().int(),
  rejected: z.number().int(),
});
export type EvidenceInfo = z.infer<typeof evidenceInfo>;
