/**
 * Copies of case.db in backup/: made whole, checked when needed, the last few kept. Owns their names and how many there are.
 * Must not decide when the case needs one restored.
 */
import { renameSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { CasebenchError } from '../contract/index.ts';
import { namesIn, syncFile, syncFolder } from './files.ts';
import { sideFiles } from './layout.ts';
import type { Layout } from './layout.ts';
import { storedHead } from './log.ts';
import { quickCheck } from './sqlite.ts';

const keepRecent = 3;
const keepBeforeMigration = 2;
const pagesPerTurn = 1_000;

export type Backup = { readonly name: string; readonly path: string; readonly revision: number; readonly beforeVersion: number | null };

const pattern = /^case-(\d{8}T\d{6}Z)-r(\d+)(?:-before-v(\d+))?\.db$/;

/** Newest first: by revision, then by time. */
export const listBackups = async (layout: Layout): Promise<Backup[]> => {
  const found = (await namesIn(layout.backup)).flatMap((name) => {
    const match = pattern.exec(name);
    if (match === null) return [];
    return [{ name, path: path.join(layout.backup, name), revision: Number(match[2]), beforeVersion: match[3] === undefined ? null : Number(match[3]) }];
  });
  return found.toSorted((a, b) => b.revision - a.revision || (a.name < b.name ? 1 : -1));
};

const stamp = (us: number): string => new Date(us / 1_000).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');

/** A page-by-page copy, as one file without a write-ahead log. Pages keep their numbers, on which salvage relies. */
export const copyDatabase = async (db: Database, target: string): Promise<void> => {
  await db.backup(target, { progress: () => pagesPerTurn });
  const copy = new Sqlite(target);
  try {
    copy.pragma('journal_mode = DELETE');
    // A damaged copy must not push a good one out.
    const problem = quickCheck(copy);
    if (problem !== null) throw new CasebenchError('case.damaged', 'case.db is damaged, so no backup of it was made. Older backups are kept. Close the case and open it again to restore it.', { detail: problem });
  } finally {
    copy.close();
  }
};

/** Leaves nothing behind when it fails. `beforeVersion`: taken before a migration to that version. */
export const makeBackup = async (db: Database, layout: Layout, nowUs: number, beforeVersion: number | null = null): Promise<void> => {
  await mkdir(layout.backup, { recursive: true });
  await mkdir(layout.temp, { recursive: true });
  const name = `case-${stamp(nowUs)}-r${beforeVersion === null ? storedHead(db).seq : headOrZero(db)}${beforeVersion === null ? '' : `-before-v${beforeVersion}`}.db`;
  const making = path.join(layout.temp, `${name}.making`);
  try {
    await copyDatabase(db, making);
    syncFile(making);
    renameSync(making, path.join(layout.backup, name));
    syncFolder(layout.backup);
  } finally {
    for (const leftover of [making, ...sideFiles(making)]) await rm(leftover, { force: true });
  }
  await prune(layout);
};

/** Before a migration the log may have another form than today's. */
const headOrZero = (db: Database): number => {
  try {
    return storedHead(db).seq;
  } catch {
    return 0;
  }
};

const prune = async (layout: Layout): Promise<void> => {
  const all = await listBackups(layout);
  const recent = all.filter((backup) => backup.beforeVersion === null);
  const migration = all.filter((backup) => backup.beforeVersion !== null);
  for (const old of [...recent.slice(keepRecent), ...migration.slice(keepBeforeMigration)]) await rm(old.path, { force: true });
};

export const fileBytes = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
