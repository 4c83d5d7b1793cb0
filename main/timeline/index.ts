/** The timeline: bucketed counts, lanes and single events of one or several tables. */
export { createTimelineHandlers, timelineBuckets } from './handlers.ts';
