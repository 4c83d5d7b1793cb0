/** Handlers of `timeline.*`: counts per bucket and lane over several tables at once, single events when they fit, extents. */
import type { EngineOutput, EngineParsedInput } from '../contract/index.ts';
import type { CaseSession } from '../case/types.ts';
import type { DomainHandlers, EngineDeps } from '../engine/types.ts';
import { extentOf, tableEngineOf, type Extent } from '../table/index.ts';
import { bucketsFor } from './bucket-width.ts';
import { eventsOf } from './events.ts';
import { lanesOf, sortLanes } from './lanes.ts';
import { sourceOf } from './timeline-source.ts';

const least = (values: readonly (number | null)[]): number | null => values.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);
const most = (values: readonly (number | null)[]): number | null => values.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);

/** What the timeline draws. Also for the command line. Throws `filter.invalid`, `deadline`. */
export const timelineBuckets = async (session: CaseSession, input: EngineParsedInput<'timeline.buckets'>): Promise<EngineOutput<'timeline.buckets'>> => {
  const engine = tableEngineOf(session);
  const sources = await Promise.all(input.sources.map((s, i) => sourceOf(engine, session, s, i)));
  const extents: Extent[] = await Promise.all(sources.map((s) => extentOf(engine, s)));
  const noTime = extents.reduce((sum, e) => sum + e.noTime, 0);
  const fromUs = input.range?.fromUs ?? least(extents.map((e) => e.fromUs));
  const lastTimeUs = most(extents.map((e) => e.toUs));
  const toUs = input.range?.toUs ?? (lastTimeUs === null ? null : lastTimeUs + 1);
  if (fromUs === null || toUs === null) {
    return { fromUs: 0, toUs: 0, bucketUs: 1, bins: 0, lanes: [], hidden: { lanes: 0, events: 0 }, total: 0, noTime, events: null };
  }
  const buckets = bucketsFor(fromUs, Math.max(toUs, fromUs + 1), input.maxBins);
  const parts = await Promise.all(sources.map((s) => lanesOf(engine, s, buckets, input.maxLanes)));
  const biggest = sortLanes(parts.flatMap((p) => p.lanes), 'count');
  const beyond = biggest.slice(input.maxLanes);
  const lanes = sortLanes(biggest.slice(0, input.maxLanes), input.order);
  const hidden = {
    lanes: parts.reduce((sum, p) => sum + p.hidden.lanes, beyond.length),
    events: parts.reduce((sum, p) => sum + p.hidden.events, beyond.reduce((sum, l) => sum + l.total, 0)),
  };
  const total = lanes.reduce((sum, l) => sum + l.total, hidden.events);
  const events = input.maxEvents > 0 && total <= input.maxEvents ? await eventsOf(engine, sources, buckets, lanes, input.hover) : null;
  return { ...buckets, lanes, hidden, total, noTime, events };
};

export const createTimelineHandlers = ({ currentCase }: Pick<EngineDeps, 'currentCase'>): DomainHandlers<'timeline'> => ({
  'timeline.extent': ({ tableIds }) => {
    const tables = tableIds.map((tableId) => currentCase().table(tableId));
    return { fromUs: least(tables.map((t) => t.fromUs)), toUs: most(tables.map((t) => t.toUs)) };
  },
  'timeline.buckets': (input) => timelineBuckets(currentCase(), input),
});
