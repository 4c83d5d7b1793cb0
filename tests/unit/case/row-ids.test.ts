import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRowIds, encodeRowIds, packedCount, packRowIds, sortedUnique, unpackRowIds } from '../../../main/case/row-ids.ts';

const rowIds = fc.array(fc.oneof(fc.nat(50), fc.nat(5_000_000), fc.nat({ max: Number.MAX_SAFE_INTEGER })), { maxLength: 300 });

describe('row ids in the log', () => {
  it('come back as they were, sorted and unique', () => {
    fc.assert(
      fc.property(rowIds, (ids) => {
        const packed = packRowIds(ids);
        expect(Array.from(unpackRowIds(packed))).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
        expect(packedCount(packed)).toBe(new Set(ids).size);
      }),
    );
  });

  it('are written as gaps between runs', () => {
    expect(encodeRowIds(sortedUnique([5, 6, 7, 8, 9, 20]))).toBe('5+4,10');
    expect(Array.from(decodeRowIds('5,0+3'))).toEqual([5, 6, 7, 8, 9]);
  });

  it('are refused when the text is not theirs', () => {
    for (const text of [',', '1,', '-1', '1+', 'x', '1 ', '9007199254740993', '1+99999999']) expect(() => decodeRowIds(text), text).toThrow('can’t be read');
  });
});
