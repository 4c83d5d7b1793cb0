/** Answers `settings.*` and `app.*`. Owns no state of its own beyond the settings store. */
import type { DomainHandlers, EngineDeps } from '../engine/types.ts';
import { createSettingsStore } from './settings-store.ts';


/** Version of SQLite inside the database library, asked of the library itself; once. */
const readSqliteVersion = async (): Promise<string> => {
  const { default: Database } = await import('better-sqlite3');
  const memory = new Database(':memory:');
  try {
    return String(memory.prepare('select sqlite_version()').pluck().get());
  } finally {
    memory.close();
  }
};

const readDuckdbVersion = async (): Promise<string> => {
  const { version } = await import('@duckdb/node-api');
  return version().replace(/^v/, '');
};

export const createAppHandlers = (deps: EngineDeps, onDamaged: (asideName: string) => void): DomainHandlers<'settings' | 'app'> => {
  const store = createSettingsStore({ userDataDir: deps.dirs.userDataDir, nowUs: () => deps.clock.nowUs(), onDamaged });
  return {
    'settings.get': () => store.get(),
    'settings.set': (patch) => store.set(patch),
    'app.info': async () => ({
      version: deps.appVersion,
      node: process.versions.node,
      sqlite: await readSqliteVersion(),
      duckdb: await readDuckdbVersion(),
      platform: `${process.platform} ${process.arch}`,
    }),
  };
};
