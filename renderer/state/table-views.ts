/**
 * How each table is being looked at: filters, quick search, order, columns, facets. One per table, shared by grid, timeline and
 * export; kept in the case under `grid:<tableId>`. The shared time range is added when a query is made, not stored here.
 */
import { create } from 'zustand';
import { z } from 'zod';
import { columnName, filter, sortKey, type Filter, type SortKey, type TableInfo, type ViewQueryInput } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useTimeRange } from './time-range.ts';

export type ColumnLayout = { name: string; width: number | null; hidden: boolean; pinned: 'left' | 'right' | null };
export type TableView = {
  filters: Filter[];
  search: string;
  marks: { starred: boolean; noted: boolean; tags: string[] } | null;
  sort: SortKey[];
  /** Empty: the table's own order with nothing hidden but saved indexes. */
  columns: ColumnLayout[];
  facets: { open: boolean; columns: string[]; order: 'count' | 'rare' | 'value' };
};

export const emptyView: TableView = { filters: [], search: '', marks: null, sort: [], columns: [], facets: { open: true, columns: [], order: 'count' } };

/** A part that doesn't fit counts as not saved, so that a damaged or newer record costs no more than itself. */
const viewRecord = z.object({
  filters: z.array(filter).catch(emptyView.filters),
  search: z.string().max(1_000).catch(''),
  marks: z.object({ starred: z.boolean(), noted: z.boolean(), tags: z.array(z.string()) }).nullable().catch(null),
  sort: z.array(sortKey).max(8).catch(emptyView.sort),
  columns: z.array(z.object({ name: columnName, width: z.number().positive().nullable(), hidden: z.boolean(), pinned: z.enum(['left', 'right']).nullable() })).catch(emptyView.columns),
  facets: z.object({ open: z.boolean(), columns: z.array(columnName), order: z.enum(['count', 'rare', 'value']) }).catch(emptyView.facets),
});

export const parseTableView = (json: string | null): TableView => {
  if (json === null) return emptyView;
  try {
    return viewRecord.parse(JSON.parse(json));
  } catch {
    return emptyView; // a damaged view record must never keep a table from opening
  }
};

type ViewsState = { views: Readonly<Record<string, TableView>> };
export const useTableViews = create<ViewsState>(() => ({ views: {} }));
export const useTableView = (tableId: string): TableView => useTableViews((s) => s.views[tableId] ?? emptyView);
export const tableViewOf = (tableId: string): TableView => useTableViews.getState().views[tableId] ?? emptyView;

const saveDelayMs = 250;
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const save = (tableId: string): void => {
  timers.delete(tableId);
  void engine.call('view.save', { key: `grid:${tableId}`, json: JSON.stringify(tableViewOf(tableId)) }).catch(() => undefined);
};

export const changeTableView = (tableId: string, change: Partial<TableView> | ((v: TableView) => Partial<TableView>)): void => {
  useTableViews.setState(({ views }) => {
    const before = views[tableId] ?? emptyView;
    return { views: { ...views, [tableId]: { ...before, ...(typeof change === 'function' ? change(before) : change) } } };
  });
  clearTimeout(timers.get(tableId));
  timers.set(tableId, setTimeout(() => save(tableId), saveDelayMs));
};

/** Saves what still waits; called before the case closes and when the window hides. */
export const flushTableViews = (): void => {
  for (const [tableId, timer] of [...timers]) {
    clearTimeout(timer);
    save(tableId);
  }
};

/** Reads the saved view once per table and case. A damaged record counts as none. */
export const loadTableView = async (tableId: string): Promise<void> => {
  if (useTableViews.getState().views[tableId] !== undefined) return;
  const { json } = await engine.call('view.load', { key: `grid:${tableId}` });
  const saved = parseTableView(json);
  useTableViews.setState(({ views }) => ({ views: { ...views, [tableId]: views[tableId] ?? saved } }));
};

export const forgetTableViews = (): void => {
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  useTableViews.setState({ views: {} });
};

/** The query of a table's view; with the shared time range unless the caller draws what lies around it. */
export const queryOf = (table: TableInfo, view: TableView, options: { withTimeRange: boolean } = { withTimeRange: true }): ViewQueryInput => ({
  tableId: table.id,
  filters: view.filters,
  search: view.search,
  marks: view.marks,
  sort: view.sort,
  timeRange: options.withTimeRange && table.timeColumn !== null ? useTimeRange.getState().range : null,
});
