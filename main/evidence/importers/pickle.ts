/** Pickled DataFrames: read as data by main/pickle in the worker, nothing is ever run. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalShape, csvRelation } from '../csv/relation.ts';
import type { Importer, ReadTable } from '../importer.ts';
import { looksLikePickle } from '../../pickle/index.ts';
import type { RawBase } from '../types.ts';
import type { WrittenPickle } from '../work/pickle-tables.ts';

const typed: Record<RawBase, (c: string) => string> = {
  text: (c) => c,
  string: (c) => c,
  dynamic: (c) => c,
  int: (c) => `CAST(${c} AS BIGINT)`,
  timespan: (c) => `CAST(${c} AS BIGINT)`,
  float: (c) => `CAST(${c} AS DOUBLE)`,
  bool: (c) => `CAST(${c} AS BOOLEAN)`,
  datetime: (c) => `make_timestamp(CAST(${c} AS BIGINT))`,
};

/** A frame without columns still has its rows. */
const relationOf = (frame: WrittenPickle): string => {
  const csv = csvRelation(frame.path, { ...canonicalShape, width: Math.max(1, frame.width) }, { keepEmptyText: true, long: frame.longest > 500_000 });
  const columns = Array.from({ length: frame.width }, (_, i) => `${typed[frame.bases[i] ?? 'string'](`c${i}`)} AS c${i}`);
  return `(SELECT ${columns.length === 0 ? 'c0' : columns.join(', ')} FROM ${csv})`;
};

export const pickleImporter: Importer = {
  format: 'pickle',
  sniff: (head) => looksLikePickle(head.bytes),
  read: async (context) => {
    const outDir = join(context.tempDir, 'frames');
    await mkdir(outDir, { recursive: true });
    const planOptions = { types: context.options.types ?? {}, dateOrder: context.options.dateOrder ?? null, nowUs: context.nowUs };
    const frames = await context.pool.call('pickleTables', { path: context.path, outDir, planOptions }, { signal: context.signal });
    return frames.map((frame): ReadTable => ({
      part: frame.part, name: frame.part === '' ? null : frame.part, plan: frame.plan, rejects: null, confidence: 0.99,
      raw: { columns: frame.columns, relation: relationOf(frame), reads: [], warnings: frame.warnings },
      settings: { ...context.options, format: 'pickle' },
      locate: null,
    }));
  },
};
