/** `import`: evidence files into a case. */
import path from 'node:path';
import { importPaths } from '../evidence/index.ts';
import { plural } from '../shared/format.ts';
import { withCase } from './open.ts';
import { progressLine } from './progress.ts';
import { textTable } from './text-table.ts';
import type { Verb } from './verb.ts';

export const importVerb: Verb = {
  name: 'import',
  usage: '<case> <path…>',
  summary: 'Import files or folders into a case; what they are is found out from their content.',
  details: [
    'Each file enters the case whole or not at all; one that cannot be read does not stop the others, but the exit code is then 1.',
    '--json prints {tables: [{name, rows, rejected, columns: [{name, type}], source, sha256}], failed: [{source, error}]}.',
  ],
  examples: ['casebench import Lantern.case signin-logs.csv host-logs.zip'],
  options: { copy: { type: 'boolean', help: 'keep a copy of the original files inside the case' } },
  positionals: { min: 2, max: 10_000 },
  run: ({ positionals: [folder = '', ...paths], options, json, io }) =>
    withCase(io, folder, 'write', async (session) => {
      const progress = progressLine(io, 'Importing');
      const result = await importPaths(
        session,
        paths.map((p) => ({ path: path.resolve(io.cwd, p) })),
        { copyOriginals: options['copy'] === true, clock: io.clock, homeDir: io.homeDir, job: { signal: io.signal, progress: progress.update } },
      ).finally(progress.clear);
      const failed = result.failed.map(({ source, error }) => ({ source, error: { code: error.code, message: error.message, detail: error.detail ?? null } }));
      if (json) {
        const tables = result.tables.map(({ name, rows, rejected, columns, source, sha256 }) => ({ name, rows, rejected, columns, source, sha256 }));
        await io.out(`${JSON.stringify({ tables, failed }, null, 2)}\n`);
      } else if (result.tables.length > 0) {
        await io.out(textTable(['table', 'rows', 'rejected', 'columns', 'source'], result.tables.map((t) => [t.name, t.rows, t.rejected, t.columns.length, t.source])));
      }
      for (const { source, error } of failed) io.err(`${source}: ${error.message}\n`);
      if (failed.length > 0) io.err(`${plural(failed.length, 'file')} not imported.\n`);
      return failed.length === 0 ? 0 : 1;
    }),
};
