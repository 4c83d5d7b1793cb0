/** Tables as a view needs them: pages, one row in full, value counts, positions, copies, exports, read-only SQL. */
import { z } from 'zod';
import { call, done, job } from './define.ts';
import { viewQuery } from './filter.ts';
import { columnData, columnName, columnType, id, rowId, scalar } from './values.ts';

export const maxPageRows = 1_000;

/** Marks of one row of a page; rows without marks are not listed. */
export const rowMarks = z.strictObject({
  rowId,
  starred: z.boolean(),
  tags: z.array(z.string()),
  notes: z.number().int(),
});
export type RowMarks = z.infer<typeof rowMarks>;

export const tablePage = z.strictObject({
  /** Rows that match, and rows in the table. */
  matched: z.number().int(),
  of: z.number().int(),
  offset: z.number().int(),
  rowIds: z.instanceof(Float64Array),
  columns: z.array(columnData),
  marks: z.array(rowMarks),
});
export type TablePage = z.infer<typeof tablePage>;

export const rowDetail = z.strictObject({
  tableId: id,
  rowId,
  cells: z.array(
    z.strictObject({
      name: columnName,
      type: columnType,
      value: scalar,
      /** As written in the evidence, where that differs from the value's own text. */
      original: z.string().nullable(),
    }),
  ),
  provenance: z.strictObject({
    evidenceName: z.string().nullable(),
    entry: z.string(),
    sha256: z.string().nullable(),
    /** 1-based record in the file, null for derived tables. */
    record: z.number().int().nullable(),
    /** `verified`: hash matched when last checked in this case; `unchecked`; `changed`; `missing`. */
    state: z.enum(['verified', 'unchecked', 'changed', 'missing', 'derived']),
  }),
  starred: z.boolean(),
  tags: z.array(z.string()),
  notes: z.array(z.strictObject({ id, text: z.string(), createdUs: z.number(), editedUs: z.number().nullable() })),
});
export type RowDetail = z.infer<typeof rowDetail>;

export const facetValue = z.strictObject({ value: scalar, count: z.number().int() });
export type FacetValue = z.infer<typeof facetValue>;

export const exportFormats = ['csv', 'tsv', 'jsonl', 'parquet'] as const;

/** Rows by id, or all rows of a view. */
export const rowSet = z.union([
  z.strictObject({ rowIds: z.array(rowId).min(1).max(100_000), tableId: id }),
  z.strictObject({ view: viewQuery }),
]);
export type RowSet = z.infer<typeof rowSet>;

export const tableOps = {
  'table.page': call(
    z.strictObject({
      view: viewQuery,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(maxPageRows),
      /** Null for all columns. */
      columns: z.array(columnName).max(5_000).nullable().default(null),
      /** Longer texts are cut, and marked so. */
      maxTextChars: z.number().int().min(16).max(100_000).default(400),
    }),
    tablePage,
  ),
  'table.count': call(z.strictObject({ view: viewQuery }), z.strictObject({ matched: z.number().int(), of: z.number().int() })),
  'table.row': call(z.strictObject({ tableId: id, rowId }), rowDetail),
  /** Where a row stands in a view; null when the view leaves it out. */
  'table.locate': call(z.strictObject({ view: viewQuery, rowId }), z.strictObject({ offset: z.number().int().nullable() })),
  /** Value counts of one column within a view; the column's own filters are left out, so that other values can be picked. */
  'table.facet': call(
    z.strictObject({
      view: viewQuery,
      column: columnName,
      order: z.enum(['count', 'rare', 'value']).default('count'),
      limit: z.number().int().min(1).max(10_000).default(100),
      search: z.string().max(1_000).default(''),
    }),
    z.strictObject({ values: z.array(facetValue), distinct: z.number().int(), nulls: z.number().int(), rows: z.number().int() }),
  ),
  /** Text for the clipboard. At most 20,000 rows; `cut` says when there were more. */
  'table.copy': call(
    z.strictObject({
      rows: rowSet,
      columns: z.array(columnName).max(5_000).nullable().default(null),
      format: z.enum(['tsv', 'csv', 'json']).default('tsv'),
      defang: z.boolean().default(true),
      header: z.boolean().default(true),
    }),
    z.strictObject({ text: z.string(), rows: z.number().int(), cut: z.boolean() }),
  ),
  'table.export': job(
    z.strictObject({
      view: viewQuery,
      columns: z.array(columnName).max(5_000).nullable().default(null),
      format: z.enum(exportFormats),
      saveHandle: id,
      /** CSV and TSV: text cells that a spreadsheet would run as a formula get a leading apostrophe. */
      neutraliseFormulas: z.boolean().default(true),
      defang: z.boolean().default(false),
    }),
    z.strictObject({
      rows: z.number().int(),
      bytes: z.number().int(),
      sha256: z.string(),
      fileName: z.string(),
      /** What was done to the values on the way out. */
      defanged: z.boolean(),
      formulasNeutralised: z.boolean(),
      /** Cells that got an apostrophe. */
      neutralised: z.number().int(),
    }),
  ),
  'table.rename': call(z.strictObject({ tableId: id, name: z.string().min(1).max(200) }), done),
  /** Out of sight, undoable; the file stays in the case folder. */
  'table.remove': call(z.strictObject({ tableId: id }), done),
  'table.setTimeColumn': call(z.strictObject({ tableId: id, column: columnName.nullable() }), done),
  /** One read-only SELECT over case tables; no file, network or extension access. */
  'sql.run': call(
    z.strictObject({ sql: z.string().min(1).max(200_000), limit: z.number().int().min(1).max(100_000).default(10_000) }),
    z.strictObject({ columns: z.array(columnData), rows: z.number().int(), truncated: z.boolean(), elapsedMs: z.number() }),
  ),
} as const;
