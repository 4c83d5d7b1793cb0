/** The sample intrusion: imports the evidence files its manifest lists, under the names it gives, with copies, so that the case stands alone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CasebenchError, type ImportOptions, type ImportResult } from '../contract/index.ts';
import type { CaseSession } from '../case/types.ts';
import type { JobContext } from '../jobs/types.ts';
import { systemClock, type Clock } from '../shared/clock.ts';
import { importPaths } from './import-paths.ts';
import type { WorkerPool } from './work/pool.ts';

const manifest = z.object({
  files: z.array(z.object({
    path: z.string().regex(/^[A-Za-z0-9._-]+$/),
    demo: z.boolean().default(true),
    tables: z.array(z.object({ name: z.string(), member: z.string().default(''), timeColumn: z.string().nullable().default(null) })),
  })),
});

const incomplete = (detail: string): CasebenchError =>
  new CasebenchError('file.unreadable', 'The sample evidence of this installation is incomplete. Nothing was imported. Install Casebench again.', { detail });

/** @param samplesDir the folder that holds `lantern/manifest.json`. */
export const importDemo = async (session: CaseSession, samplesDir: string, job: Pick<JobContext, 'signal' | 'progress'>, options: { clock?: Clock; homeDir?: string; pool?: WorkerPool } = {}): Promise<ImportResult> => {
  const folder = join(samplesDir, 'lantern');
  const read = await readFile(join(folder, 'manifest.json'), 'utf8').catch((thrown: unknown) => {
    throw incomplete(String(thrown));
  });
  const parsed = manifest.safeParse(JSON.parse(read));
  if (!parsed.success) throw incomplete(parsed.error.message);
  const files = parsed.data.files.filter((file) => file.demo).map((file) => ({
    path: join(folder, file.path),
    items: Object.fromEntries(file.tables.map((table): [string, ImportOptions] => [table.member, { tableName: table.name, ...(table.timeColumn === null ? {} : { timeColumn: table.timeColumn }) }])),
  }));
  const result = await importPaths(session, files, { clock: options.clock ?? systemClock, job, pool: options.pool, homeDir: options.homeDir, copyOriginals: true });
  const [failed] = result.failed;
  if (failed !== undefined) throw new CasebenchError(failed.error.code, `The sample evidence can't be read whole. ${failed.error.message}`, { detail: failed.error.detail ?? '' });
  return result;
};
