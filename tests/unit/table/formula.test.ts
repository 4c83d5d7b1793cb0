import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralised, restored } from '../../../main/table/formula.ts';

describe('formula neutralising', () => {
  it.each(["=cmd|'/c calc'!A1", '+1+2', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '=', '-', '＝1+1', "'=1", '-1a'])('%j gets an apostrophe', (text) => {
    expect(neutralised(text)).toBe(`'${text}`);
  });
  it.each(['-12.5', '+4', '-.5', '-1e5', '+1E-3', '0', 'a=b', 'x', '', "it's", "'quoted'", '10:00', 'C:\\x'])('%j stays', (text) => expect(neutralised(text)).toBe(text));
  it('is undone exactly', () => {
    const text = fc.oneof(fc.string(), fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", "''", "'=", "'-5"), fc.oneof(fc.string(), fc.integer().map(String))).map((p) => p.join('')));
    fc.assert(fc.property(text, (t) => void expect(restored(neutralised(t))).toBe(t)), { numRuns: 3_000 });
  });
});
