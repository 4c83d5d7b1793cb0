/**
 * Puts case.db together again after damage or loss: the newest good backup, then every later change that the damaged file still
 * yields, each proved by the hash chain. Without a backup the log alone is carried out from its first entry.
 * The damaged file is kept in backup/. Nothing is moved before the new database stands; a kill at any moment leaves a case that opens.
 */
import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { CasebenchError } from '../contract/index.ts';
import type { CaseInfo } from '../contract/index.ts';
import { listBackups } from './backup.ts';
import type { Backup } from './backup.ts';
import { soundDetail } from './check-database.ts';
import type { Problem } from './check-database.ts';
import { countOf } from './commands/define.ts';
import { exists, syncFile, syncFolder } from './files.ts';
import { doStep } from './history.ts';
import { damagedFolder, sideFiles } from './layout.ts';
import type { Layout } from './layout.ts';
import { linkProblem, readEntry, storedHead } from './log.ts';
import { writeMeta } from './meta.ts';
import { migrate, newestVersion, versionOf } from './migrations/index.ts';
import type { Migration } from './migrations/index.ts';
import { replayEntry } from './replay.ts';
import { openSalvage } from './salvage.ts';
import type { Salvage } from './salvage.ts';
import { openReader, openWriter } from './sqlite.ts';

export type Repaired = {
  readonly told: NonNullable<CaseInfo['restored']>;
  /** Files that no row names any more may belong to changes that were lost: they are kept beside the damaged database. */
  readonly orphansTo: string;
};

type Outcome = { readonly backup: Backup | null; readonly replayed: number; readonly lost: number | null };

/** Throws `case.damaged` when nothing can be restored; the folder is then as it was. */
export const restoreDatabase = async (layout: Layout, problem: Problem, nowUs: number, steps: readonly Migration[]): Promise<Repaired> => {
  await mkdir(layout.temp, { recursive: true });
  await mkdir(layout.backup, { recursive: true });
  const ready = path.join(layout.backup, 'restoring.db');
  const aside = damagedFolder(layout, nowUs);
  const building = path.join(layout.temp, 'restored.db');
  for (const leftover of [building, ...sideFiles(building)]) await rm(leftover, { force: true });
  const finished = problem.kind === 'missing' && (await exists(ready)) && soundDetail(ready) === null;
  if (!finished) {
    await build(layout, building, problem, nowUs, steps, path.basename(aside));
    syncFile(building);
    renameSync(building, ready);
    syncFolder(layout.backup);
  }
  const told = tell(ready);
  await putInPlace(layout, ready, aside);
  return { told, orphansTo: aside };
};

const build = async (layout: Layout, building: string, problem: Problem, nowUs: number, steps: readonly Migration[], asideName: string): Promise<void> => {
  const backup = await newestGoodBackup(layout, steps);
  const salvage = openSalvage(layout.database, layout.temp, backup?.path ?? null);
  try {
    if (backup !== null) copyFileSync(backup.path, building);
    const db = openWriter(building, { create: backup === null });
    try {
      migrate(db, steps);
      const outcome = await replayRest(db, salvage, backup);
      if (readEntry(db, 1) === null) throw nothingToRestore(problem);
      restoreViews(db, salvage);
      doStep(db, { kind: 'case.restored', payload: { backup: backup?.name ?? null, replayed: outcome.replayed, lost: outcome.lost, reason: `${problem.detail}. The file as it was found is in backup/${asideName}.` } }, nowUs);
      writeMeta(db, 'session', 'closed');
      // One file without a log beside it, so that it can be renamed into place.
      db.pragma('journal_mode = DELETE');
    } finally {
      db.close();
    }
  } finally {
    salvage?.close();
  }
};

const newestGoodBackup = async (layout: Layout, steps: readonly Migration[]): Promise<Backup | null> => {
  for (const backup of await listBackups(layout)) {
    if (soundDetail(backup.path) !== null) continue;
    const db = openReader(backup.path);
    const version = versionOf(db);
    db.close();
    if (version <= newestVersion(steps)) return backup;
  }
  return null;
};

const replayRest = async (db: Database, salvage: Salvage | null, backup: Backup | null): Promise<Outcome> => {
  let head = storedHead(db);
  const from = head.seq;
  for (;;) {
    const entry = salvage?.entry(head.seq + 1) ?? null;
    if (entry === null || linkProblem(entry, head) !== null) break;
    try {
      replayEntry(db, entry);
    } catch {
      break;
    }
    head = entry;
    if (head.seq % 50 === 0) await nextTurn();
  }
  const count = salvage?.count() ?? null;
  return { backup, replayed: head.seq - from, lost: count === null ? null : Math.max(0, count - head.seq) };
};

const restoreViews = (db: Database, salvage: Salvage | null): void => {
  const put = db.prepare('INSERT INTO view_state (key, json, at_us) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json, at_us = excluded.at_us');
  for (const { key, json, atUs } of salvage?.views() ?? []) {
    try {
      put.run(key, json, atUs);
    } catch {
      // A broken line of view state is not worth a case.
    }
  }
};

const putInPlace = async (layout: Layout, ready: string, aside: string): Promise<void> => {
  mkdirSync(aside, { recursive: true });
  for (const file of [...sideFiles(layout.database), layout.database]) {
    if (await exists(file)) renameSync(file, path.join(aside, path.basename(file)));
  }
  syncFolder(aside);
  renameSync(ready, layout.database);
  syncFolder(layout.folder);
};

/** Read back from the log of the restored database, so that a restore that was cut short tells the same. */
const tell = (file: string): Repaired['told'] => {
  const db = openReader(file);
  try {
    const entry = readEntry(db, storedHead(db).seq);
    const { backup, replayed, lost, reason } = JSON.parse(entry?.payload ?? '{}') as { backup: string | null; replayed: number; lost: number | null; reason: string };
    const before = readEntry(db, storedHead(db).seq - 1);
    const source = backup === null ? `It was rebuilt from its own log (${countOf(replayed, 'change')}).` : `It was restored from the backup ${backup}${replayed === 0 ? '.' : `, and ${countOf(replayed, 'later change')} ${replayed === 1 ? 'was' : 'were'} read back from the damaged file.`}`;
    const missing =
      lost === 0 ? 'Nothing was lost.' : lost === null ? 'Changes made after that are not there.' : `${countOf(lost, 'later change')} could not be read back.`;
    return { atUs: before?.atUs ?? entry?.atUs ?? 0, text: `case.db was damaged or missing: ${reason} ${source} ${missing} Verify the case to check tables and evidence.` };
  } finally {
    db.close();
  }
};

const nothingToRestore = (problem: Problem): CasebenchError =>
  new CasebenchError(
    'case.damaged',
    'case.db is damaged, no backup of it is good, and its log can’t be read. Nothing was changed; table files and evidence are where they were. Put a copy of case.db back, or import the evidence into a new case.',
    { detail: problem.detail },
  );
