/**
 * The numbered steps from an empty file to the newest case database. A released step is never edited: case files made by it exist.
 * Owns: order and bookkeeping (`PRAGMA user_version`, `readable_by`). Must not open files or take backups; the caller does, before.
 */
import type { Database } from 'better-sqlite3';
import { first } from './0001-first.ts';

export type Migration = {
  readonly version: number;
  /** Lowest version of the software's schema that can still read (not write) a case at this version. */
  readonly readableBy: number;
  up(db: Database): void;
};

export const migrations: readonly Migration[] = [first];
export const newestVersion = (steps: readonly Migration[] = migrations): number => steps.at(-1)?.version ?? 0;

export const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

/** Lowest schema version that can read this database; its own version when it doesn't say. */
export const readableBy = (db: Database): number => {
  const found = db.prepare(`SELECT value FROM meta WHERE key = 'readable_by'`).pluck().get();
  const version = Number(found);
  return Number.isInteger(version) && version > 0 ? version : versionOf(db);
};

/** Each step is one transaction: after a kill the database stands at a whole version. */
export const migrate = (db: Database, steps: readonly Migration[] = migrations): void => {
  for (const step of steps) {
    if (step.version <= versionOf(db)) continue;
    db.transaction(() => {
      step.up(db);
      db.prepare(`INSERT INTO meta (key, value) VALUES ('readable_by', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`).run(String(step.readableBy));
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
};
