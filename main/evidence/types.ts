/**
 * The words importers and the table builder share: what a reader found, what it is unsure about, what it set aside.
 * Plain data only, so that all of it can cross to the worker and back. No logic here.
 */
import type { ColumnType, ImportOptions } from '../contract/index.ts';

export type Format = NonNullable<ImportOptions['format']>;
export type Encoding = NonNullable<ImportOptions['encoding']>;

export type Newline = '\n' | '\r\n' | '\r';

/** How a delimited text file is written. Lines are 1-based physical lines. */
export type Dialect = {
  encoding: Encoding;
  delimiter: string;
  /** '' when values are never quoted. */
  quote: string;
  /** What makes a quote inside quotes literal: the quote itself or a backslash. */
  escape: string;
  /** How its first line ends; a file that changes its mind is read the slow way. */
  newline: Newline;
  /** Physical line of the header; 0 for none. */
  headerRow: number;
  /** Physical lines before the first record of data. */
  skipLines: number;
  /** Values every record must have. */
  width: number;
  /** Records with fewer values are completed with nulls instead of being set aside: the file leaves trailing values out. */
  padShort: boolean;
};

/** What a reader hands over for one column before its type is settled. `text`: nothing is known but the text. */
export type RawBase = 'text' | 'string' | 'int' | 'float' | 'bool' | 'dynamic' | 'datetime' | 'timespan';

export type RawColumn = {
  /** As the file spells it, duplicates told apart. */
  name: string;
  base: RawBase;
  /** Texts of values that were seen, nulls left out. */
  samples: string[];
  role: 'index' | null;
  /** SQL over the relation: a text to keep beside the value, null where the value says it all. */
  original?: string;
  /** The file itself names the type (Kusto answers, pickles, Parquet). */
  declared: ColumnType | null;
};

/** A record that could not become a row. */
export type Reject = { line: number; reason: string; text: string };

/** Rejects are long lists now and then: they travel as a file of JSON lines. */
export type RejectFile = { path: string; count: number };

/**
 * One table ready to be built: a SQL relation with columns `c0`…`cN` in record order, typed as `rawSqlTypes` says, and the files it reads.
 */
export type RawTable = {
  columns: RawColumn[];
  relation: string;
  /** Files outside the temporary folder that the relation reads. */
  reads: string[];
  warnings: string[];
};

/** Beyond this nothing can be shown or searched sensibly, and a header that never ends would be one. */
export const maxColumns = 5_000;

export const rawSqlTypes: Record<RawBase, string> = {
  text: 'VARCHAR',
  string: 'VARCHAR',
  int: 'BIGINT',
  float: 'DOUBLE',
  bool: 'BOOLEAN',
  dynamic: 'VARCHAR',
  datetime: 'TIMESTAMP',
  timespan: 'BIGINT',
};

export const storedSqlTypes: Record<ColumnType, string> = {
  string: 'VARCHAR',
  int: 'BIGINT',
  float: 'DOUBLE',
  bool: 'BOOLEAN',
  datetime: 'TIMESTAMP',
  timespan: 'BIGINT',
  dynamic: 'VARCHAR',
};
