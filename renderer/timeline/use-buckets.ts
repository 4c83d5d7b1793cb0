/** The engine's answer for what a timeline shows now. Zooming asks at most every few frames; the old picture stays until the new one is there. */
import { useEffect, useMemo, useState } from 'react';
import type { TableInfo, TimelineAnswer, ViewQueryInput } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useAsked, type Asked } from '../engine/use-asked.ts';
import { useCase } from '../state/case-store.ts';
import { queryOf, useTableViews } from '../state/table-views.ts';
import type { Window } from './geometry.ts';
import type { TimelineSettings } from './timeline-state.ts';

const settleMs = 60;
/** Single events are drawn when so few lie in the window that their dots stand apart; beyond, bars say more. */
export const eventsThatFit = (width: number): number => Math.min(400, Math.max(40, Math.floor(width / 8)));
const pixelsPerBin = 5;
export const maxLanes = 60;

/** Later values only after a pause; the first at once. */
const useSettled = <T,>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

export type ShownSource = { table: TableInfo; groupBy: string | null; view: ViewQueryInput };

/** Tables of a timeline that are in the case and have times, with their filters (not the time range: what lies around it is drawn, too). */
export const useSources = (settings: TimelineSettings): ShownSource[] => {
  const tables = useCase((s) => s.info?.tables);
  const views = useTableViews((s) => s.views);
  return useMemo(
    () =>
      settings.sources.flatMap(({ tableId, groupBy }) => {
        const table = tables?.find((t) => t.id === tableId);
        if (table === undefined || table.timeColumn === null) return [];
        const view = views[tableId];
        const query = view === undefined ? { tableId } : { ...queryOf(table, view, { withTimeRange: false }), sort: [] };
        return [{ table, groupBy: table.columns.some((c) => c.name === groupBy) ? groupBy : null, view: query }];
      }),
    [settings.sources, tables, views],
  );
};

/** An answer with what was asked, so that a picture kept while the next is on its way keeps its own names and colours. */
export type Drawn = { answer: TimelineAnswer; sources: readonly ShownSource[] };

export const useBuckets = (sources: ShownSource[], settings: TimelineSettings, window: Window | null, width: number): Asked<Drawn> => {
  const marks = useCase((s) => (sources.some((x) => x.view.marks != null) ? s.marksRevision : 0));
  const shown = useSettled(window);
  const input = {
    sources: sources.map(({ view, groupBy }) => ({ view, groupBy })),
    range: shown,
    maxBins: Math.max(20, Math.floor(width / pixelsPerBin)),
    maxLanes,
    order: settings.order,
    maxEvents: eventsThatFit(width),
    hover: settings.hover,
  };
  return useAsked(JSON.stringify([marks, sources.map((s) => s.table.sha256), input]), sources.length === 0 || width === 0 ? null : async () => ({ answer: await engine.call('timeline.buckets', input), sources }));
};
