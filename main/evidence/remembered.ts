/**
 * Settings an analyst chose for files with a certain header, kept with the user's data so that the next file of the kind, in any
 * case, is read the same way. Owns one JSON file. A damaged file is as good as none.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { importOptions, type ImportOptions } from '../contract/index.ts';

const entry = z.strictObject({ atUs: z.number(), options: importOptions });
const stored = z.record(z.string(), entry);
export type Remembered = z.infer<typeof entry>;

/** Kept entries; the oldest give way. */
const maxEntries = 500;

/** What makes two files the same kind: their column names, in order. */
export const headerKey = (names: readonly string[]): string => createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32);

export type RememberedSettings = {
  find(key: string): Promise<Remembered | null>;
  keep(key: string, options: ImportOptions, atUs: number): Promise<void>;
};

export const createRemembered = (path: string): RememberedSettings => {
  let writing: Promise<void> = Promise.resolve();
  const load = async (): Promise<Record<string, Remembered>> => {
    try {
      const parsed = stored.safeParse(JSON.parse(await readFile(path, 'utf8')));
      return parsed.success ? parsed.data : {};
    } catch {
      return {};
    }
  };
  return {
    find: async (key) => (await load())[key] ?? null,
    keep(key, options, atUs) {
      // a name is for one table, not for a kind of file
      const { tableName: _name, ...kept } = options;
      writing = writing.catch(() => undefined).then(async () => {
        const all = { ...(await load()), [key]: { atUs, options: kept } };
        const newest = Object.entries(all).sort((a, b) => b[1].atUs - a[1].atUs).slice(0, maxEntries);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(`${path}.new`, JSON.stringify(Object.fromEntries(newest)));
        await rename(`${path}.new`, path);
      });
      return writing;
    },
  };
};
