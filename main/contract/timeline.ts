/** What a timeline draws: counts per bucket and lane at its pixel width, or single events when they fit. */
import { z } from 'zod';
import { call } from './define.ts';
import { viewQuery } from './filter.ts';
import { columnData, columnName, id, micros, scalar } from './values.ts';

export const timelineSource = z.strictObject({
  /** Its `timeRange` is ignored: the timeline shows what lies around the brush, too. */
  view: viewQuery,
  groupBy: columnName.nullable().default(null),
});

export const timelineLane = z.strictObject({
  /** Index into the request's sources. */
  source: z.number().int(),
  key: scalar,
  total: z.number().int(),
  /** One count per bucket. */
  counts: z.instanceof(Float64Array),
});
export type TimelineLane = z.infer<typeof timelineLane>;

export const timelineAnswer = z.strictObject({
  fromUs: micros,
  toUs: micros,
  bucketUs: micros,
  bins: z.number().int(),
  lanes: z.array(timelineLane),
  /** Groups beyond `maxLanes`, counted but not drawn. */
  hidden: z.strictObject({ lanes: z.number().int(), events: z.number().int() }),
  /** Matching rows inside the range, and matching rows that have no time. */
  total: z.number().int(),
  noTime: z.number().int(),
  /** Present when the events in range fit: one entry per event, ordered by time. */
  events: z
    .strictObject({
      lane: z.instanceof(Uint32Array),
      us: z.instanceof(Float64Array),
      rowIds: z.instanceof(Float64Array),
      /** Per source, the hover columns of its events, in the order of its events. */
      hover: z.array(z.array(columnData)),
    })
    .nullable(),
});
export type TimelineAnswer = z.infer<typeof timelineAnswer>;

export const timelineOps = {
  'timeline.extent': call(
    z.strictObject({ tableIds: z.array(id).min(1).max(100) }),
    z.strictObject({ fromUs: micros.nullable(), toUs: micros.nullable() }),
  ),
  'timeline.buckets': call(
    z.strictObject({
      sources: z.array(timelineSource).min(1).max(20),
      /** Null for the extent of the sources. */
      range: z.strictObject({ fromUs: micros, toUs: micros }).nullable().default(null),
      /** Upper bound; the engine picks a round bucket that gives at most this many. */
      maxBins: z.number().int().min(1).max(4_000),
      maxLanes: z.number().int().min(1).max(200).default(50),
      order: z.enum(['name', 'count']).default('count'),
      /** Single events are sent when at most this many lie in range. */
      maxEvents: z.number().int().min(0).max(20_000).default(0),
      hover: z.array(columnName).max(12).default([]),
    }),
    timelineAnswer,
  ),
} as const;
