/** Value counts of one column of a table's view, asked again when the view changes. */
import type { EngineOutput, TableInfo } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useAsked, type Asked } from '../engine/use-asked.ts';
import { useCase } from '../state/case-store.ts';
import { queryOf, useTableView } from '../state/table-views.ts';
import { useTimeRange } from '../state/time-range.ts';

export type FacetOptions = { order: 'count' | 'rare' | 'value'; limit: number; search: string };

export const useFacet = (table: TableInfo, column: string, options: FacetOptions): Asked<EngineOutput<'table.facet'>> => {
  const view = useTableView(table.id);
  const range = useTimeRange((s) => s.range);
  const marks = useCase((s) => (view.marks === null ? 0 : s.marksRevision));
  const input = { view: { ...queryOf(table, view), sort: [], timeRange: table.timeColumn === null ? null : range }, column, ...options };
  return useAsked(JSON.stringify([table.sha256, marks, input]), () => engine.call('table.facet', input));
};
