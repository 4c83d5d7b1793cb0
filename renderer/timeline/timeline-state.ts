/** What each timeline shows: tables, groups, order, hover columns, visible window, reference lines. Kept in the case per tab. */
import { create } from 'zustand';
import { z } from 'zod';
import { columnName, id, micros } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

const settingsRecord = z.object({
  sources: z.array(z.object({ tableId: id, groupBy: columnName.nullable() })).max(20),
  order: z.enum(['count', 'name']).catch('count'),
  hover: z.array(columnName).max(12).catch([]),
  window: z.object({ fromUs: micros, toUs: micros }).nullable().catch(null),
  references: z.array(z.object({ us: micros, label: z.string().max(200) })).max(100).catch([]),
});
export type TimelineSettings = z.infer<typeof settingsRecord>;
export type Reference = TimelineSettings['references'][number];

type State = { timelines: Readonly<Record<string, TimelineSettings>> };
export const useTimelines = create<State>(() => ({ timelines: {} }));

const saveDelayMs = 300;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export const changeTimeline = (viewId: string, change: Partial<TimelineSettings>): void => {
  const before = useTimelines.getState().timelines[viewId];
  if (before === undefined) return;
  useTimelines.setState(({ timelines }) => ({ timelines: { ...timelines, [viewId]: { ...before, ...change } } }));
  clearTimeout(timers.get(viewId));
  timers.set(
    viewId,
    setTimeout(() => {
      const now = useTimelines.getState().timelines[viewId];
      if (now !== undefined) void engine.call('view.save', { key: `timeline:${viewId}`, json: JSON.stringify(now) }).catch(() => undefined);
    }, saveDelayMs),
  );
};

/** Reads what was saved; `fallback` is what a new timeline shows. A damaged record counts as none. */
export const loadTimeline = async (viewId: string, fallback: TimelineSettings): Promise<void> => {
  if (useTimelines.getState().timelines[viewId] !== undefined) return;
  let settings = fallback;
  try {
    const { json } = await engine.call('view.load', { key: `timeline:${viewId}` });
    if (json !== null) settings = settingsRecord.parse(JSON.parse(json));
  } catch {
    // a damaged view record must never keep a timeline from opening
  }
  useTimelines.setState(({ timelines }) => ({ timelines: { ...timelines, [viewId]: settings } }));
};

export const forgetTimelines = (): void => {
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  useTimelines.setState({ timelines: {} });
};

/** The column whose values make good lanes of a table nobody has grouped yet. */
const groupNames = ['EventID', 'ActionType', 'Operation', 'Severity', 'AlertSeverity', 'Channel', 'ResultType', 'L7Protocol', 'FlowType', 'Facility', 'type', 'Computer', 'DeviceName'];
export const defaultGroup = (columns: readonly { name: string }[]): string | null => {
  for (const name of groupNames) {
    const found = columns.find((c) => c.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found.name;
  }
  return null;
};
