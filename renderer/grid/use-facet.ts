/** Value counts of one column of a table's view, asked again when the view changes; the old answer stays until the new one is there. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { EngineOutput, TableInfo } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { queryOf, useTableView } from '../state/table-views.ts';
import { useTimeRange } from '../state/time-range.ts';

export type FacetOptions = { order: 'count' | 'rare' | 'value'; limit: number; search: string };

export const useFacet = (table: TableInfo, column: string, options: FacetOptions): UseQueryResult<EngineOutput<'table.facet'>> => {
  const view = useTableView(table.id);
  const range = useTimeRange((s) => s.range);
  const input = { view: { ...queryOf(table, view), sort: [], timeRange: table.timeColumn === null ? null : range }, column, ...options };
  return useQuery({ queryKey: ['facet', table.sha256, input], queryFn: () => engine.call('table.facet', input), placeholderData: keepPreviousData, staleTime: 30_000, retry: false });
};
