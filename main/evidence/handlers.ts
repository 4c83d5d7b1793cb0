/** The calls and the job of the contract's evidence domain. */
import { basename, join } from 'node:path';
import { CasebenchError } from '../contract/index.ts';
import type { DomainHandlers, EngineDeps } from '../engine/types.ts';
import { plural } from '../shared/format.ts';
import { importPaths } from './import-paths.ts';
import { createInspector } from './inspect.ts';
import { createRemembered } from './remembered.ts';
import { createWorkerPool, type WorkerPool } from './work/pool.ts';

export type EvidenceDeps = Pick<EngineDeps, 'clock' | 'dirs' | 'currentCase' | 'resolveHandle'> & {
  /** Where the worker's code is, when it isn't beside this folder or the bundle. */
  workerUrl?: URL | undefined;
  /** Tests bring their own. */
  pool?: WorkerPool | undefined;
};

/** A preview beside an import needs a thread of its own. */
const threads = 3;

export const createEvidenceHandlers = ({ clock, dirs, currentCase, resolveHandle, workerUrl, pool: given }: EvidenceDeps): DomainHandlers<'evidence'> => {
  const pool = given ?? createWorkerPool({ workerUrl, size: threads });
  const remembered = createRemembered(join(dirs.userDataDir, 'import-settings.json'));
  const inspector = createInspector({
    pool, clock, remembered,
    // a file may be looked at before there is a case to import it into
    tempDir: () => {
      try {
        const session = currentCase();
        if (!session.readOnly) return session.tempDir;
      } catch (thrown) {
        if (!(thrown instanceof CasebenchError)) throw thrown;
      }
      return join(dirs.userDataDir, 'preview-temp');
    },
  });
  const nameOf = (handle: string): string => basename(resolveHandle(handle, 'read'));
  return {
    'evidence.inspect': ({ handle, options }) => inspector.inspect(resolveHandle(handle, 'read'), handle, options),
    'evidence.import': {
      label: ({ files }) => `Importing ${files.length === 1 && files[0] !== undefined ? nameOf(files[0].handle) : plural(files.length, 'file')}`,
      run: ({ files, copyOriginals, remember }, job) =>
        importPaths(
          currentCase(),
          files.map(({ handle, items }) => ({ path: resolveHandle(handle, 'read'), items })),
          { clock, job, pool, copyOriginals, homeDir: dirs.homeDir, remembered, remember },
        ),
    },
  };
};
