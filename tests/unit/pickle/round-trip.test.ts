/**
 * Whatever is written by an independent small writer is read back, for random values, block
 * layouts and protocols.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPickle, type PickleColumn, type PickleTable } from '../../../main/pickle/index.ts';
import { block, dataFrame, float, index, int64Bytes, ndarray, places, rangeIndex, slice, writePickle, type Py, type PyIn } from './write-pickle.ts';

const protocols = fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const, 5 as const);
const whole = (c: PickleColumn | undefined): unknown[] =>
  c === undefined ? [] : Array.from(c.values as ArrayLike<unknown>).map((v, i) => ('nulls' in c && c.nulls?.[i] === 1 ? null : v));
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const only = (tables: PickleTable[]): PickleTable => {
  expect(tables).toHaveLength(1);
  return tables[0] as PickleTable;
};

describe('random values', () => {
  it('text', () => {
    fc.assert(fc.property(fc.array(fc.option(text), { minLength: 1, maxLength: 200 }), protocols, (values, protocol) => {
      expect(whole(only(readPickle(writePickle(values.map((v) => new Map<PyIn, PyIn>([['t', v]])), protocol))).columns[0])).toEqual(values);
      const column = only(readPickle(writePickle(ndarray('O8', [values.length], values), protocol))).columns[0];
      expect(whole(column)).toEqual(values);
    }));
  });

  it('64-bit integers, as objects and as arrays', () => {
    fc.assert(fc.property(fc.array(int64, { minLength: 1, maxLength: 60 }), protocols, (values, protocol) => {
      for (const shape of [ndarray('O8', [values.length], values), ndarray('i8', [values.length], int64Bytes(values))]) {
        expect(whole(only(readPickle(writePickle(shape, protocol))).columns[0])).toEqual(values);
      }
    }));
  });

  it('integers of any size keep every digit', () => {
    fc.assert(fc.property(fc.array(fc.bigInt({ min: -(2n ** 400n), max: 2n ** 400n }), { minLength: 1, maxLength: 20 }), protocols, (values, protocol) => {
      const column = only(readPickle(writePickle([[...values]], protocol))).columns[0];
      expect(whole(column)).toEqual([`[${values.join(',')}]`]);
    }));
  });

  it('floats, bit by bit', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 60 }), protocols, (values, protocol) => {
      expect(whole(only(readPickle(writePickle(values.map(float), protocol))).columns[0])).toEqual(values);
      const raw = new Uint8Array(Float64Array.from(values).buffer);
      expect(whole(only(readPickle(writePickle(ndarray('f8', [values.length], raw), protocol))).columns[0])).toEqual(values);
    }));
  });

  it('nested values become the JSON that Python would print', () => {
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.constant(null), fc.boolean(), fc.integer(), text, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(text, tie('value'), { maxKeys: 4 })),
    })).value;
    const toPy = (v: unknown): PyIn =>
      Array.isArray(v) ? v.map(toPy) : v !== null && typeof v === 'object' ? new Map(Object.entries(v).map(([k, x]) => [k as PyIn, toPy(x)])) : (v as PyIn);
    fc.assert(fc.property(fc.array(json, { minLength: 1, maxLength: 5 }), protocols, (values, protocol) => {
      const column = only(readPickle(writePickle([new Map<PyIn, PyIn>([['x', [values.map(toPy)]]])], protocol))).columns[0];
      expect(JSON.parse(whole(column)[0] as string)).toEqual(JSON.parse(JSON.stringify([values])));
    }));
  });
});

describe('random frames', () => {
  /** Splits columns over blocks in any order, by slice or by array, in C or Fortran order. */
  const layout = fc.record({
    rows: fc.integer({ min: 0, max: 12 }),
    columns: fc.integer({ min: 1, max: 7 }),
    fortran: fc.boolean(),
    order: fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
    cuts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 7, maxLength: 7 }),
    protocol: protocols,
  });

  it('come back column by column whatever their blocks look like', () => {
    fc.assert(fc.property(layout, ({ rows, columns, fortran, order, cuts, protocol }) => {
      const cell = (column: number, row: number): number => column * 100 + row;
      const shuffled = Array.from({ length: columns }, (_, i) => i).sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0) || a - b);
      const blocks: Py[] = [];
      let at = 0;
      for (const size of cuts) {
        const group = shuffled.slice(at, at + size);
        at += size;
        if (group.length === 0) break;
        const cells = fortran && group.length > 1
          ? Array.from({ length: rows }, (_, r) => group.map((c) => cell(c, r))).flat()
          : group.flatMap((c) => Array.from({ length: rows }, (_, r) => cell(c, r)));
        const values = ndarray('i8', [group.length, rows], int64Bytes(cells), fortran && group.length > 1);
        const step = group.length > 1 ? (group[1] as number) - (group[0] as number) : 1;
        const even = step > 0 && group.every((c, i) => c === (group[0] as number) + i * step);
        blocks.push(block(values, even ? slice(group[0] as number, (group.at(-1) as number) + 1, step) : places(group)));
      }
      const names = Array.from({ length: columns }, (_, i) => `c${i}`);
      const table = only(readPickle(writePickle(dataFrame(blocks, index(names), rangeIndex(rows)), protocol)));
      expect([table.rows, table.index]).toEqual([rows, 'dropped-range']);
      expect(table.columns.map((c) => [c.name, whole(c)])).toEqual(names.map((n, c) => [n, Array.from({ length: rows }, (_, r) => BigInt(cell(c, r)))]));
    }));
  });

  it('keep repeated, empty and odd names apart', () => {
    const frame = dataFrame([block(ndarray('i8', [5, 1], int64Bytes([1, 2, 3, 4, 5])), slice(0, 5))], index(['a', 'a', '', null, '__proto__']), rangeIndex(1));
    const table = only(readPickle(writePickle(frame, 4)));
    expect(table.columns.map((c) => [c.name, c.values[0]])).toEqual([['a', 1n], ['a_2', 2n], ['column_3', 3n], ['None', 4n], ['__proto__', 5n]]);
    expect(table.warnings).toEqual(['The column name "a" occurs 2 times; the later ones were numbered', 'Columns without a name were numbered']);
  });
});
