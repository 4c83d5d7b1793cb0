/**
 * Decides whether case.db can be worked with: there, readable, sound. Must not repair; a log that was edited is not damage here,
 * verification names that.
 */
import type { Database } from 'better-sqlite3';
import { fileBytes } from './backup.ts';
import { isDamage } from './failures.ts';
import type { Layout } from './layout.ts';
import { readEntry, storedHead } from './log.ts';
import { readMeta } from './meta.ts';
import { openReader, openWriter, quickCheck } from './sqlite.ts';

export type Problem = { readonly kind: 'missing' | 'damaged'; readonly detail: string };

/** Up to here the whole database is checked at every opening (about 100 ms); above, only after an unclean end. */
const checkAlwaysBytes = 64_000_000;

/** Reads what an open case reads first; throws SQLite's own error where pages are broken. */
const probe = (db: Database, bytes: number): string | null => {
  if (db.pragma('user_version', { simple: true }) === 0) return 'it holds no case';
  if (readMeta(db, 'case_id') === null) return 'it does not say which case it is';
  readEntry(db, storedHead(db).seq);
  db.prepare('SELECT count(*) FROM case_table').get();
  db.prepare('SELECT count(*) FROM evidence').get();
  if (bytes <= checkAlwaysBytes || readMeta(db, 'session') !== 'closed') return quickCheck(db);
  return null;
};

/** Null when case.db can be opened for writing as it is. */
export const checkDatabase = async (layout: Layout): Promise<Problem | null> => {
  const bytes = fileBytes(layout.database);
  if (bytes === 0) return { kind: 'missing', detail: 'case.db is missing or empty' };
  let db: Database | null = null;
  try {
    db = openWriter(layout.database);
    const detail = probe(db, bytes);
    return detail === null ? null : { kind: 'damaged', detail };
  } catch (thrown) {
    if (isDamage(thrown) || isStrangeSchema(thrown)) return { kind: 'damaged', detail: String(thrown) };
    throw thrown;
  } finally {
    db?.close();
  }
};

/** For a database that can't be written (a backup, a copy). */
export const soundDetail = (file: string): string | null => {
  let db: Database | null = null;
  try {
    db = openReader(file);
    return probe(db, 0);
  } catch (thrown) {
    return String(thrown);
  } finally {
    db?.close();
  }
};

/** A table of ours is gone: SQLite reports that as a plain error. */
const isStrangeSchema = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_ERROR' && /no such (table|column)|malformed/.test(thrown.message);
