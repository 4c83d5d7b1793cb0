/**
 * The one time range all views share, with its own back and forward (Alt+←, Alt+→). Null: all times. Kept in the case as view
 * state by `state/persist.ts`.
 */
import { create } from 'zustand';
import type { TimeRange } from '../../main/contract/index.ts';

type TimeRangeState = { range: TimeRange | null; past: (TimeRange | null)[]; future: (TimeRange | null)[] };

export const useTimeRange = create<TimeRangeState>(() => ({ range: null, past: [], future: [] }));

const same = (a: TimeRange | null, b: TimeRange | null): boolean => a?.fromUs === b?.fromUs && a?.toUs === b?.toUs;

export const setTimeRange = (range: TimeRange | null): void =>
  useTimeRange.setState((s) => (same(s.range, range) ? s : { range, past: [...s.past, s.range].slice(-100), future: [] }));

export const timeRangeBack = (): void =>
  useTimeRange.setState((s) => (s.past.length === 0 ? s : { range: s.past.at(-1) ?? null, past: s.past.slice(0, -1), future: [s.range, ...s.future] }));

export const timeRangeForward = (): void =>
  useTimeRange.setState((s) => (s.future.length === 0 ? s : { range: s.future[0] ?? null, past: [...s.past, s.range], future: s.future.slice(1) }));
