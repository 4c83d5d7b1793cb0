/**
 * Several files as one job: each enters the case on its own, whole or not at all; one that can't be read does not stop the
 * others. Progress is in bytes of the files given. Used by the window, the command line, the demo and tests alike.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { homedir } from 'node:os';
import { CasebenchError, toAppError, type ImportResult } from '../contract/index.ts';
import type { CaseSession } from '../case/types.ts';
import type { JobContext } from '../jobs/types.ts';
import type { Clock } from '../shared/clock.ts';
import { throwIfCancelled } from './duck.ts';
import { expandPaths } from './expand-paths.ts';
import { importFile, type FileToImport } from './import-file.ts';
import type { RememberedSettings } from './remembered.ts';
import { createWorkerPool, type WorkerPool } from './work/pool.ts';

export type ImportPathsOptions = {
  copyOriginals?: boolean;
  clock: Clock;
  job: Pick<JobContext, 'signal' | 'progress'>;
  /** One that outlives this import; without it a pool is made and ended here. */
  pool?: WorkerPool | undefined;
  homeDir?: string | undefined;
  /** Settings kept for files with the same header: applied where the caller settles nothing else. */
  remembered?: RememberedSettings | undefined;
  /** Keep what the caller settled for the next files with these headers. */
  remember?: boolean | undefined;
};

/** Errors that would meet every further file too. */
const endsAll = (code: string): boolean => code === 'disk.full' || code === 'file.unwritable' || code === 'case.readOnly';

export const importPaths = async (session: CaseSession, files: readonly FileToImport[], options: ImportPathsOptions): Promise<ImportResult> => {
  const { job, clock } = options;
  if (session.readOnly) throw new CasebenchError('case.readOnly', 'This case is open read-only. Nothing was imported. Close the program that has it open, or import into a copy.');
  const pool = options.pool ?? createWorkerPool();
  const result: ImportResult = { tables: [], failed: [] };
  try {
    const all = await expandPaths(files);
    if (all.length === 0) throw new CasebenchError('import.empty', 'There is no file to import in the chosen folder. Nothing was imported.');
    const sizes = await Promise.all(all.map(({ path }) => stat(path).then((found) => found.size, () => 0)));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let before = 0;
    job.progress({ done: 0, total, unit: 'bytes' });
    for (const [n, file] of all.entries()) {
      throwIfCancelled(job.signal);
      const size = sizes[n] ?? 0;
      const base = before;
      try {
        const imported = await importFile(file, {
          session, pool, clock, signal: job.signal, copyOriginals: options.copyOriginals ?? false, homeDir: options.homeDir ?? homedir(), remembered: options.remembered ?? null, remember: options.remember ?? false,
          onProgress: (share, stage) => job.progress({ done: base + Math.round(size * Math.min(1, share)), stage }),
        });
        result.tables.push(...imported.tables);
        result.failed.push(...imported.failed);
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.code === 'cancelled') throw thrown;
        result.failed.push({ source: basename(file.path), error });
        if (endsAll(error.code)) break;
      }
      before += size;
      job.progress({ done: before });
    }
    const [first] = result.failed;
    // one file that can't be read is the failure of the import; among several it is a line in the result
    if (result.tables.length === 0 && first !== undefined && all.length === 1) {
      throw new CasebenchError(first.error.code, first.error.message, { detail: first.error.detail ?? '', retryable: first.error.retryable });
    }
    return result;
  } finally {
    if (options.pool === undefined) await pool.close();
  }
};
