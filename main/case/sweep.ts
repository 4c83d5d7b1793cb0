/**
 * Clears away what a killed session left: half-made files, and table or evidence files that nothing in the case names.
 * Such files are moved aside first and removed at the next clean close. A file that any log entry names is never moved.
 */
import { mkdirSync, renameSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { filesBelow, exists, namesIn } from './files.ts';
import type { Layout } from './layout.ts';

export const emptyFolder = async (folder: string): Promise<void> => {
  for (const name of await namesIn(folder)) await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 3 });
};

const makeFolders = async (layout: Layout): Promise<void> => {
  for (const folder of [layout.tables, layout.evidence, layout.temp, layout.backup]) await mkdir(folder, { recursive: true });
};

/** Files under tables/ and evidence/ that neither the catalogue nor the log names, relative to the case folder. */
export const orphans = async (db: Database, layout: Layout): Promise<string[]> => {
  const named = new Set<string>([
    ...(db.prepare('SELECT file FROM case_table').pluck().all() as string[]),
    ...(db.prepare('SELECT copy_path FROM evidence WHERE copy_path IS NOT NULL').pluck().all() as string[]),
  ]);
  const inLog = db.prepare('SELECT 1 FROM log WHERE instr(payload, ?) > 0 LIMIT 1').pluck();
  const found: string[] = [];
  for (const folder of [layout.tables, layout.evidence]) {
    if (!(await exists(folder))) continue;
    for (const { relative } of await filesBelow(folder)) {
      const file = `${path.basename(folder)}/${relative}`;
      if (!named.has(file) && inLog.get(JSON.stringify(file)) === undefined) found.push(file);
    }
  }
  return found;
};

/** @param aside where orphans go. */
export const moveAside = (layout: Layout, files: readonly string[], aside: string): void => {
  for (const file of files) {
    const target = path.join(aside, ...file.split('/'));
    mkdirSync(path.dirname(target), { recursive: true });
    renameSync(path.join(layout.folder, ...file.split('/')), target);
  }
};

export const sweep = async (db: Database, layout: Layout, aside = layout.trash): Promise<string[]> => {
  await makeFolders(layout);
  await emptyFolder(layout.temp);
  const found = await orphans(db, layout);
  moveAside(layout, found, aside);
  return found;
};
