import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordNumber } from '../../../main/table/record-number.ts';

describe('record numbers', () => {
  it('are the row’s place when nothing was set aside', () => expect([0, 7].map((id) => recordNumber(id, []))).toEqual([1, 8]));
  it('count the records that were set aside before', () => expect([0, 1, 2, 3].map((id) => recordNumber(id, [1, 3, 4, 9]))).toEqual([2, 5, 6, 7]));
  it('are the places of the kept records', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (kept) => {
        const rejected = kept.flatMap((k, i) => (k ? [] : [i + 1]));
        const places = kept.flatMap((k, i) => (k ? [i + 1] : []));
        expect(places.map((_, id) => recordNumber(id, rejected))).toEqual(places);
      }),
    );
  });
});
