/**
 * Every described pickle reads as pandas itself sees it: a small shipped set always, the whole
 * collection (all pandas versions and protocols) when it lies beside the repository.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPickle } from '../../../main/pickle/index.ts';
import { expectTables, observed, parseCanonical, sortedArray } from './canonical-tables.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const SHIPPED = join(ROOT, 'tests/fixtures/pickle');
const COLLECTION = join(ROOT, '../shared/goldens/11_pickle');
const REAL = join(ROOT, '../shared/data/msticpy');

/** Not frames at the top; their tables are stated one by one in plain-values.test.ts. */
const STATED_ELSEWHERE = new Set(['scalars', 'plain_python', 'numpy_arrays', 'shared_refs']);

type Case = { writer: string; file: string; name: string; bytes: () => Uint8Array; canonical: () => string };

function lines<T>(file: string): T[] {
  return readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T);
}

function shippedCases(): Case[] {
  return readdirSync(SHIPPED).filter((f) => f.endsWith('.jsonl') && f !== 'hostile.jsonl').flatMap((f) =>
    lines<{ case: string; canonical: string; pickles: Record<string, string> }>(join(SHIPPED, f)).flatMap((entry) =>
      Object.entries(entry.pickles).map(([file, base64]) => ({
        writer: f.replace('.jsonl', ''), file, name: entry.case, bytes: () => Buffer.from(base64, 'base64'), canonical: () => entry.canonical,
      })),
    ),
  );
}

function collectionCases(folder: string): Case[] {
  return readdirSync(folder).filter((f) => /^manifest_.*\.jsonl$/.test(f)).flatMap((manifest) =>
    lines<{ file: string; expected: string; case: string }>(join(folder, manifest)).filter((e) => e.file.endsWith('.pkl')).map((e) => ({
      writer: dirname(e.file), file: e.file, name: e.case, bytes: () => readFileSync(join(folder, e.file)), canonical: () => readFileSync(join(folder, e.expected), 'utf8'),
    })),
  );
}

/** Sets have no order: arrays that come from sets are compared sorted. */
function unorderSets(cell: string | null): string | null {
  return cell === '[1,2,"x"]' || cell === '["x",1,2]' ? sortedArray(['1', '2', '"x"']) : cell;
}

function compare(bytes: Uint8Array, canonical: string): void {
  const node = (parseCanonical(canonical) as { expected: never }).expected;
  const got = readPickle(bytes).map(observed);
  const wanted = expectTables(node);
  expect(wanted.length).toBeGreaterThan(0);
  expect(got.map((t) => [t.name, t.rows, t.index, t.columns.map((c) => [c.name, c.type])]))
    .toEqual(wanted.map((t) => [t.name, t.rows, t.index, t.columns.map((c) => [c.name, c.type])]));
  got.forEach((table, t) => table.columns.forEach((column, c) => {
    const want = wanted[t]?.columns[c];
    expect({ column: column.name, cells: column.cells.map(unorderSets) }).toEqual({ column: want?.name, cells: want?.cells.map(unorderSets) });
    expect({ column: column.name, original: column.originalNs }).toEqual({ column: want?.name, original: want?.originalNs });
  }));
}

function compareAll(all: Case[]): void {
  const byWriter = Map.groupBy(all.filter((c) => !STATED_ELSEWHERE.has(c.name)), (c) => c.writer);
  for (const [writer, cases] of byWriter) {
    it(`${writer}: ${cases.length} files`, () => {
      for (const c of cases) {
        try {
          compare(c.bytes(), c.canonical());
        } catch (error) {
          throw new Error(`${c.file}: ${(error as Error).message}`, { cause: error });
        }
      }
    });
  }
}

describe('pickles of many pandas versions equal their description', () => {
  describe('shipped set', () => compareAll(shippedCases()));
  if (existsSync(COLLECTION)) describe('whole collection', () => compareAll(collectionCases(join(COLLECTION, 'synthetic'))));
  else it.skip('whole collection: ../shared/goldens/11_pickle is not here', () => undefined);
});

describe('real pickles of investigations', () => {
  const folder = join(COLLECTION, 'upstream');
  if (!existsSync(folder) || !existsSync(REAL)) {
    it.skip('../shared/goldens/11_pickle/upstream or ../shared/data/msticpy is not here', () => undefined);
    return;
  }
  for (const described of readdirSync(folder).filter((f) => f.endsWith('.pkl.json.gz'))) {
    const short = described.replace(/^(docs__notebooks__data__|tests__testdata__)/, '').replace(/\.json\.gz$/, '').replaceAll('__', '/');
    it(short, () => {
      compare(readFileSync(join(REAL, short)), gunzipSync(readFileSync(join(folder, described))).toString('utf8'));
    });
  }
});
