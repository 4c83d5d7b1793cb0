/** The sample intrusion: fills a case with the shipped evidence, in the order and under the table names its manifest gives. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CasebenchError, type ImportOptions, type ImportResult } from '../contract/index.ts';
import type { CaseSession } from '../case/types.ts';
import type { JobContext } from '../jobs/types.ts';
import type { Clock } from '../shared/clock.ts';
import { importPaths } from './import-paths.ts';

const manifestShape = z.object({
  files: z.array(
    z.object({
      path: z.string().regex(/^[\w.-]+$/),
      demo: z.boolean(),
      tables: z.array(z.object({ name: z.string(), member: z.string().nullish() })),
    }),
  ),
});

/** `samplesDir` holds `lantern/manifest.json`. Throws what an import throws; a file that fails is an error of the sample, so it is thrown. */
export const importDemo = async (session: CaseSession, samplesDir: string, job: JobContext, deps: { clock: Clock; homeDir: string }): Promise<ImportResult> => {
  const folder = join(samplesDir, 'lantern');
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch((cause: unknown) => {
    throw new CasebenchError('file.unreadable', 'The sample evidence is not where this copy of Casebench keeps it. Nothing was imported. Install Casebench again.', { cause });
  });
  const { files } = manifestShape.parse(JSON.parse(text));
  const wanted = files.filter((file) => file.demo);
  const result = await importPaths(
    session,
    wanted.map((file) => ({
      path: join(folder, file.path),
      items: Object.fromEntries(file.tables.map(({ name, member }): [string, ImportOptions] => [member ?? '', { tableName: name }])),
    })),
    { copyOriginals: true, clock: deps.clock, homeDir: deps.homeDir, job },
  );
  const [failed] = result.failed;
  if (failed !== undefined) throw new CasebenchError(failed.error.code, `The sample evidence could not be read whole. ${failed.error.message}`, { detail: failed.error.detail ?? '' });
  return result;
};
