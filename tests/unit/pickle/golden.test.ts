/**
 * Every described pickle reads as pandas itself sees it: a small shipped set always, the whole
 * collection (all pandas versions and protocols) when it lies beside the repository.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPickle } from '../../../main/pickle/index.ts';
import { expectTables, observed, parseCanonical, sortedArray, type ExpectedTable } from './canonical-tables.ts';
import { COLLECTION, collectedPickles, REAL, shippedPickles, type Described } from './fixtures.ts';

/** Not frames at the top; their tables are stated one by one in plain-values.test.ts. */
const STATED_ELSEWHERE = new Set(['scalars', 'plain_python', 'numpy_arrays', 'shared_refs']);

/** Sets have no order: arrays that come from sets are compared sorted. */
function unorderSets(cell: string | null): string | null {
  return cell === '[1,2,"x"]' || cell === '["x",1,2]' ? sortedArray(['1', '2', '"x"']) : cell;
}

function plain(tables: ExpectedTable[]): unknown {
  return tables.map((t) => ({ ...t, columns: t.columns.map((c) => ({ ...c, cells: c.cells.map(unorderSets) })) }));
}

function byWriter(all: Described[]): [string, Described[]][] {
  return [...Map.groupBy(all.filter((c) => !STATED_ELSEWHERE.has(c.name)), (c) => c.writer)];
}

describe('pickles of many pandas versions equal their description', () => {
  it.each([...byWriter(shippedPickles()), ...byWriter(collectedPickles()).map(([w, c]) => [`whole ${w}`, c] as const)])('%s', (_writer, cases) => {
    for (const c of cases) {
      const wanted = expectTables((parseCanonical(c.canonical()) as { expected: never }).expected);
      expect(wanted.length, c.file).toBeGreaterThan(0);
      expect({ file: c.file, tables: plain(readPickle(c.bytes()).map(observed)) }).toEqual({ file: c.file, tables: plain(wanted) });
    }
  });
});

const described = join(COLLECTION, 'upstream');
const real = existsSync(described) && existsSync(REAL) ? readdirSync(described).filter((f) => f.endsWith('.pkl.json.gz')) : [];

describe('real pickles of investigations', () => {
  it.skipIf(real.length === 0)('equal their description (needs ../shared/goldens and ../shared/data)', () => {
    for (const file of real) {
      const short = file.replace(/^(docs__notebooks__data__|tests__testdata__)/, '').replace(/\.json\.gz$/, '').replaceAll('__', '/');
      const wanted = expectTables((parseCanonical(gunzipSync(readFileSync(join(described, file))).toString('utf8')) as { expected: never }).expected);
      expect({ file, tables: plain(readPickle(readFileSync(join(REAL, short))).map(observed)) }).toEqual({ file, tables: plain(wanted) });
    }
  });
});
