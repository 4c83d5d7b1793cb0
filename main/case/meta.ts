/**
 * The few single facts of a case kept as key and value: identity, name, head of the log, how the last session ended.
 * Must not be used for anything that has rows.
 */
import type { Database } from 'better-sqlite3';

export type MetaKey =
  | 'case_id'
  | 'name'
  | 'created_us'
  | 'log_head'
  | 'log_count'
  /** `open` while a session writes, `closed` after a clean end. */
  | 'session'
  | 'last_verify'
  | 'readable_by';

export const readMeta = (db: Database, key: MetaKey): string | null => {
  const value = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key);
  return typeof value === 'string' ? value : null;
};

export const writeMeta = (db: Database, key: MetaKey, value: string): void => {
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
};
