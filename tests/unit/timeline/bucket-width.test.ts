import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBucket } from '../../../main/shared/duration.ts';
import { toIso } from '../../../main/shared/time.ts';
import { bucketsFor, originOf } from '../../../main/timeline/bucket-width.ts';

const us = Date.UTC(2026, 2, 11, 22, 4, 17) * 1_000;
const hour = 3_600_000_000;

describe('bucket widths', () => {
  it.each([
    [1_000, 500, '2 µs'], [1_000_000, 1_000, '1 ms'], [90 * 60_000_000, 100, '1 min'], [90 * 60_000_000, 91, '1 min'], [90 * 60_000_000, 90, '2 min'],
    [24 * hour, 100, '15 min'], [24 * hour, 25, '1 h'], [7 * 24 * hour, 60, '3 h'], [31 * 24 * hour, 40, '1 d'], [365 * 24 * hour, 60, '7 d'], [20 * 365 * 24 * hour, 60, '182 d'],
  ])('%d µs in at most %d bins take %s', (length, maxBins, width) => {
    expect(formatBucket(bucketsFor(us, us + length, maxBins).bucketUs)).toBe(width);
  });
  it('cover the range in whole aligned buckets, never more than asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_007_199_254_740_991, max: 8e15 }), fc.integer({ min: 1, max: 1e15 }), fc.integer({ min: 2, max: 4_000 }), (from, length, maxBins) => {
        const { bucketUs, fromUs, toUs, bins } = bucketsFor(from, from + length, maxBins);
        expect(bins).toBeLessThanOrEqual(maxBins);
        expect([Number.isSafeInteger(fromUs), Number.isSafeInteger(toUs)]).toEqual([true, true]);
        expect(fromUs).toBeLessThanOrEqual(from);
        expect(toUs).toBeGreaterThanOrEqual(from + length);
        expect(toUs - fromUs).toBe(bins * bucketUs);
        expect(bins === 1 || (fromUs - originOf(bucketUs)) % bucketUs === 0).toBe(true);
      }),
    );
  });
  it('fit even one bin', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_007_199_254_740_991, max: 8e15 }), fc.integer({ min: 1, max: 1e15 }), (from, length) => {
        const { bucketUs, fromUs, toUs, bins } = bucketsFor(from, from + length, 1);
        expect([bins, fromUs <= from, toUs >= from + length, toUs - fromUs]).toEqual([1, true, true, bucketUs]);
      }),
    );
  });
  it('begin weeks on Monday', () => {
    expect(toIso(bucketsFor(us, us + 365 * 24 * hour, 60).fromUs)).toBe('2026-03-09T00:00:00Z');
  });
});
