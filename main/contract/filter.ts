/**
 * How any view narrows a table: filters per column, quick search, time range, marks, order. The same object drives grid,
 * timeline, facets, export and later graph and map, so that they can never disagree.
 */
import { z } from 'zod';
import { columnName, id, micros, scalar } from './values.ts';

const values = z.array(scalar).min(1).max(10_000);
const text = z.string().max(10_000);

export const filter = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['in', 'notIn']), column: columnName, values }),
  z.strictObject({ op: z.enum(['eq', 'ne', 'lt', 'le', 'gt', 'ge']), column: columnName, value: scalar }),
  z.strictObject({ op: z.literal('between'), column: columnName, from: scalar, to: scalar }),
  z.strictObject({
    op: z.enum(['contains', 'notContains', 'startsWith', 'endsWith']),
    column: columnName,
    text,
    caseSensitive: z.boolean().default(false),
  }),
  z.strictObject({
    op: z.enum(['regex', 'notRegex']),
    column: columnName,
    /** RE2 syntax: linear time, no back references. */
    pattern: z.string().max(2_000),
    caseSensitive: z.boolean().default(false),
  }),
  z.strictObject({ op: z.enum(['isNull', 'notNull']), column: columnName }),
  /** The text stands in any column. */
  z.strictObject({ op: z.literal('anyContains'), text }),
]);
export type Filter = z.infer<typeof filter>;

export const sortKey = z.strictObject({ column: columnName, dir: z.enum(['asc', 'desc']) });
export type SortKey = z.infer<typeof sortKey>;

export const timeRange = z
  .strictObject({ fromUs: micros, toUs: micros })
  .refine((r) => r.fromUs <= r.toUs, 'the range ends before it starts');
export type TimeRange = z.infer<typeof timeRange>;

export const viewQuery = z.strictObject({
  tableId: id,
  filters: z.array(filter).max(100).default([]),
  /** Quick search: case-insensitive, in all columns; '' for none. */
  search: z.string().max(1_000).default(''),
  /** From inclusive, to exclusive, on the table's time column (or `timeColumn`). Null for all, rows without a time included. */
  timeRange: timeRange.nullable().default(null),
  timeColumn: columnName.nullable().default(null),
  marks: z
    .strictObject({ starred: z.boolean().default(false), noted: z.boolean().default(false), tags: z.array(z.string().max(100)).max(100).default([]) })
    .nullable()
    .default(null),
  /** Empty: the order of the evidence. */
  sort: z.array(sortKey).max(8).default([]),
});
/** A complete query, as the engine sees it. */
export type ViewQuery = z.infer<typeof viewQuery>;
/** What a caller has to write. */
export type ViewQueryInput = z.input<typeof viewQuery>;
