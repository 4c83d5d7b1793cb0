/**
 * Where the pickles for tests lie: a shipped set always, larger collections beside the
 * repository when they are there. Owns: paths and loading. Must not: interpret pickles.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
export const SHIPPED = join(ROOT, 'tests/fixtures/pickle');
export const COLLECTION = join(ROOT, '../shared/goldens/11_pickle');
export const REAL = join(ROOT, '../shared/data/msticpy');

export type Described = { writer: string; file: string; name: string; bytes: () => Uint8Array; canonical: () => string };
export type Hostile = { file: string; expect: string; note: string; bytes: () => Uint8Array };

function lines<T>(file: string): T[] {
  return readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T);
}

export function shippedPickles(): Described[] {
  return readdirSync(SHIPPED).filter((f) => f.endsWith('.jsonl') && f !== 'hostile.jsonl' && f !== 'made.jsonl').flatMap((f) =>
    lines<{ case: string; canonical: string; pickles: Record<string, string> }>(join(SHIPPED, f)).flatMap((entry) =>
      Object.entries(entry.pickles).map(([file, base64]) => ({
        writer: f.replace('.jsonl', ''), file, name: entry.case, bytes: () => Buffer.from(base64, 'base64'), canonical: () => entry.canonical,
      })),
    ),
  );
}

export function collectedPickles(): Described[] {
  const folder = join(COLLECTION, 'synthetic');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((f) => /^manifest_.*\.jsonl$/.test(f)).flatMap((manifest) =>
    lines<{ file: string; expected: string; case: string }>(join(folder, manifest)).filter((e) => e.file.endsWith('.pkl')).map((e) => ({
      writer: dirname(e.file), file: e.file, name: e.case, bytes: () => readFileSync(join(folder, e.file)), canonical: () => readFileSync(join(folder, e.expected), 'utf8'),
    })),
  );
}

export function shippedHostile(): Hostile[] {
  return lines<{ file: string; expect: string; note: string; pickle: string }>(join(SHIPPED, 'hostile.jsonl'))
    .map(({ file, expect, note, pickle }) => ({ file, expect, note, bytes: () => Buffer.from(pickle, 'base64') }));
}

/** The whole hostile collection, without the compressed ones (unpacking is another room's work). */
export function collectedHostile(): Hostile[] {
  const folder = join(COLLECTION, 'synthetic/hostile');
  if (!existsSync(folder)) return [];
  return lines<{ file: string; expect: string; note: string }>(join(folder, 'manifest.jsonl'))
    .filter((e) => e.file.endsWith('.pkl')).map((e) => ({ ...e, bytes: () => readFileSync(join(folder, e.file)) }));
}
