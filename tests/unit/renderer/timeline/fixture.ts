/** A timeline answer in short. */
import type { Scalar, TimelineAnswer } from '../../../../main/contract/index.ts';

export const answerOf = (lanes: { key: Scalar; counts: number[]; source?: number }[], more: Partial<TimelineAnswer> = {}): TimelineAnswer => {
  const bins = Math.max(0, ...lanes.map((l) => l.counts.length));
  return {
    fromUs: 1_000, toUs: 1_000 + bins * 100, bucketUs: 100, bins,
    lanes: lanes.map(({ key, counts, source = 0 }) => ({ source, key, total: counts.reduce((a, b) => a + b, 0), counts: Float64Array.from(counts) })),
    hidden: { lanes: 0, events: 0 }, total: 0, noTime: 0, events: null,
    ...more,
  };
};
export const eventsOf = (events: [lane: number, us: number, rowId: number][]): NonNullable<TimelineAnswer['events']> => ({
  lane: Uint32Array.from(events, (e) => e[0]), us: Float64Array.from(events, (e) => e[1]), rowIds: Float64Array.from(events, (e) => e[2]), hover: [],
});
