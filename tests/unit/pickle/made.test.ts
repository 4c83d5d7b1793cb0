/**
 * Rarer kinds of columns, compared with what pandas prints for them.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPickle } from '../../../main/pickle/index.ts';
import { SHIPPED } from './fixtures.ts';

type Made = { case: string; pickle: string; index: string; warnings: string[]; columns: unknown[] };
const made = readFileSync(join(SHIPPED, 'made.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Made);

describe('rarer columns', () => {
  it.each(made.map((m) => [m.case, m] as const))('%s', (_case, m) => {
    const [table] = readPickle(Buffer.from(m.pickle, 'base64'));
    const columns = table?.columns.map((c) => ({
      name: c.name,
      type: c.type,
      cells: Array.from(c.values as ArrayLike<unknown>).map((v, i) => (('nulls' in c && c.nulls?.[i] === 1) || v === null ? null : String(v))),
      ...(c.type === 'datetime' ? { zone: c.zone, ...(c.original === null ? {} : { original: c.original }) } : {}),
    }));
    expect({ index: table?.index, warnings: table?.warnings, columns }).toEqual({ index: m.index, warnings: m.warnings, columns: m.columns });
  });
});
