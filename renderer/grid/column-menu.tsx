/** The menu of one column: its value counts with search, order, pin, hide, facet, and the way to a typed filter. */
import { Popover, TextInput } from '@mantine/core';
import { IconEyeOff, IconFilterPlus, IconLayoutSidebar, IconPin, IconPinnedOff, IconSearch, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useState, type ComponentType, type ReactElement } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { changeTableView, useTableView, type ColumnLayout } from '../state/table-views.ts';
import { arrangeColumns } from './columns.ts';
import { facetColumnsOf } from './facet-column.tsx';
import { startFilter } from './filter-draft.ts';
import { ValueCounts } from './value-counts.tsx';

type Props = { table: TableInfo; column: string; anchor: DOMRect; onClose: () => void };

export const ColumnMenu = ({ table, column, anchor, onClose }: Props): ReactElement => {
  const [search, setSearch] = useState('');
  const view = useTableView(table.id);
  const layouts = arrangeColumns(table, view.columns).map((c) => c.layout);
  const pinned = layouts.find((l) => l.name === column)?.pinned ?? null;
  const arrange = (change: Partial<ColumnLayout>): void => {
    changeTableView(table.id, { columns: layouts.map((l) => (l.name === column ? { ...l, ...change } : l)) });
    onClose();
  };
  const sort = (dir: 'asc' | 'desc'): void => {
    changeTableView(table.id, { sort: [{ column, dir }] });
    onClose();
  };
  const facets = facetColumnsOf(table, view.facets.columns);
  return (
    <Popover opened onChange={(open) => !open && onClose()} position="bottom-start" offset={2} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <span className="cb-anchor" style={{ left: anchor.left - 150, top: anchor.bottom, position: 'fixed' }} />
      </Popover.Target>
      <Popover.Dropdown className="cb-pop" aria-label={`Column ${column}`}>
        <div className="cb-pop-acts">
          <Act icon={IconSortAscending} label="Sort ascending" onRun={() => sort('asc')} />
          <Act icon={IconSortDescending} label="Sort descending" onRun={() => sort('desc')} />
          <Act icon={IconFilterPlus} label="Filter…" onRun={() => { startFilter(table.id, column); onClose(); }} />
          <Act icon={pinned === null ? IconPin : IconPinnedOff} label={pinned === null ? 'Pin to the left' : 'Unpin'} onRun={() => arrange({ pinned: pinned === null ? 'left' : null })} />
          <Act icon={IconEyeOff} label="Hide column" onRun={() => arrange({ hidden: true })} />
          {!facets.includes(column) && (
            <Act
              icon={IconLayoutSidebar}
              label="Show values beside the grid"
              onRun={() => { changeTableView(table.id, (v) => ({ facets: { ...v.facets, open: true, columns: [column, ...facets] } })); onClose(); }}
            />
          )}
        </div>
        <TextInput size="xs" value={search} onChange={(e) => setSearch(e.currentTarget.value)} placeholder="Find a value" leftSection={<IconSearch size={13} stroke={1.6} />} data-autofocus aria-label={`Find a value of ${column}`} />
        <div className="cb-pop-values">
          <ValueCounts table={table} column={column} limit={12} onDrop={null} search={search} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};

const Act = ({ icon: Icon, label, onRun }: { icon: ComponentType<{ size: number; stroke: number }>; label: string; onRun: () => void }): ReactElement => (
  <button type="button" className="cb-menu-item" onClick={onRun}>
    <Icon size={13} stroke={1.6} /> {label}
  </button>
);
