/** Whatever is in a table comes back from the case, whichever way the file was written. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBench, query, type Bench } from './import-support.ts';
import { join } from 'node:path';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const text = fc.string({ unit: fc.constantFrom('a', 'B', '"', ',', ';', '\n', '\r\n', ' ', 'é', '日', '\\', "'", '0', '-'), minLength: 1, maxLength: 10 })
  // a lone dash among numbers is a null word, blanks around are not told from formatting
  .map((value) => `v${value}.`);

const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(fc.option(text, { freq: 5 }), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }));

const cell = (value: string | null, delimiter: string, always: boolean): string =>
  value === null ? '' : always || new RegExp(`["\\r\\n${delimiter === '|' ? '\\|' : delimiter}]`).test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const encode = (content: string, encoding: string): Buffer =>
  encoding === 'utf16' ? Buffer.from(`\ufeff${content}`, 'utf16le') : encoding === 'mark' ? Buffer.from(`\ufeff${content}`) : Buffer.from(content);

it('a random table, as CSV in any dialect', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n'), fc.constantFrom('plain', 'mark', 'utf16'), fc.boolean(), async (rows, delimiter, end, encoding, always) => {
      // a record of nothing but nulls would be a blank line in a table of one column only
      const header = rows[0]?.map((_, i) => `column ${i}`) ?? [];
      const content = [header.join(delimiter), ...rows.map((row) => row.map((value) => cell(value, delimiter, always)).join(delimiter))].join(end) + end;
      const result = await bench.one('random.csv', encode(content, encoding), { delimiter, quote: '"', headerRow: 1, types: Object.fromEntries(header.map((name) => [name, 'string'])) });
      expect(result.rows.map((row) => header.map((name) => row[name]))).toEqual(rows);
      expect(result.table.rejected).toBe(0);
    }),
    { numRuns: Number(process.env['CASEBENCH_FUZZ_RUNS'] ?? 40) },
  );
});

it('random records, as JSON lines and as an array', async () => {
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(fc.integer()), fc.dictionary(fc.string({ maxLength: 3 }), fc.integer(), { maxKeys: 3 }));
  const record = fc.dictionary(fc.constantFrom('a', 'A', 'b', 'c d', 'e"f', '__proto__', ''), value, { minKeys: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 2, maxLength: 15 }), fc.boolean(), async (records, lines) => {
      const plain = records.map((each) => JSON.parse(JSON.stringify(each).toWellFormed()) as Record<string, unknown>);
      const content = lines ? plain.map((each) => JSON.stringify(each)).join('\n') : JSON.stringify(plain, null, 1);
      const result = await bench.one('random.json', content, { format: lines ? 'jsonl' : 'json', types: {} });
      expect(result.table.rows + result.table.rejected).toBe(records.length);
      for (const column of result.table.columns.filter((each) => each.type !== 'datetime')) {
        plain.forEach((each, i) => {
          const given = Object.hasOwn(each, column.name) ? each[column.name] : null;
          const stored = result.rows[i]?.[column.physical] ?? null;
          if (given === null) expect(stored).toBeNull();
          else if (column.type === 'dynamic') expect(JSON.parse(String(stored))).toEqual(given);
          else if (column.type === 'float' || column.type === 'int') expect(Number(stored)).toBe(given === 0 ? 0 : given);
          else if (column.type === 'bool') expect(stored).toBe(given);
          else if (typeof given === 'string') expect(stored).toBe(given);
        });
      }
    }),
    { numRuns: Number(process.env['CASEBENCH_FUZZ_RUNS'] ?? 60) },
  );
});

it('a table written by the import is read again as it was', async () => {
  const first = await bench.one('first.csv', 'TimeGenerated,n,f,b,d,s\n2026-03-01T00:00:00.123Z,1,0.5,true,"{""a"":1}",007\n,,,,,\n2026-03-02T00:00:00Z,9007199254740993,1e10,false,[1],x\n');
  const again = await bench.run([join(bench.session.folder, first.table.file)]);
  const second = await bench.read(again.tables[0]?.tableId ?? '');
  expect(second.table.columns.map(({ name, type }) => `${name}:${type}`)).toEqual(['_rid:int', 'TimeGenerated:datetime', 'TimeGenerated~text:string', 'n:int', 'f:float', 'b:bool', 'd:string', 's:string']);
  expect(second.rows.map((row) => row['n'])).toEqual(['1', null, '9007199254740993']);
});

it('Parquet of every type becomes one of ours', async () => {
  const path = join(bench.files, 'types.parquet');
  await query(`COPY (SELECT 1::TINYINT AS i8, 2::UINTEGER AS u32, 18446744073709551615::UBIGINT AS u64, 5::UBIGINT AS small64, 1.5::FLOAT AS f, 1.25::DECIMAL(9,2) AS d9, 12345678901234567890.12::DECIMAL(30,2) AS d30, 7::DECIMAL(10,0) AS d0,
    true AS b, 'x' AS s, 'ab'::BLOB AS blob, '\\xFF'::BLOB AS raw, DATE '2026-03-01' AS day, TIMESTAMP '2026-03-01 10:00:00' AS ts, TIMESTAMPTZ '2026-03-01 10:00:00+02' AS tz, TIMESTAMP_NS '2026-03-01 10:00:00.123456789' AS ns,
    TIME '10:00:00' AS clock, {'a': 1, 'b': [1, 2]} AS st, [1, 2] AS l, MAP {'k': 1} AS m, uuid '802d39e1-9d70-404d-832c-2de5e2478eda' AS u, NULL::INTEGER AS nothing) TO '${path}' (FORMAT parquet)`);
  const result = await bench.run([path]);
  const { table, rows } = await bench.read(result.tables[0]?.tableId ?? '');
  expect(Object.fromEntries(table.columns.map(({ name, type }) => [name, type]))).toEqual({
    i8: 'int', u32: 'int', u64: 'string', small64: 'int', f: 'float', d9: 'float', d30: 'string', d0: 'int', b: 'bool', s: 'string', blob: 'string', raw: 'string', day: 'datetime', ts: 'datetime', tz: 'datetime', ns: 'datetime',
    clock: 'string', st: 'dynamic', l: 'dynamic', m: 'dynamic', u: 'string', nothing: 'int',
  });
  expect(rows[0]).toMatchObject({
    u64: '18446744073709551615', d30: '12345678901234567890.12', blob: 'ab', raw: 'FF', day: '2026-03-01 00:00:00', tz: '2026-03-01 08:00:00', ns: '2026-03-01 10:00:00.123456', 'ns~text': '2026-03-01 10:00:00.123456789', st: '{"a":1,"b":[1,2]}', m: '{"k":1}',
  });
});

it('a damaged Parquet file is an error that says so', async () => {
  expect(await bench.failure('bad.parquet', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(200, 7), Buffer.from('PAR1')]))).toMatchObject({ code: 'import.malformed' });
});
