import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerNames, isSavedIndex, originalNames, physicalNames } from '../../../main/evidence/names.ts';
import { cleanName, fileSafe, nameFromFile, uniqueName } from '../../../main/evidence/table-names.ts';

describe('headerNames', () => {
  it.each([
    [['a', 'b'], 2, ['a', 'b']],
    [['a', 'a', 'a'], 3, ['a', 'a.1', 'a.2']],
    [['a', 'a', 'a.1'], 3, ['a', 'a.2', 'a.1']],
    [['', ' ', 'x'], 3, ['Unnamed: 0', 'Unnamed: 1', 'x']],
    [['x'], 3, ['x', 'Unnamed: 1', 'Unnamed: 2']],
  ])('%j with %i columns', (header, width, expected) => {
    expect(headerNames(header, width)).toEqual(expected);
  });

  it('gives every column a name of its own and leaves unique ones alone', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'A', 'a.1', 'a.2', '', 'Unnamed: 0', 'b'), { minLength: 1, maxLength: 12 }), (header) => {
      const names = headerNames(header, header.length);
      expect(new Set(names).size).toBe(names.length);
      header.forEach((name, i) => {
        if (name !== '' && header.indexOf(name) === i && !names.slice(0, i).includes(name)) expect(names[i]).toBe(name);
      });
    }));
  });
});

describe('names in the file', () => {
  it('differ without regard to case, from each other, the row number and kept texts', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.constantFrom('a', 'A', 'a~2', '_rid', '_RID', '', '~', 'a~text', 'x\0y'), { minLength: 1 }), (names) => {
      const physical = physicalNames(names);
      const originals = originalNames(physical, physical.map(() => true));
      const all = ['_rid', ...physical, ...originals].map((name) => String(name).toLowerCase());
      expect(new Set(all).size).toBe(all.length);
      expect(all.some((name) => name.includes('\0'))).toBe(false);
    }));
  });
});

it('a saved index is the nameless first column of whole numbers', () => {
  expect(isSavedIndex(0, '', ['0', '5', '2'])).toBe(true);
  expect(isSavedIndex(0, 'id', ['0', '1'])).toBe(false);
  expect(isSavedIndex(1, '', ['0', '1'])).toBe(false);
  expect(isSavedIndex(0, '', ['a', '1'])).toBe(false);
});

describe('table names', () => {
  it.each([
    ['/x/y/signin-logs.csv', 'signin-logs'],
    ['C:\\a\\host logs.json.gz', 'host logs'],
    ['.csv', '.csv'],
    ['a\u202eb\n c.tsv', 'a b c'],
    ['   ', 'Table'],
  ])('%j → %j', (file, name) => expect(nameFromFile(file)).toBe(name));

  it('are counted up without regard to case', () => {
    const taken = new Set(['securityevent']);
    expect([uniqueName('SecurityEvent', taken), uniqueName('SECURITYEVENT', taken), uniqueName('x', taken)]).toEqual(['SecurityEvent 2', 'SECURITYEVENT 3', 'x']);
  });

  it('make safe file names of anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      expect(fileSafe(name)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
      expect(fileSafe(name).length).toBeLessThanOrEqual(60);
      expect(cleanName(name)).not.toMatch(/[\p{Cc}]/u);
    }));
  });
});
