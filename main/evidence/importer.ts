/**
 * The one interface every kind of evidence file has: how sure it is that a file is its own, judged by content, and how its tables
 * are read. Adding a format is one file under importers/ and one line in registry.ts.
 */
import type { ImportOptions } from '../contract/index.ts';
import type { ColumnPlan } from './build/plan.ts';
import type { Locate } from './build/settle.ts';
import type { Duck } from './duck.ts';

import type { Encoding, Format, RawTable, RejectFile } from './types.ts';
import type { WorkerPool } from './work/pool.ts';

/** The beginning of a file, as sniffers see it. */
export type Head = {
  bytes: Uint8Array;
  /** It is the whole file. */
  complete: boolean;
  /** File or entry name; only ever a hint. */
  name: string;
  encoding: Encoding;
  /** One character per byte, or decoded text for UTF-16. */
  text: string;
  binary: boolean;
};

export type ReadContext = {
  path: string;
  /** What a person calls it: file name, with ` › entry` inside an archive. */
  label: string;
  /** Name of the file or entry without folders. */
  name: string;
  sizeBytes: number;
  /** For a look only: exactness before speed. */
  preview: boolean;
  /** Read no further than this, for a preview. Null: everything. */
  limitBytes: number | null;
  options: ImportOptions;
  /** Of this item alone. */
  tempDir: string;
  pool: WorkerPool;
  /** A hardened instance of its own, for formats DuckDB describes itself. */
  withDuck<T>(reads: readonly string[], work: (duck: Duck) => Promise<T>): Promise<T>;
  signal: AbortSignal | undefined;
  /** 0–1 of the reading that goes before the table is built. */
  onProgress(share: number): void;
  nowUs: number;
};

/** One table of a file, ready to be built. */
export type ReadTable = {
  /** Path of the table inside the file (frame name, result set); '' when the file is one table. */
  part: string;
  /** A better name than the file's, when the file has one. */
  name: string | null;
  raw: RawTable;
  plan: ColumnPlan[];
  rejects: RejectFile | null;
  /** Finds lines and texts of rows in the file; null where a row has none but its values. */
  locate: Locate | null;
  /** Settings in force, sniffed ones completed by the analyst's. */
  settings: ImportOptions;
  confidence: number;
  /** Asked after staging: records the reader set aside meanwhile. Throws `FallbackNeeded` when its result can't be trusted. */
  collectRejects?: (duck: Duck) => Promise<RejectFile | null>;
  /** A slower, more forgiving way to read the same, used when the first fails. */
  fallback?: () => Promise<ReadTable>;
};

export class FallbackNeeded extends Error {}

export type Importer = {
  format: Format;
  /** 0: certainly not. Looks at content; the name only tips the balance between equals. */
  sniff(head: Head): number;
  read(context: ReadContext): Promise<ReadTable[]>;
};
