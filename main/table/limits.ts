/** Where the table engine changes its ways: sizes from which the quicker but dearer way pays, and bounds of what is remembered. */

export type TableLimits = {
  /** Smaller tables are quick enough from their Parquet file; bigger ones get a native copy. */
  readonly copyFromRows: number;
  readonly maxCopyBytes: number;
  /** Sorting fewer rows takes no longer than finding the first of them. */
  readonly headFromRows: number;
  /** How many of the first rows of a sorted view are found ahead of the rest. */
  readonly headRows: number;
  /** Row lists of views that are kept. */
  readonly maxListBytes: number;
  /** Regular expressions stop after this long, and a millisecond more for each thousand rows. */
  readonly regexBaseMs: number;
};

export const defaultLimits: TableLimits = {
  copyFromRows: 200_000,
  maxCopyBytes: 6_000_000_000,
  headFromRows: 300_000,
  headRows: 4_000,
  maxListBytes: 192_000_000,
  regexBaseMs: 2_000,
};

export const regexDeadlineMs = (limits: Pick<TableLimits, 'regexBaseMs'>, rows: number): number => limits.regexBaseMs + rows / 1_000;
