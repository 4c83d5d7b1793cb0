import { describe, expect, it } from 'vitest';
import { documentTables } from '../../../../main/evidence/json/documents.ts';

const shape = (value: unknown): [string, unknown[]][] => documentTables(value).map((table) => [table.part, [...table.records]]);

describe('documentTables', () => {
  it.each([
    ['an array', [{ a: 1 }], [['', [{ a: 1 }]]]],
    ['plain values', [1, 'x'], [['', [{ value: 1 }, { value: 'x' }]]]],
    ['one record', { a: 1, b: { c: 2 } }, [['', [{ a: 1, b: { c: 2 } }]]]],
    ['a record with a list of its own', { id: 1, name: 'x', host: 'y', user: 'z', parts: [{ p: 1 }] }, [['', [{ id: 1, name: 'x', host: 'y', user: 'z', parts: [{ p: 1 }] }]]]],
    ['a wrapper', { count: 2, value: [{ a: 1 }] }, [['', [{ a: 1 }]]]],
    ['objects by name', { x: { a: 1, t: 'q' }, y: { a: 2, t: 'r' } }, [['', [{ key: 'x', a: 1, t: 'q' }, { key: 'y', a: 2, t: 'r' }]]]],
    ['a frame by columns', { a: { 0: 1, 1: 2 }, b: { 0: 'x', 1: 'y' } }, [['', [{ a: 1, b: 'x' }, { a: 2, b: 'y' }]]]],
    ['lists by name', { a: [{ x: 1 }], b: [{ y: 1 }] }, [['a', [{ x: 1 }]], ['b', [{ y: 1 }]]]],
  ])('%s', (_label, value, expected) => {
    expect(JSON.parse(JSON.stringify(shape(value)))).toEqual(expected);
  });
});
