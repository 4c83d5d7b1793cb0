/**
 * Opens a case without changing a byte of it: somebody else writes to it, it lies on read-only media, or a newer Casebench wrote it.
 * Where SQLite would have to write beside the file (a log on read-only media, an old format), a private copy is opened instead.
 */
import { accessSync, constants, copyFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { CasebenchError } from '../contract/index.ts';
import { soundDetail } from './check-database.ts';
import { caseFailure, isDamage } from './failures.ts';
import { fileBytes } from './backup.ts';
import { displayFolder } from './layout.ts';
import type { Layout } from './layout.ts';
import { migrate, newestVersion, readableBy, versionOf } from './migrations/index.ts';
import type { CaseOptions } from './options.ts';
import { createSession } from './session.ts';
import type { OpenSession } from './session.ts';
import { openReader, openWriter } from './sqlite.ts';

/**
 * Beside a write-ahead log that is there already SQLite reads in place and follows its writer. Without one it would leave files of
 * its own, and in a folder that can't be written it can't read at all.
 */
const canReadInPlace = (layout: Layout): boolean => {
  try {
    accessSync(layout.folder, constants.W_OK);
    return fileBytes(`${layout.database}-wal`) > 0;
  } catch {
    return false;
  }
};

const openInPlace = (layout: Layout): Database | null => {
  if (!canReadInPlace(layout)) return null;
  try {
    return openReader(layout.database);
  } catch (thrown) {
    if (isDamage(thrown)) throw thrown;
    // A full disk, for one: there is no room for the files that readers share.
    return null;
  }
};

/** @param reason why it can't be changed, for a person. Throws `case.damaged`, `case.newer`. */
export const openReadOnly = async (layout: Layout, options: CaseOptions, reason: string): Promise<OpenSession> => {
  const tempDir = await mkdtemp(path.join(os.tmpdir(), 'casebench-'));
  let reader: Database | null = null;
  try {
    reader = openInPlace(layout) ?? openCopy(layout, tempDir);
    refuseUnreadable(reader, options);
    if (versionOf(reader) < newestVersion(options.migrations)) reader = await openMigratedCopy(reader, tempDir, options);
    const db = reader;
    return createSession({
      layout,
      writer: null,
      reader: db,
      tempDir,
      folderShown: displayFolder(layout.folder, options.homeDir),
      readOnlyReason: reason,
      restored: null,
      clock: options.clock,
      afterCommit: () => undefined,
      finish: async () => {
        db.close();
        await rm(tempDir, { recursive: true, force: true });
      },
    });
  } catch (thrown) {
    reader?.close();
    await rm(tempDir, { recursive: true, force: true });
    if (isDamage(thrown) || fileBytes(layout.database) === 0) {
      throw new CasebenchError('case.damaged', 'case.db is damaged or missing, and this case is open for reading only. Table files and evidence are unchanged. Open it where it can be written, and it is restored from its newest good backup.', { detail: String(thrown), cause: thrown });
    }
    throw caseFailure(thrown, 'Opening the case');
  }
};

const copyAttempts = 3;

/** With its write-ahead log, in which the last changes may stand. Tried again in case somebody wrote between the two copies. */
const openCopy = (layout: Layout, tempDir: string): Database => {
  let problem: string | null = null;
  for (let attempt = 0; attempt < copyAttempts; attempt += 1) {
    const copy = path.join(tempDir, `case-${attempt}.db`);
    copyFileSync(layout.database, copy);
    if (fileBytes(`${layout.database}-wal`) > 0) copyFileSync(`${layout.database}-wal`, `${copy}-wal`);
    problem = readable(copy);
    if (problem === null) return openReader(copy);
  }
  throw new CasebenchError('case.damaged', 'case.db is damaged, and this case is open for reading only. Table files and evidence are unchanged. Open it where it can be written, and it is restored from its newest good backup.', { detail: problem ?? '' });
};

/** Brings the log of a copy into it; null when the copy is sound. */
const readable = (copy: string): string | null => {
  try {
    openWriter(copy).close();
  } catch (thrown) {
    return String(thrown);
  }
  return soundDetail(copy);
};

const openMigratedCopy = async (original: Database, tempDir: string, options: CaseOptions): Promise<Database> => {
  const copy = path.join(tempDir, 'migrated.db');
  await original.backup(copy);
  original.close();
  const writer = openWriter(copy);
  try {
    migrate(writer, options.migrations);
  } finally {
    writer.close();
  }
  return openReader(copy);
};

const refuseUnreadable = (db: Database, options: CaseOptions): void => {
  const needed = readableBy(db);
  if (needed > newestVersion(options.migrations)) {
    throw new CasebenchError('case.newer', `This case was written by a newer Casebench (case format ${versionOf(db)}) and can’t be read by this one. Nothing was changed. Install the newer version to open it.`);
  }
};
