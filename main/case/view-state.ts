/**
 * How views stood: JSON by key, kept at once and outside the history. In a read-only session it lives as long as the session.
 * Must not read what the JSON says.
 */
import type { Database } from 'better-sqlite3';

export type ViewState = { load(key: string): string | null; save(key: string, json: string | null, nowUs: number): void };

export const databaseViewState = (db: Database): ViewState => {
  const load = db.prepare('SELECT json FROM view_state WHERE key = ?').pluck();
  const save = db.prepare('INSERT INTO view_state (key, json, at_us) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json, at_us = excluded.at_us');
  const remove = db.prepare('DELETE FROM view_state WHERE key = ?');
  return {
    load: (key) => (load.get(key) as string | undefined) ?? null,
    save: (key, json, nowUs) => {
      if (json === null) remove.run(key);
      else save.run(key, json, nowUs);
    },
  };
};

export const sessionViewState = (db: Database): ViewState => {
  const stored = databaseViewState(db);
  const changed = new Map<string, string | null>();
  return {
    load: (key) => (changed.has(key) ? (changed.get(key) ?? null) : stored.load(key)),
    save: (key, json) => void changed.set(key, json),
  };
};
