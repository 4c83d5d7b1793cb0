/**
 * Opens a case folder: lock, check, repair when needed, bring up to date, sweep; read-only when it can't or may not be written.
 * Owns the order of these steps and their undoing at the end. Must not know what is asked of the case later.
 */
import { copyFileSync, mkdirSync, realpathSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { CasebenchError } from '../contract/index.ts';
import type { CaseInfo } from '../contract/index.ts';
import type { Clock } from '../shared/clock.ts';
import { fileBytes, listBackups, makeBackup } from './backup.ts';
import { checkDatabase } from './check-database.ts';
import { countOf } from './commands/define.ts';
import { caseFailure, isUnwritable } from './failures.ts';
import { exists } from './files.ts';
import { damagedFolder, displayFolder, layoutOf, sideFiles } from './layout.ts';
import type { Layout } from './layout.ts';
import { acquireLock } from './lock.ts';
import type { LockRecord, LockResult } from './lock.ts';
import { readEntry, storedHead } from './log.ts';
import { migrate, migrations as allMigrations, newestVersion, versionOf } from './migrations/index.ts';
import { readMeta, writeMeta } from './meta.ts';
import { openReadOnly } from './open-read-only.ts';
import type { CaseOptions } from './options.ts';
import { systemProcesses } from './process-identity.ts';
import { restoreDatabase } from './restore.ts';
import { createSession } from './session.ts';
import type { OpenSession } from './session.ts';
import { openReader, openWriter } from './sqlite.ts';
import { emptyFolder, sweep } from './sweep.ts';
import { unreadableCommits } from './wal-check.ts';

/** WAL size from which a checkpoint is taken at the next quiet moment. */
const checkpointBytes = 4_000_000;
const quietMs = 1_000;

/** @param dir the case folder. Throws `case.unreachable`, `notFound`, `case.damaged`, `case.newer`. */
export const openCase = async (dir: string, options: CaseOptions): Promise<OpenSession> => {
  const layout = await findCase(path.resolve(dir));
  if (options.readOnly === true) return openReadOnly(layout, options, 'It was opened for reading only.');
  const lock = takeLock(layout, options);
  if ('reason' in lock) return openReadOnly(layout, options, lock.reason);
  if (lock.kind === 'locked') return openReadOnly(layout, options, lockedReason(lock.by));
  try {
    const newer = await newerReason(layout, options);
    if (newer !== null) {
      lock.release();
      return await openReadOnly(layout, options, newer);
    }
    return await openForWriting(layout, options, () => lock.release());
  } catch (thrown) {
    lock.release();
    if (isUnwritable(thrown)) return openReadOnly(layout, options, unwritableReason);
    const failure = caseFailure(thrown, 'Opening the case');
    if (isFull(failure)) return openReadOnly(layout, options, fullReason);
    throw failure;
  }
};

const unwritableReason = 'Its folder can’t be written: the disk or the permissions allow reading only.';
const fullReason = 'Its disk is full. Free space on that disk, then open it again.';

const isFull = (failure: unknown): boolean => failure instanceof CasebenchError && failure.code === 'disk.full';

const findCase = async (folder: string): Promise<Layout> => {
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => null);
  if (isFolder === null) {
    throw new CasebenchError('case.unreachable', `${path.basename(folder)} isn’t there any more. Nothing was changed. Reconnect the disk, or locate the case folder if it was moved.`, { detail: folder, retryable: true });
  }
  if (!isFolder) throw new CasebenchError('notFound', `${path.basename(folder)} is a file, not a case folder. Nothing was opened.`);
  const layout = layoutOf(realpathSync(folder));
  if ((await exists(layout.database)) || (await listBackups(layout)).length > 0 || (await exists(layout.tables))) return layout;
  throw new CasebenchError('notFound', `${path.basename(folder)} holds no case: there is no case.db in it. Nothing was opened or changed.`);
};

const takeLock = (layout: Layout, options: CaseOptions): LockResult | { reason: string } => {
  try {
    return acquireLock(layout.lock, {
      app: `Casebench ${options.appVersion ?? ''}`.trim(),
      nowUs: options.clock.nowUs(),
      processes: options.processes ?? systemProcesses,
    });
  } catch (thrown) {
    if (isUnwritable(thrown)) return { reason: unwritableReason };
    const failure = caseFailure(thrown, 'Opening the case');
    if (isFull(failure)) return { reason: fullReason };
    throw failure;
  }
};

const lockedReason = (by: LockRecord): string => {
  const since = new Date(by.openedUs / 1_000).toISOString().slice(0, 16).replace('T', ' ');
  return `${by.app} on ${by.host} (process ${by.pid}) has it open since ${since} UTC. Close it there to make changes here. If that computer no longer runs it, delete case.lock in the case folder.`;
};

const newerReason = async (layout: Layout, options: CaseOptions): Promise<string | null> => {
  if (!(await exists(layout.database))) return null;
  let db: Database | null = null;
  try {
    db = openReader(layout.database);
    const version = versionOf(db);
    return version > newestVersion(options.migrations) ? `It was written by a newer Casebench (case format ${version}). Install that version to make changes.` : null;
  } catch {
    // Whatever is wrong with it, the check that follows says so.
    return null;
  } finally {
    db?.close();
  }
};

const openForWriting = async (layout: Layout, options: CaseOptions, releaseLock: () => void): Promise<OpenSession> => {
  const { clock } = options;
  const steps = options.migrations ?? allMigrations;
  const brokenLog = setBrokenLogAside(layout, clock.nowUs());
  const problem = await checkDatabase(layout);
  const repaired = problem === null ? null : await restoreDatabase(layout, problem, clock.nowUs(), steps);
  const writer = openWriter(layout.database);
  let reader: Database | null = null;
  try {
    if (versionOf(writer) < newestVersion(steps)) {
      await makeBackup(writer, layout, clock.nowUs(), newestVersion(steps));
      migrate(writer, steps);
    }
    const unclean = readMeta(writer, 'session') === 'open';
    reader = openReader(layout.database);
    await sweep(writer, layout, repaired?.orphansTo);
    writeMeta(writer, 'session', 'open');
    const checkpoints = createCheckpoints(writer, layout);
    const openReaderConnection = reader;
    return createSession({
      layout,
      writer,
      reader: openReaderConnection,
      tempDir: layout.temp,
      folderShown: displayFolder(layout.folder, options.homeDir),
      readOnlyReason: null,
      restored: repaired?.told ?? (unclean ? uncleanEnd(writer, clock.nowUs(), brokenLog) : null),
      clock,
      afterCommit: checkpoints.afterCommit,
      finish: async () => {
        checkpoints.stop();
        try {
          openReaderConnection.close();
          await finishWriting(writer, layout, clock);
        } finally {
          writer.close();
          releaseLock();
        }
      },
    });
  } catch (thrown) {
    reader?.close();
    writer.close();
    throw thrown;
  }
};

const uncleanEnd = (db: Database, nowUs: number, brokenLog: BrokenLog | null): CaseInfo['restored'] => {
  const last = readEntry(db, storedHead(db).seq);
  const text =
    brokenLog === null
      ? 'The last session ended without closing the case. Every change saved until then is here. Nothing was lost.'
      : `The last session ended without closing the case, and its write-ahead log was damaged since: up to ${countOf(brokenLog.commits, 'later change')} can’t be read. The damaged log is kept in backup/${path.basename(brokenLog.folder)}. Verify the case, and do the missing work again.`;
  return { atUs: last?.atUs ?? nowUs, text };
};

type BrokenLog = { readonly commits: number; readonly folder: string };

/** SQLite drops what stands behind a broken frame at the first opening; a copy is kept before. */
const setBrokenLogAside = (layout: Layout, nowUs: number): BrokenLog | null => {
  const [wal = ''] = sideFiles(layout.database);
  const commits = unreadableCommits(wal);
  if (commits === 0) return null;
  const folder = damagedFolder(layout, nowUs);
  mkdirSync(folder, { recursive: true });
  copyFileSync(wal, path.join(folder, path.basename(wal)));
  return { commits, folder };
};

/** Checkpoints are taken between changes, not inside a commit: a star must not wait for the pages of an import. */
const createCheckpoints = (db: Database, layout: Layout) => {
  let timer: NodeJS.Timeout | null = null;
  const checkpoint = (): void => {
    timer = null;
    if (db.open && fileBytes(`${layout.database}-wal`) > checkpointBytes) db.pragma('wal_checkpoint(PASSIVE)');
  };
  return {
    afterCommit: () => {
      if (timer !== null) return;
      timer = setTimeout(checkpoint, quietMs);
      timer.unref();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
};

/** The end of a clean session. A backup that can't be made must not keep the case from closing: the database itself is whole. */
const finishWriting = async (db: Database, layout: Layout, clock: Clock): Promise<void> => {
  const attempt = async (what: string, work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      console.error(`closing the case: ${what} failed`, thrown);
    }
  };
  await attempt('marking the end', () => writeMeta(db, 'session', 'closed'));
  await attempt('backup', async () => {
    const newest = (await listBackups(layout)).find((backup) => backup.beforeVersion === null);
    if (newest === undefined || newest.revision !== storedHead(db).seq) await makeBackup(db, layout, clock.nowUs());
  });
  await attempt('checkpoint', () => db.pragma('wal_checkpoint(TRUNCATE)'));
  await attempt('emptying temp', async () => {
    await emptyFolder(layout.temp);
    await rm(layout.trash, { recursive: true, force: true });
  });
};
