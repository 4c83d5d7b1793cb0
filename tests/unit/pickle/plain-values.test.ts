/**
 * Pickles that hold no frame at the top: dicts of arrays, plain Python, scalars, records.
 */

import { describe, expect, it } from 'vitest';
import { PickleError, readPickle, type PickleTable } from '../../../main/pickle/index.ts';
import { shippedPickles } from './fixtures.ts';
import { float, objects, tuple, writePickle, type PyIn } from './write-pickle.ts';

const read = (value: PyIn): PickleTable[] => readPickle(writePickle(value, 5));
const cells = (table: PickleTable | undefined): unknown =>
  table?.columns.map((c) => [c.name, c.type, Array.from(c.values as ArrayLike<unknown>).map((v, i) => ('nulls' in c && c.nulls?.[i] === 1 ? null : v))]);

function everyWriter(name: string): [string, PickleTable[]][] {
  const found = shippedPickles().filter((p) => p.name === name);
  expect(found.length).toBeGreaterThan(3);
  return found.map((p) => [`${p.writer}/${p.file}`, readPickle(p.bytes())]);
}

describe('pickles without a frame at the top', () => {
  it('a dict of arrays becomes one table per array', () => {
    for (const [, tables] of everyWriter('numpy_arrays')) {
      expect(tables.map((t) => [t.name, t.rows])).toEqual([
        ['i4', 4], ['be', 3], ['f_order', 2], ['empty', 0], ['u5', 2], ['s3', 2], ['obj', 3], ['struct', 1], ['dt', 2], ['bool', 1], ['noncontig', 5],
      ]);
      const by = new Map(tables.map((t) => [t.name, cells(t)]));
      expect(by.get('be')).toEqual([['value', 'int', [0n, 1n, 2n]]]);
      expect(by.get('f_order')).toEqual([['0', 'int', [0n, 3n]], ['1', 'int', [1n, 4n]], ['2', 'int', [2n, 5n]]]);
      expect(by.get('u5')).toEqual([['value', 'string', ['ab', '日本']]]);
      expect(by.get('s3')).toEqual([['value', 'dynamic', ['"ab"', '"c"']]]);
      expect(by.get('struct')).toEqual([['a', 'int', [1n]], ['b', 'float', [2.5]], ['c', 'string', ['x']]]);
      expect(by.get('dt')).toEqual([['value', 'datetime', [1577836800000000n, null]]]);
      expect(by.get('bool')).toEqual([['0', 'bool', [1]], ['1', 'bool', [0]]]);
      expect(tables[0]?.warnings.join()).toContain('"zero_d"');
    }
  });

  it('a list of different scalars becomes one text column', () => {
    for (const [, tables] of everyWriter('scalars')) {
      expect(cells(tables[0])).toEqual([
        ['value', 'string', ['2020-01-01T00:00:00.500+00:00', '0 days 00:00:01', '2020-01', '[0, 1]', null, null, 'x']],
      ]);
    }
  });

  it('a dict of unlike values becomes one record', () => {
    for (const [, [table]] of everyWriter('plain_python')) {
      expect(table?.rows).toBe(1);
      const by = new Map(table?.columns.map((c) => [c.name, c.values[0]]));
      expect(String(by.get('ints'))).toMatch(/^\[0,1,255,256,65535,65536,2147483647,2147483648,-1,-2147483648,9223372036854775808,-9223372036854775808,12623/);
      expect(by.get('floats')).toBe('[0.0,-0.0,1.5,"inf","-inf",null,1e-320]');
      expect(by.get('nest')).toBe('[[[[[]]]]]');
      expect(by.get('tuples')).toBe('[[],[1],[1,2],[1,2,3],[1,2,3,4]]');
      expect(by.get('bool')).toBe('[true,false]');
      expect(by.get('none')).toBeNull();
    }
  });

  it('shared objects appear wherever they are referred to', () => {
    for (const [, [table]] of everyWriter('shared_refs')) {
      expect(cells(table)).toEqual([
        ['l1', 'dynamic', ['[1,2]']], ['l2', 'dynamic', ['[1,2]']], ['d1', 'dynamic', ['{"k":[1,2]}']], ['d2', 'dynamic', ['{"k":[1,2]}']],
        ['t', 'dynamic', ['[[1,2],[1,2]]']],
      ]);
    }
  });

  it('a list of dicts is one table with the union of keys', () => {
    const records = [new Map<PyIn, PyIn>([['a', 1], ['b', 'x']]), new Map<PyIn, PyIn>([['c', [1]], ['a', null]]), new Map<PyIn, PyIn>([['b', 'z'], ['a', 2]])];
    expect(cells(read(records)[0])).toEqual([
      ['a', 'int', [1n, null, 2n]],
      ['b', 'string', ['x', null, 'z']],
      ['c', 'dynamic', [null, '[1]', null]],
    ]);
  });

  it('a dict of equally long lists is a table of columns', () => {
    expect(cells(read(new Map<PyIn, PyIn>([['a', [1, 2]], ['b', ['x', 'y']]]))[0])).toEqual([['a', 'int', [1n, 2n]], ['b', 'string', ['x', 'y']]]);
  });

  it.each([null, 5, 'text', [], new Map<PyIn, PyIn>(), tuple()] as PyIn[])('%j is readable but no table', (value) => {
    expect(() => read(value)).toThrow(PickleError);
    expect(() => read(value)).toThrow(/not a DataFrame or a list of records/);
  });
});

describe('object columns', () => {
  const column = (...values: PyIn[]): unknown => (cells(read(objects(values))[0]) as [string, string, unknown[]][])[0]?.slice(1);
  const nan = float(NaN);

  it.each([
    ['text', ['a', null, nan], ['string', ['a', null, null]]],
    ['nothing', [null, nan], ['string', [null, null]]],
    ['bools', [true, null, false], ['bool', [1, null, 0]]],
    ['ints', [1, null, -(2n ** 63n)], ['int', [1n, null, -(2n ** 63n)]]],
    ['ints beyond 64 bits', [1, 2n ** 63n], ['string', ['1', '9223372036854775808']]],
    ['ints and floats', [1, float(1.5), nan], ['float', [1, 1.5, null]]],
    ['ints that a float cannot hold, and floats', [2n ** 60n, float(1.5)], ['string', ['1152921504606846976', '1.5']]],
    ['text and numbers', ['a', 1, float(1), float(1e16), float(1e-5), true], ['string', ['a', '1', '1.0', '1e+16', '1e-05', 'True']]],
    ['bools and ints', [true, 2], ['string', ['True', '2']]],
    ['lists and text', [[1, 'a', nan], 'b', null], ['dynamic', ['[1,"a",null]', '"b"', null]]],
    ['bytes', [Buffer.from('abc'), Buffer.from([0, 255])], ['dynamic', ['"abc"', '{"$bytes":"00ff"}']]],
    ['dicts with odd keys', [new Map<PyIn, PyIn>([[1, 'i'], [tuple(1, 'x'), 't'], [null, 0]])], ['dynamic', ['{"1":"i","(1, \'x\')":"t","None":0}']]],
    ['dicts whose keys print alike', [new Map<PyIn, PyIn>([[1, 'i'], ['1', 's']])], ['dynamic', ['[[1,"i"],["1","s"]]']]],
    ['infinities', [[float(Infinity), float(-0)]], ['dynamic', ['["inf",-0.0]']]],
  ] as [string, PyIn[], unknown][])('%s', (_what, values, expected) => {
    expect(column(...values)).toEqual(expected);
  });
});
