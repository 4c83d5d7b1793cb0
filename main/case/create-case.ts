/**
 * Makes a new case folder. It is put together beside its place and renamed into it, so that a half-made case never carries the name.
 * Must not open the case; `openCase` does.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { CasebenchError } from '../contract/index.ts';
import { exists, syncFolder } from './files.ts';
import { guardedAsync } from './failures.ts';
import { doStep } from './history.ts';
import { layoutOf } from './layout.ts';
import { migrate } from './migrations/index.ts';
import { writeMeta } from './meta.ts';
import { openCase } from './open-case.ts';
import type { CaseOptions } from './options.ts';
import { openWriter } from './sqlite.ts';
import type { OpenSession } from './session.ts';

/** @param dir the case folder itself; it must not exist, or be empty. Throws `case.exists`. */
export const createCase = async (dir: string, name: string, options: CaseOptions): Promise<OpenSession> => {
  const folder = path.resolve(dir);
  await guardedAsync('Making the case', async () => {
    if ((await exists(folder)) && (await readdir(folder)).length > 0) {
      throw new CasebenchError('case.exists', `${path.basename(folder)} already exists and is not empty. Nothing was changed. Choose another name, or open the case that is there.`);
    }
    mkdirSync(path.dirname(folder), { recursive: true });
    const making = `${folder}.making-${randomBytes(4).toString('hex')}`;
    try {
      const layout = layoutOf(making);
      for (const each of [layout.folder, layout.tables, layout.evidence, layout.temp, layout.backup]) mkdirSync(each);
      const db = openWriter(layout.database, { create: true });
      try {
        migrate(db);
        const nowUs = options.clock.nowUs();
        const caseId = (options.newId ?? randomUUID)();
        doStep(db, { kind: 'case.create', payload: { caseId, name, createdUs: nowUs, appVersion: options.appVersion ?? '' } }, nowUs);
        writeMeta(db, 'session', 'closed');
        db.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        db.close();
      }
      syncFolder(making);
      if (await exists(folder)) await rmdir(folder);
      await rename(making, folder);
      syncFolder(path.dirname(folder));
    } catch (thrown) {
      await rm(making, { recursive: true, force: true });
      throw thrown;
    }
  });
  return openCase(folder, options);
};
