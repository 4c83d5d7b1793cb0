import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { splitElements, type SplitMode } from '../../../../main/evidence/json/elements.ts';

const folder = mkdtempSync(join(tmpdir(), 'casebench-elements-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const split = (text: string, mode: SplitMode): { elements: unknown[]; broken: string[]; key: string | null } => {
  const path = join(folder, 'x.json');
  writeFileSync(path, text);
  const elements: unknown[] = [];
  const broken: string[] = [];
  const { key } = splitElements(path, mode, { element: (bytes) => elements.push(JSON.parse(bytes.toString())), broken: (_bytes, reason) => broken.push(reason) });
  return { elements, broken, key };
};

describe('splitElements', () => {
  it('finds the elements of any array, however it is written', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 }), fc.constantFrom(undefined, 2, '\t'), (values, indent) => {
      expect(split(JSON.stringify(values, null, indent), 'sequence').elements).toEqual(JSON.parse(JSON.stringify(values)));
    }), { numRuns: 300 });
  });

  it('finds objects that follow each other', () => {
    fc.assert(fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 }), fc.constantFrom('\n', ' ', '', '\n\n'), (values, between) => {
      expect(split(values.map((value) => JSON.stringify(value, null, 1)).join(between), 'sequence').elements).toEqual(JSON.parse(JSON.stringify(values)));
    }), { numRuns: 300 });
  });

  it('finds the list of records in a wrapper, not other lists', () => {
    const found = split(JSON.stringify({ meta: { rows: [{ no: 1 }] }, tags: ['a', 'b'], 'va"lue': [{ a: 1 }, { a: [{ b: 2 }] }], more: [{ c: 1 }] }), 'wrapper');
    expect(found).toMatchObject({ key: 'va"lue', elements: [{ a: 1 }, { a: [{ b: 2 }] }] });
  });

  it('names a record that the file cuts off', () => {
    expect(split('[{"a":1},{"a":"x', 'sequence')).toMatchObject({ elements: [{ a: 1 }], broken: ['File ends inside a record'] });
  });
});
