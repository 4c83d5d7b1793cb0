/**
 * Single instructions, written by hand, seen through the column a list of their values makes.
 */

import { describe, expect, it } from 'vitest';
import { PickleError, readPickle } from '../../../main/pickle/index.ts';

/** Bytes of a pickle given as text (latin-1). */
const raw = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const column = (text: string): unknown => {
  const [table] = readPickle(raw(text));
  const c = table?.columns[0];
  return c === undefined ? undefined : [c.type, Array.from(c.values as ArrayLike<unknown>)];
};

describe('instructions', () => {
  it.each([
    ['INT 00 and 01 are False and True', '(lI01\naI00\na.', ['bool', [1, 0]]],
    ['INT with underscores', '(lI1_000\na.', ['int', [1000n]]],
    ['LONG without L', '(lL12\naL-5L\na.', ['int', [12n, -5n]]],
    ['LONG1 negative', '](\x8a\x06\x00\x00\x00\x00\x00\xffe.', ['int', [-(2n ** 40n)]]],
    ['LONG1 of nothing is 0', '](\x8a\x00e.', ['int', [0n]]],
    ['LONG4', '](\x8b\x02\x00\x00\x00\xff\x7fe.', ['int', [32767n]]],
    ['FLOAT words', '(lFinf\naF-1.5e3\na.', ['float', [Infinity, -1500]]],
    ['STRING escapes', "(lS'a\\n\\x41\\101\\\\'\na.", ['string', ['a\nAA\\']]],
    ['UNICODE escapes', '(lV\\u00e9\\U0001f600x\na.', ['string', ['é😀x']]],
    ['SHORT_BINSTRING', '](U\x02abe.', ['string', ['ab']]],
    ['DUP of a text', '](X\x01\x00\x00\x00a2e.', ['string', ['a', 'a']]],
    ['POP and POP_MARK', '](K\x01K\x020(K\x03K\x041e.', ['int', [1n]]],
    ['PUT and GET by text', '(lp0\nI7\np1\nag1\na.', ['int', [7n, 7n]]],
    ['memo numbers with large gaps', '](X\x01\x00\x00\x00ar\x00\x00\x00\xf0j\x00\x00\x00\xf0e.', ['string', ['a', 'a']]],
    ['TUPLE1 to TUPLE3', '](K\x01\x85K\x01K\x02\x86K\x01K\x02K\x03\x87e.', ['dynamic', ['[1]', '[1,2]', '[1,2,3]']]],
    ['sets', '](\x8f(K\x01K\x01K\x02\x90(K\x03\x91e.', ['dynamic', ['[1,2]', '[3]']]],
    ['DICT and SETITEM', ']((K\x01K\x02dK\x01K\x05se.', undefined],
    ['OBJ of an allowed type', ']((cdecimal\nDecimal\nX\x03\x00\x00\x001.0oe.', ['string', ['1.0']]],
    ['INST of an allowed type', ']((X\x03\x00\x00\x001.0idecimal\nDecimal\ne.', ['string', ['1.0']]],
    ['bytes by _codecs.encode', '](c_codecs\nencode\n(X\x05\x00\x00\x00abc\xc3\xbfX\x06\x00\x00\x00latin1tRe.', ['dynamic', ['{"$bytes":"616263ff"}']]],
    ['lone surrogates stay', '](X\x03\x00\x00\x00\xed\xa0\x80e.', ['string', ['\ud800']]],
  ] as [string, string, unknown][])('%s', (_what, text, expected) => {
    if (expected === undefined) expect(readPickle(raw(text))[0]?.columns.map((c) => [c.name, c.values[0]])).toEqual([['1', 5n]]);
    else expect(column(text)).toEqual(expected);
  });

  it('a text after thousands of other values in one group', () => {
    const ints = 'K\x07'.repeat(5000);
    expect(column(`](${ints}X\x03\x00\x00\x00endNe.`)).toEqual(['string', [...Array.from({ length: 5000 }, () => '7'), 'end', null]]);
    const texts = 'X\x01\x00\x00\x00x'.repeat(100);
    expect(column(`](${texts}${ints}${texts}e.`)).toEqual(['string', [...Array.from({ length: 100 }, () => 'x'), ...Array.from({ length: 5000 }, () => '7'), ...Array.from({ length: 100 }, () => 'x')]]);
  });

  it.each([
    ['NEWOBJ_EX with named arguments', '\x80\x04cpandas\nDataFrame\n)}X\x01\x00\x00\x00aK\x01s\x92.', 'pickle.refused'],
    ['a state set twice', 'cpandas\nDataFrame\n)\x81}b}b.', 'pickle.malformed'],
    ['a dotted name', '\x80\x04\x8c\x06pandas\x8c\x0eDataFrame.eval\x93.', 'pickle.refused'],
    ['a name with a line feed', '\x80\x04\x8c\x07pandas\n\x8c\x09DataFrame\x93.', 'pickle.refused'],
    ['getattr of anything else', '\x80\x04cbuiltins\ngetattr\ncpandas\nDataFrame\nX\x04\x00\x00\x00eval\x86R.', 'pickle.refused'],
    ['bytes by number', '](cbuiltins\nbytes\nJ\xff\xff\xff\x7f\x85Re.', 'pickle.limit'],
    ['a Python 2 text outside ASCII', '](U\x01\xe9e.', 'pickle.malformed'],
    ['invalid UTF-8', '](X\x02\x00\x00\x00\xc3(e.', 'pickle.malformed'],
    ['a list as a key', '}]K\x01s.', 'pickle.malformed'],
  ])('%s ends the read', (_what, text, code) => {
    let caught: unknown;
    try {
      readPickle(raw(text));
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(PickleError);
    expect((caught as PickleError).code).toBe(code);
    expect((caught as PickleError).offset).toBeTypeOf('number');
  });

  it('ignores what follows the end mark, as Python does', () => {
    expect(column('](K\x01e.garbage')).toEqual(['int', [1n]]);
  });
});
