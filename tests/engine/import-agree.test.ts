/** DuckDB's reader and our own must agree on every file, however broken: which records are rows, what is in them, and on what line the others are. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCsvReader } from '../../main/evidence/csv/reader.ts';
import { openBench, type Bench } from './import-support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const piece = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'b c', '12', '', 'é', '-') },
  { weight: 4, arbitrary: fc.constantFrom(',') },
  { weight: 2, arbitrary: fc.constantFrom('\n') },
  { weight: 1, arbitrary: fc.constantFrom('"', '""', '"x\ny"', '"p,q"', ' "', '\r', '\\', ' ') },
);
/** Mostly well-formed, so that the fast way is taken often and left often. */
const good = fc.array(fc.constantFrom('a', '12', '', '"q,1"', '"two\nlines"', '"he ""said"""'), { minLength: 3, maxLength: 3 }).map((cells) => cells.join(','));
const odd = fc.oneof({ weight: 3, arbitrary: fc.array(fc.constantFrom('x', '7', '""'), { minLength: 1, maxLength: 6 }).map((cells) => cells.join(',')) }, { weight: 1, arbitrary: fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')) });
const file = fc.array(fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: odd }), { minLength: 1, maxLength: 25 }).map((lines) => `one,two,three\n${lines.join('\n')}\n`);

const expected = (text: string): { rows: (string | null)[][]; rejected: number[] } => {
  let given = false;
  const reader = createCsvReader({ next: () => (given ? null : ((given = true), text)) }, { delimiter: ',', quote: '"', escape: '"' }, 1);
  const rows: (string | null)[][] = [];
  const rejected: number[] = [];
  for (let record = reader.next(); record !== null; record = reader.next()) {
    if (record.fields?.slice(3).every((value) => value === '') === true && record.fields.length > 3) record.fields.length = 3;
    if (record.fields?.length === 3) rows.push(record.fields.map((value) => (value === '' ? null : value)));
    else rejected.push(record.line);
  }
  return { rows, rejected };
};

it('on any file', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      const types = { one: 'string', two: 'string', three: 'string' } as const;
      const imported = await bench.one('wild.csv', text, { delimiter: ',', quote: '"', headerRow: 1, encoding: 'utf-8', format: 'csv', types });
      const wanted = expected(text);
      // a header alone may be wider or narrower than most of what follows: the file then has another width; short records may be its habit
      if (imported.table.columns.length !== 3 || imported.table.warnings.join().includes('fewer than')) return;
      expect(imported.rows.map((row) => [row['one'], row['two'], row['three']])).toEqual(wanted.rows);
      expect(imported.rejects.map((reject) => reject.line)).toEqual(wanted.rejected);
    }),
    { numRuns: Number(process.env['CASEBENCH_FUZZ_RUNS'] ?? 60) },
  );
});
