/**
 * The analyst's settings, kept in `<userDataDir>/settings.json`. Owns that file and the order of changes to it. Fields written by
 * a newer Casebench are kept as they are. Must not know what a setting does.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { settings as settingsSchema, type EngineParsedInput, type Settings } from '../contract/index.ts';
import { createJsonFile } from './json-file.ts';

export type SettingsStore = {
  get(): Promise<Settings>;
  /** Changes the named fields only; answers all of them. The change is on disk when this resolves. */
  set(patch: EngineParsedInput<'settings.set'>): Promise<Settings>;
};

export type SettingsStoreDeps = {
  readonly userDataDir: string;
  nowUs(): number;
  /** A damaged file was set aside under this name and defaults are in force. */
  onDamaged?(asideName: string): void;
};

/** Unknown fields pass through, so that an older Casebench does not drop a newer one's settings. */
const stored = z.looseObject(settingsSchema.shape);

export const createSettingsStore = ({ userDataDir, nowUs, onDamaged }: SettingsStoreDeps): SettingsStore => {
  const file = createJsonFile(join(userDataDir, 'settings.json'), stored, nowUs, onDamaged);
  /** One change after the other: two at once must not overwrite each other. */
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
  const known = (value: z.output<typeof stored>): Settings => z.object(settingsSchema.shape).parse(value);

  return {
    get: () => inOrder(async () => known(await file.read())),
    set: (patch) =>
      inOrder(async () => {
        const changes = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const next = stored.parse({ ...(await file.read()), ...changes });
        await file.write(next);
        return known(next);
      }),
  };
};
