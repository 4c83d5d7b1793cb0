/** Handlers of `evidence.*`: the import job over granted files. */
import type { EngineDeps, Handlers } from '../engine/types.ts';
import { plural } from '../shared/format.ts';
import { importPaths } from './import-paths.ts';

export const createEvidenceHandlers = ({ clock, dirs, currentCase, resolveHandle }: EngineDeps): Pick<Handlers, 'evidence.import'> => ({
  'evidence.import': {
    label: ({ files }) => `Importing ${plural(files.length, 'file')}`,
    run: ({ files, copyOriginals }, job) =>
      importPaths(currentCase(), files.map(({ handle, items }) => ({ path: resolveHandle(handle, 'read'), items })), { copyOriginals, clock, homeDir: dirs.homeDir, job }),
  },
});
