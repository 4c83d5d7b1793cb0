import { describe, expect, it } from 'vitest';
import { sniffCsv } from '../../../../main/evidence/csv/sniff.ts';

describe('sniffCsv', () => {
  it.each([
    ['commas inside a semicolon file', 'x;y;z\n1,5;2,5;3,5\n1,5;2,5;3,5\n', ';', 3],
    ['a tab among commas', 'a\tb\n1,2\t3,4\n5,6\t7,8\n', '\t', 2],
    ['commas in quotes', 'name|note\nx|"a, b, c"\ny|"d, e"\n', '|', 2],
  ])('%s', (_label, text, delimiter, width) => {
    expect(sniffCsv(text, true)).toMatchObject({ delimiter, width });
  });

  it('is unsure of prose and of log lines', () => {
    expect(sniffCsv('Dear all, this is a text.\nIt has commas, here and there, but no columns.\nNone.\n', true).confidence).toBeLessThan(0.5);
    expect(sniffCsv('type=USER msg=audit(1): pid=1\ntype=CRED msg=audit(2): pid=2\n', true).confidence).toBe(0);
  });

  it.each([
    ['names over numbers', 'id,size\n1,2\n', 1],
    ['names over words', 'user,host\nalice,ws1\n', 1],
    ['numbers only', '1,2\n3,4\n', 0],
    ['a first row that comes again', 'a,b\nc,d\na,b\n', 0],
    ['a repeated header over numbers', 'n,b\n1,d\nn,b\n', 1],
    ['after a title', 'Report\n\na,b,c\n1,2,3\n4,5,6\n', 3],
  ])('header: %s', (_label, text, headerRow) => {
    expect(sniffCsv(text, true).headerRow).toBe(headerRow);
  });

  it('gives rows wider than the header a name for the rest', () => {
    expect(sniffCsv('a,b\n1,2,\n3,4,\n', true)).toMatchObject({ width: 3, header: ['a', 'b'] });
    // as R writes row names
    expect(sniffCsv('a,b\n1,2,3\n2,4,5\n', true)).toMatchObject({ width: 3, header: ['', 'a', 'b'] });
  });

  it('obeys wishes', () => {
    expect(sniffCsv('a;b,c\n1;2,3\n', true, { delimiter: ';' })).toMatchObject({ delimiter: ';', width: 2 });
    expect(sniffCsv('a,b\n1,2\n', true, { headerRow: 0 })).toMatchObject({ headerRow: 0, header: null, skipLines: 0 });
    expect(sniffCsv('x\na,b\n1,2\n', true, { headerRow: 2 })).toMatchObject({ headerRow: 2, header: ['a', 'b'], skipLines: 2 });
  });

  it('knows a header of several lines', () => {
    expect(sniffCsv('"a\nb",c\n1,2\n', true)).toMatchObject({ header: ['a\nb', 'c'], skipLines: 2, plainHeader: false });
  });
});
