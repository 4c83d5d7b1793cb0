import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvReader, type CsvRecord } from '../../../../main/evidence/csv/reader.ts';

/** Gives the text in pieces of a size, as a file would. */
const readAll = (text: string, piece = text.length + 1, shape = { delimiter: ',', quote: '"', escape: '"' }): CsvRecord[] => {
  let at = 0;
  const reader = createCsvReader({
    next: () => {
      if (at >= text.length) return null;
      const part = text.slice(at, at + piece);
      at += piece;
      return part;
    },
  }, shape);
  const records: CsvRecord[] = [];
  for (let record = reader.next(); record !== null; record = reader.next()) records.push(record);
  return records;
};

const field = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r', ' ', 'é', '\\', '0'), maxLength: 8 });
const table = fc.integer({ min: 2, max: 4 }).chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
const written = (value: string): string => (/[",\n\r]|^ /.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

describe('createCsvReader', () => {
  it('reads back what was written, whatever pieces it comes in', () => {
    fc.assert(fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 7 }), fc.boolean(), (rows, end, piece, closed) => {
      const text = rows.map((row) => row.map(written).join(',')).join(end) + (closed ? end : '');
      expect(readAll(text, piece).map((record) => record.fields)).toEqual(rows);
    }), { numRuns: 400 });
  });

  it('knows the physical line of every record', () => {
    fc.assert(fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, piece) => {
      const texts = rows.map((row) => row.map(written).join(','));
      const lines: number[] = [];
      let line = 1;
      for (const text of texts) {
        lines.push(line);
        line += text.split(/\r\n|\r|\n/).length;
      }
      expect(readAll(`${texts.join('\n')}\n`, piece).map((record) => record.line)).toEqual(lines);
    }), { numRuns: 400 });
  });

  it('never loses a line: raw texts put together are the file', () => {
    const wild = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' '), maxLength: 60 });
    fc.assert(fc.property(wild, fc.integer({ min: 1, max: 5 }), (text, piece) => {
      expect(readAll(text, piece).map((record) => record.raw).join('\n').replace(/\n+/g, '\n')).toBe(text.replace(/\n+/g, '\n').replace(/^\n|\n$/g, ''));
    }), { numRuns: 1_000 });
  });

  it('gives up one line for a quote that is never closed', () => {
    const records = readAll('1,"open\n2,x\n3,y\n', 3);
    expect(records.map(({ line, fields, reason }) => [line, fields, reason])).toEqual([
      [1, null, 'File ends inside a quoted field'],
      [2, ['2', 'x'], ''],
      [3, ['3', 'y'], ''],
    ]);
  });

  it('reads a value with bare quotes inside quotes as written', () => {
    expect(readAll('a,".\\x -c "BAD"",z\n')[0]?.fields).toEqual(['a', '.\\x -c "BAD"', 'z']);
  });

  it('skips lines before the data', () => {
    let given = false;
    const reader = createCsvReader({ next: () => (given ? null : ((given = true), 'x\n\n"a\nb",1\n')) }, { delimiter: ',', quote: '"', escape: '"' }, 2);
    expect(reader.next()).toMatchObject({ line: 3, fields: ['a\nb', '1'] });
  });
});

it('passes over a line too long to keep, with bounded memory', () => {
  const piece = 'x,'.repeat(1 << 19);
  let pieces = 0;
  const reader = createCsvReader({ next: () => (pieces > 40 ? null : pieces++ === 40 ? '\nok,1\n' : piece) }, { delimiter: ',', quote: '"', escape: '"' });
  const long = reader.next();
  expect(long).toMatchObject({ line: 1, fields: null, reason: 'Line is longer than 16 MB' });
  expect(long?.raw.length).toBe(4_096);
  expect(reader.next()).toMatchObject({ line: 2, fields: ['ok', '1'] });
  expect(reader.next()).toBeNull();
});
