/** What an analyst sets once for every case, and facts about the running engine. */
import { z } from 'zod';
import { call, nothing } from './define.ts';

export const settings = z.strictObject({
  theme: z.enum(['system', 'dark', 'light', 'hc']).default('dark'),
  density: z.enum(['compact', 'regular', 'roomy']).default('regular'),
  /** Display zone: `UTC`, `local` or an IANA name. */
  zone: z.string().min(1).max(60).default('UTC'),
  copyOriginals: z.boolean().default(false),
  reducedMotion: z.boolean().default(false),
  /** Changed keys by command id; null: no key. */
  keys: z.record(z.string().max(100), z.string().max(60).nullable()).default({}),
});
export type Settings = z.infer<typeof settings>;

/** A patch without defaults: a field left out stays as it is. */
export const settingsPatch = z.strictObject({
  theme: settings.shape.theme.unwrap().optional(),
  density: settings.shape.density.unwrap().optional(),
  zone: settings.shape.zone.unwrap().optional(),
  copyOriginals: z.boolean().optional(),
  reducedMotion: z.boolean().optional(),
  keys: settings.shape.keys.unwrap().optional(),
});

export const settingsOps = {
  'settings.get': call(nothing, settings),
  'settings.set': call(settingsPatch, settings),
  'app.info': call(
    nothing,
    z.strictObject({ version: z.string(), node: z.string(), sqlite: z.string(), duckdb: z.string(), platform: z.string() }),
  ),
} as const;
