/**
 * Value counts of chosen columns beside the grid: tick keeps, + and − on hover keep only or leave out, a struck-through value is left
 * out. The docked form of the header's value counts (value-counts.tsx draws both).
 */
import { IconPlus } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { changeTableView, useTableView } from '../state/table-views.ts';
import { defaultFacets } from './columns.ts';
import { ValueCounts } from './value-counts.tsx';

export const facetColumnsOf = (table: TableInfo, chosen: readonly string[]): string[] =>
  chosen.length > 0 ? chosen.filter((name) => table.columns.some((c) => c.name === name)) : defaultFacets(table);

export const FacetColumn = ({ table }: { table: TableInfo }): ReactElement => {
  const view = useTableView(table.id);
  const columns = facetColumnsOf(table, view.facets.columns);
  const drop = (name: string): void =>
    changeTableView(table.id, (v) => ({ facets: { ...v.facets, columns: columns.filter((c) => c !== name), open: columns.length > 1 } }));
  return (
    <aside className="cb-facets" aria-label="Value counts">
      {columns.map((name) => (
        <ValueCounts key={name} table={table} column={name} limit={6} onDrop={() => drop(name)} />
      ))}
      {columns.length === 0 && (
        <p className="cb-facets-empty">
          <IconPlus size={13} stroke={1.6} /> Alt+↓ on a column header adds its value counts here.
        </p>
      )}
    </aside>
  );
};
