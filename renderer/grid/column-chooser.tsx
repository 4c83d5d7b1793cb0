/** Which columns the grid shows: search, show and hide, show all. Order is changed by dragging headers. */
import { Popover, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { changeTableView, useTableView } from '../state/table-views.ts';
import { arrangeColumns } from './columns.ts';

export const ColumnChooser = ({ table, onClose }: { table: TableInfo; onClose: () => void }): ReactElement => {
  const [search, setSearch] = useState('');
  const shown = arrangeColumns(table, useTableView(table.id).columns);
  const layouts = shown.map((c) => c.layout);
  const found = shown.filter((c) => c.info.name.toLowerCase().includes(search.toLowerCase()));
  const set = (names: ReadonlySet<string>, hidden: boolean): void =>
    changeTableView(table.id, { columns: layouts.map((l) => (names.has(l.name) ? { ...l, hidden } : l)) });
  return (
    <Popover opened onChange={(open) => !open && onClose()} position="bottom-end" offset={4} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <span className="cb-anchor-end" />
      </Popover.Target>
      <Popover.Dropdown className="cb-pop" aria-label="Columns">
        <TextInput size="xs" data-autofocus value={search} onChange={(e) => setSearch(e.currentTarget.value)} placeholder={`Find among ${shown.length} columns`} leftSection={<IconSearch size={13} stroke={1.6} />} aria-label="Find a column" />
        <div className="cb-pop-list">
          {found.map(({ info, layout }) => (
            <label key={info.name} className="cb-pop-check">
              <input type="checkbox" className="cb-check" checked={!layout.hidden} onChange={() => set(new Set([info.name]), !layout.hidden)} />
              <span className="cb-mono cb-el">{info.name}</span>
              <span className="cb-pop-type">{info.type}</span>
            </label>
          ))}
          {found.length === 0 && <p className="cb-facet-note">No column name contains this text.</p>}
        </div>
        <div className="cb-pop-foot">
          <button type="button" className="cb-link" onClick={() => set(new Set(found.map((c) => c.info.name)), false)}>Show {search === '' ? 'all' : 'found'}</button>
          <button type="button" className="cb-link" onClick={() => set(new Set(found.map((c) => c.info.name)), true)}>Hide {search === '' ? 'all' : 'found'}</button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};
