/**
 * Round widths for timeline buckets. Widths are fixed lengths aligned in UTC (weeks begin on Monday), so that the same width always
 * cuts at the same moments, wherever the view is panned to. Pure.
 */
import { usPerDay, usPerHour, usPerMinute, usPerSecond } from '../shared/time.ts';

const below = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const clock = [1, 2, 5, 10, 15, 30];
/** Whole weeks from a week on: a fixed length of days would drift through the weekdays. */
const days = [1, 2, 7, 14, 28, 91, 182, 364];
const years = [2, 5, 10, 20, 50, 100, 200, 500];

const widths: readonly number[] = [
  ...below,
  ...below.map((n) => n * 1_000),
  ...clock.map((n) => n * usPerSecond),
  ...clock.map((n) => n * usPerMinute),
  ...[1, 2, 3, 6, 12].map((n) => n * usPerHour),
  ...days.map((n) => n * usPerDay),
  ...years.map((n) => n * 364 * usPerDay),
];

/** 1969-12-29, the Monday before the epoch. */
const mondayUs = -3 * usPerDay;

/** Where buckets of a width are counted from. */
export const originOf = (bucketUs: number): number => (bucketUs >= 7 * usPerDay ? mondayUs : 0);

export type Buckets = { readonly bucketUs: number; readonly fromUs: number; readonly toUs: number; readonly bins: number };

const aligned = (fromUs: number, toUs: number, bucketUs: number): Buckets => {
  const origin = originOf(bucketUs);
  const first = Math.floor((fromUs - origin) / bucketUs);
  const end = Math.max(first + 1, Math.ceil((toUs - origin) / bucketUs));
  return { bucketUs, fromUs: first * bucketUs + origin, toUs: end * bucketUs + origin, bins: end - first };
};

/** The narrowest round buckets that cover a range (its end excluded) in at most `maxBins`. */
export const bucketsFor = (fromUs: number, toUs: number, maxBins: number): Buckets => {
  for (const width of widths) {
    if ((toUs - fromUs) / width > maxBins) continue;
    const fit = aligned(fromUs, toUs, width);
    if (fit.bins <= maxBins && Number.isSafeInteger(fit.fromUs) && Number.isSafeInteger(fit.toUs)) return fit;
  }
  // a cut inside the range needs two buckets, and the widest ones reach beyond what a number can hold: then it is the range itself
  return { bucketUs: Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, toUs - fromUs)), fromUs, toUs: Math.max(fromUs + 1, toUs), bins: 1 };
};
