/**
 * Reads what a damaged case.db still yields: log entries in order and view state. Works on a copy only. Where the first page is
 * broken it is lent from a backup, whose pages carry the same numbers; the hash chain proves every entry that is then read.
 */
import { closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { fileBytes } from './backup.ts';
import { readEntry } from './log.ts';
import type { Entry } from './log.ts';
import { openWriter } from './sqlite.ts';

export type Salvage = {
  /** Null where it can't be read. */
  entry(seq: number): Entry | null;
  /** Highest entry known to have been there; null when the database doesn't say. */
  count(): number | null;
  views(): { key: string; json: string; atUs: number }[];
  close(): void;
};

const attempt = <T>(work: () => T): T | null => {
  try {
    return work();
  } catch {
    return null;
  }
};

const headerBytes = 100;
const pageSizeOf = (header: Uint8Array): number => {
  const stored = ((header[16] ?? 0) << 8) | (header[17] ?? 0);
  return stored === 1 ? 65_536 : stored;
};

/** Writes the first `bytes` of the donor over the copy's, fitted to the copy's length and to its write-ahead log. */
const lendFirstPage = (copy: string, donor: string, bytes: (pageSize: number) => number): void => {
  const page = Buffer.from(readFileSync(donor).subarray(0, 65_536));
  const pageSize = pageSizeOf(page);
  page[18] = 2;
  page[19] = 2;
  page.writeUInt32BE(Math.floor(fileBytes(copy) / pageSize), 28);
  page.copy(page, 92, 24, 28);
  const file = openSync(copy, 'r+');
  try {
    writeSync(file, page, 0, bytes(pageSize), 0);
  } finally {
    closeSync(file);
  }
};

const openIfReadable = (copy: string): Database | null =>
  attempt(() => {
    const db = openWriter(copy);
    const readable = attempt(() => db.prepare('SELECT seq FROM log LIMIT 1').get() !== undefined) ?? false;
    if (readable) return db;
    db.close();
    return null;
  });

/** @param donor newest good backup, null when there is none. Null: nothing of it can be read. */
export const openSalvage = (database: string, tempDir: string, donor: string | null): Salvage | null => {
  if (fileBytes(database) === 0) return null;
  const lend: (null | ((pageSize: number) => number))[] = donor === null ? [null] : [null, () => headerBytes, (pageSize) => pageSize];
  for (const [index, bytes] of lend.entries()) {
    const copy = path.join(tempDir, `salvage-${index}.db`);
    copyFileSync(database, copy);
    if (fileBytes(`${database}-wal`) > 0) copyFileSync(`${database}-wal`, `${copy}-wal`);
    if (bytes !== null && donor !== null) lendFirstPage(copy, donor, bytes);
    const db = openIfReadable(copy);
    if (db !== null) return salvageFrom(db);
  }
  return null;
};

const salvageFrom = (db: Database): Salvage => ({
  entry: (seq) => attempt(() => readEntry(db, seq)),
  count: () => {
    const stored = attempt(() => Number(db.prepare(`SELECT value FROM meta WHERE key = 'log_count'`).pluck().get()));
    const last = attempt(() => Number(db.prepare('SELECT max(seq) FROM log').pluck().get()));
    const known = [stored, last].filter((value): value is number => value !== null && Number.isSafeInteger(value));
    return known.length === 0 ? null : Math.max(...known);
  },
  views: () => attempt(() => db.prepare('SELECT key, json, at_us AS atUs FROM view_state').all() as { key: string; json: string; atUs: number }[]) ?? [],
  close: () => void attempt(() => db.close()),
});
