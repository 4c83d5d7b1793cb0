/**
 * Opens SQLite databases the way a case needs them: WAL, full durability, foreign keys, nothing trusted from the file.
 * Owns: pragmas and the version floor. Must not know tables or what is kept in them.
 */
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { CasebenchError } from '../contract/index.ts';

/** Before 3.51.3 a WAL reset with several connections could lose a commit (SQLite release notes). */
const versionFloor = [3, 51, 3] as const;
const busyTimeoutMs = 5_000;

export const isVersionAtLeast = (version: string, floor: readonly number[]): boolean => {
  const parts = version.split('.').map(Number);
  for (const [place, least] of floor.entries()) {
    const part = parts[place] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
};

let checked = false;
/** Throws `internal` when the SQLite that came with the app is too old to be trusted with a case. */
export const assertSqliteVersion = (version?: string): void => {
  if (version === undefined && checked) return;
  let found = version;
  if (found === undefined) {
    const memory = new Sqlite(':memory:');
    found = String(memory.prepare('SELECT sqlite_version()').pluck().get());
    memory.close();
  }
  if (!isVersionAtLeast(found, versionFloor)) {
    throw new CasebenchError('internal', `This Casebench came with SQLite ${found}, which can lose saved changes. No case was opened or changed. Install Casebench again with SQLite ${versionFloor.join('.')} or newer.`);
  }
  if (version === undefined) checked = true;
};

const common = (db: Database): void => {
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('temp_store = MEMORY');
};

/** The one connection that writes. Each commit is on the disk before it returns; checkpoints are asked for, never taken in a commit. */
export const openWriter = (file: string, { create = false } = {}): Database => {
  assertSqliteVersion();
  const db = new Sqlite(file, { fileMustExist: !create, timeout: busyTimeoutMs });
  try {
    const mode = db.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal') {
      throw new CasebenchError('file.unwritable', 'The disk of this case does not support SQLite’s write-ahead log. Nothing was changed. Move the case to a local disk.', { detail: `journal_mode ${String(mode)}` });
    }
    db.pragma('synchronous = FULL');
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('journal_size_limit = 67108864');
    // A bulk change touches many pages; spilling them into the log before the commit costs twice.
    db.pragma('cache_size = -65536');
    common(db);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
};

/** A connection that can't write. */
export const openReader = (file: string): Database => {
  assertSqliteVersion();
  const db = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  common(db);
  return db;
};

/** A database that is thrown away: nothing of it has to survive anything. */
export const openScratch = (file: string): Database => {
  assertSqliteVersion();
  const db = new Sqlite(file);
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  common(db);
  return db;
};

/** Null when sound, else what SQLite says is wrong. */
export const quickCheck = (db: Database): string | null => {
  const found = db.pragma('quick_check(5)') as { quick_check: string }[];
  const lines = found.map((row) => row.quick_check);
  return lines.length === 1 && lines[0] === 'ok' ? null : lines.join('; ');
};
