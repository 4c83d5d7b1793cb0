/**
 * What the rest of the engine may know of an open case. The case owns the folder, the database, the command log and the lock;
 * features get this interface and add their own commands, never SQL of their own outside a command or a read.
 */
import type { Database } from 'better-sqlite3';
import type { CaseInfo, ColumnInfo, EvidenceInfo, TableInfo } from '../contract/index.ts';

/** A column with its place in the Parquet file. */
export type StoredColumn = ColumnInfo & {
  /** Column name in the file: unique without regard to case, since DuckDB compares names so. */
  physical: string;
  /** Companion VARCHAR column with the text as written, or null. */
  originalPhysical: string | null;
};

/**
 * A table of the catalogue. Its file holds `_rid` (BIGINT, 0…rows-1 in evidence order, first column) and the columns.
 * Physical types: string VARCHAR, int BIGINT, float DOUBLE, bool BOOLEAN, datetime TIMESTAMP (µs, UTC), timespan BIGINT (µs),
 * dynamic VARCHAR (JSON text).
 */
export type StoredTable = Omit<TableInfo, 'columns'> & {
  /** Relative to the case folder, e.g. `tables/0001-SecurityEvent.parquet`. */
  file: string;
  columns: StoredColumn[];
};

export const ridColumn = '_rid';

export type StoredEvidence = EvidenceInfo & {
  /** Where it was when imported; absolute. Never leaves the engine. */
  originalPath: string;
  /** Relative to the case folder when copied. */
  copyPath: string | null;
  /** Settings it was imported with, as JSON. */
  optionsJson: string;
};

/** A change to the case. `payload` is plain JSON; it is what the hash-chained log keeps. */
export type Command<P = unknown> = { readonly kind: string; readonly payload: P };

/**
 * How one kind of command is carried out. `apply` runs inside the transaction that appends the log entry, writes only through
 * `db`, and returns the command that takes it back, or null when it can't be taken back. Kinds are never renamed: old logs hold them.
 */
export type CommandHandler<P = never> = {
  readonly kind: string;
  /** What a person reads in history and in "Undo …". */
  label(payload: P): string;
  apply(db: Database, payload: P, context: CommandContext): Command | null;
  /** What listeners hear about. */
  touches(payload: P): Touched;
};
/** `nowUs` is the time of the log entry: a redo and a replay are given the time of the first run, so that they end in the same state. */
export type CommandContext = { readonly nowUs: number };

export type ChangeKind = 'tables' | 'marks' | 'board' | 'case';
export type Touched = { readonly kinds: readonly ChangeKind[]; readonly tableIds: readonly string[] };

/** Returned by `apply` when there was nothing to change: a step in which every command says so leaves no log entry. */
export const unchanged: Command = { kind: 'unchanged', payload: null };

export type CaseSession = {
  readonly caseId: string;
  /** Absolute. */
  readonly folder: string;
  readonly tablesDir: string;
  readonly evidenceDir: string;
  /** For half-made files: on the same file system as the tables, emptied when the case is opened and closed. */
  readonly tempDir: string;
  readonly readOnly: boolean;
  /** For reads. Writes go through `execute`. */
  readonly db: Database;
  info(): CaseInfo;
  tables(): StoredTable[];
  /** Throws `notFound`. */
  table(tableId: string): StoredTable;
  evidence(): StoredEvidence[];
  /** Runs commands in one transaction, one undo step each group. Throws `case.readOnly`. Returns the new revision. */
  execute(...commands: Command[]): number;
  /** Label of what was undone, null when there is nothing. */
  undo(): string | null;
  redo(): string | null;
  /** View state: kept at once, not part of the history. */
  loadView(key: string): string | null;
  saveView(key: string, json: string | null): void;
  onChanged(listener: (kinds: ReadonlySet<ChangeKind>, tableIds: readonly string[]) => void): () => void;
  /** Anything opened on the case ends with it. */
  own(disposable: { close(): void | Promise<void> }): void;
  close(): Promise<void>;
};
