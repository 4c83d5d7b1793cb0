import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatBytes, formatCount, formatRate, formatShare, formatShortCount, plural } from '../../../main/shared/format.ts';

describe('counts', () => {
  it.each([[0, '0'], [999, '999'], [1_000, '1,000'], [1_240_000, '1,240,000'], [-5_118, '−5,118'], [1.5, '1.5'], [Number.NaN, '–']])('%d is %s', (n, text) => expect(formatCount(n)).toBe(text));
  it('keep every digit', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (n) => void expect(Number(formatCount(n).replaceAll(',', ''))).toBe(n)));
  });
  it('agree in number', () => {
    expect(plural(1, 'row')).toBe('1 row');
    expect(plural(5_118, 'row')).toBe('5,118 rows');
    expect(plural(2, 'entry', 'entries')).toBe('2 entries');
  });
  it.each([[640, '640'], [999, '999'], [1_000, '1 k'], [17_200, '17 k'], [1_900_000, '1.9 M'], [999_999, '1 M'], [-1_500, '−1.5 k']])('%d is short %s', (n, text) => {
    expect(formatShortCount(n)).toBe(text);
  });
});

describe('sizes, rates, shares', () => {
  it.each([[0, '0 B'], [812, '812 B'], [1_400_000, '1.4 MB'], [169_000_000, '169 MB'], [999_999_999, '1 GB'], [1_000, '1 kB']])('%d bytes are %s', (n, text) => expect(formatBytes(n)).toBe(text));
  it('have their unit', () => {
    expect(formatRate(1_900_000, 'rows')).toBe('1.9 M rows/s');
    expect(formatRate(84_000_000, 'bytes')).toBe('84 MB/s');
    expect(formatAmount(17_200, 61_030, 'rows')).toBe('17,200 of 61,030 rows');
    expect(formatAmount(1_200_000, null, 'bytes')).toBe('1.2 MB');
    expect(formatAmount(3, 4, 'files')).toBe('3 of 4 files');
  });
  it.each([[1, 3, '33 %'], [0, 5, '0 %'], [1, 100_000, '< 0.1 %'], [4, 1_000, '0.4 %'], [1, 0, '–']])('%d of %d', (part, whole, text) => expect(formatShare(part, whole)).toBe(text));
});
