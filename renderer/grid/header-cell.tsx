/**
 * A column's header: name, order, funnel when filtered. Click sorts (Shift adds a key); the menu button or Alt+↓ opens value counts and
 * column actions, owned by column-menu.tsx.
 */
import { IconChevronDown, IconFilterFilled, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import type { IHeaderParams } from 'ag-grid-community';
import type { MouseEvent, ReactElement } from 'react';
import type { SortKey } from '../../main/contract/index.ts';
import { changeTableView, useTableView } from '../state/table-views.ts';
import { isFiltered } from './filter-edit.ts';
import type { GridContext } from './grid-context.ts';

/** Ascending, descending, evidence order; with Shift the other keys stay. */
export const nextSort = (sort: readonly SortKey[], column: string, add: boolean): SortKey[] => {
  const now = sort.find((k) => k.column === column);
  const others = add ? sort.filter((k) => k.column !== column) : [];
  if (now === undefined) return [...others, { column, dir: 'asc' }];
  return now.dir === 'asc' ? [...others, { column, dir: 'desc' }] : others;
};

export const HeaderCell = ({ column, displayName, context }: IHeaderParams & { context: GridContext }): ReactElement => {
  const name = column.getColId();
  const view = useTableView(context.tableId);
  const key = view.sort.find((k) => k.column === name);
  const order = view.sort.length > 1 ? view.sort.findIndex((k) => k.column === name) + 1 : 0;
  const sort = (e: MouseEvent): void => changeTableView(context.tableId, (v) => ({ sort: nextSort(v.sort, name, e.shiftKey) }));
  return (
    <div className="cb-header" role="presentation">
      <button type="button" className="cb-header-name" onClick={sort} title={displayName}>
        <span className="cb-el">{displayName}</span>
        {key?.dir === 'asc' && <IconSortAscending size={13} stroke={1.6} aria-label="ascending" />}
        {key?.dir === 'desc' && <IconSortDescending size={13} stroke={1.6} aria-label="descending" />}
        {key !== undefined && order > 0 && <span className="cb-header-order">{order}</span>}
        {isFiltered(view.filters, name) && <IconFilterFilled size={12} className="cb-accent" aria-label="filtered" />}
      </button>
      <button
        type="button"
        className="cb-header-menu"
        aria-label={`Column ${displayName}`}
        onClick={(e) => context.openColumnMenu(name, e.currentTarget.getBoundingClientRect())}
      >
        <IconChevronDown size={13} stroke={1.6} />
      </button>
    </div>
  );
};
