import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { displayFolder, folderNameOf, insideCase } from '../../../main/case/layout.ts';

describe('paths kept in a case', () => {
  it('lead inside the case folder', () => {
    expect(insideCase('/c/A.case', 'tables/1.parquet')).toBe(path.join('/c/A.case', 'tables', '1.parquet'));
  });
  it('are refused when they lead out of it', () => {
    for (const file of ['../x', 'tables/../../x', '/etc/passwd', 'C:/x', 'tables//x', './x', '', 'a\\..\\x', 'a\0b']) {
      expect(() => insideCase('/c/A.case', file), file).toThrow('outside the case folder');
    }
  });
});

describe('the folder name of a case', () => {
  it('keeps ordinary names', () => expect(folderNameOf('Lantern 2026 · Zürich')).toBe('Lantern 2026 · Zürich.case'));
  it('holds nothing that a file system refuses or that hides', () => {
    expect(folderNameOf('a/b\\c:d*e?"<>|')).toBe('a-b-c-d-e-----.case');
    expect(folderNameOf('..')).toBe('Case.case');
    expect(folderNameOf('con')).toBe('Case con.case');
    expect(folderNameOf('evil\u202egpj')).toBe('evil-gpj.case');
    expect(folderNameOf('x'.repeat(300))).toHaveLength(105);
  });
});

describe('a folder as shown', () => {
  it('is shortened below home only', () => {
    expect(displayFolder(`/home/ana${path.sep}Cases`, '/home/ana')).toBe(`~${path.sep}Cases`);
    expect(displayFolder('/home/anabel/Cases', '/home/ana')).toBe('/home/anabel/Cases');
    expect(displayFolder('/srv/Cases', '/')).toBe('/srv/Cases');
  });
});
