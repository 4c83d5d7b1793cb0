/** The always visible bar of what narrows the grid: one chip per filter, marks, quick search; edit, remove, add. */
import { IconColumns3, IconDownload, IconLayoutList, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { changeTableView, useTableView } from '../state/table-views.ts';
import { useTime } from '../state/use-time.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { startFilter, useFilterDraft } from './filter-draft.ts';
import { removeFilter } from './filter-edit.ts';
import { FilterEditor } from './filter-editor.tsx';
import { filterWords } from './filter-text.ts';
import { openExport } from './export-state.ts';

const searchDelayMs = 200;

export const FilterBar = ({ table }: { table: TableInfo }): ReactElement => {
  const view = useTableView(table.id);
  const time = useTime();
  const draft = useFilterDraft((s) => (s.draft?.tableId === table.id ? s.draft : null));
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="cb-bar cb-filter-bar" role="toolbar" aria-label="Filters">
      {view.filters.map((f, index) => {
        const words = filterWords(f, table, (us) => time.format(us));
        return (
          <span key={`${index}${JSON.stringify(f)}`} className="cb-chip">
            <button type="button" onClick={() => startFilter(table.id, 'column' in f ? f.column : null, index)} title="Change this filter">
              {words.column} <span className="cb-chip-op">{words.operator}</span> <span className="cb-mono">{words.value}</span>
            </button>
            <button type="button" className="cb-chip-x" aria-label={`Remove filter on ${words.column}`} onClick={() => changeTableView(table.id, (v) => ({ filters: removeFilter(v.filters, index) }))}>
              <IconX size={12} stroke={1.6} />
            </button>
          </span>
        );
      })}
      {view.marks !== null && (
        <span className="cb-chip">
          <span>{[view.marks.starred && 'starred', view.marks.noted && 'with notes', ...view.marks.tags.map((t) => `tag ${t}`)].filter(Boolean).join(' or ')}</span>
          <button type="button" className="cb-chip-x" aria-label="Remove filter on marks" onClick={() => changeTableView(table.id, { marks: null })}>
            <IconX size={12} stroke={1.6} />
          </button>
        </span>
      )}
      {view.filters.length === 0 && view.marks === null && view.search === '' && <span className="cb-bar-none">No filter</span>}
      <button type="button" className="cb-btn cb-btn-g cb-btn-s" onClick={() => startFilter(table.id, null)}>
        <IconPlus size={14} stroke={1.6} /> Add filter
      </button>
      {draft !== null && <FilterEditor table={table} draft={draft} />}
      <span className="cb-sp" />
      <QuickSearch table={table} />
      <button
        type="button"
        className={view.facets.open ? 'cb-ib cb-ib-on' : 'cb-ib'}
        aria-pressed={view.facets.open}
        aria-label="Value counts beside the grid"
        title="Value counts beside the grid"
        onClick={() => changeTableView(table.id, (v) => ({ facets: { ...v.facets, open: !v.facets.open } }))}
      >
        <IconLayoutList size={16} stroke={1.6} />
      </button>
      <button type="button" className="cb-ib" aria-label="Columns" title="Columns" onClick={() => setChoosing(true)}>
        <IconColumns3 size={16} stroke={1.6} />
      </button>
      {choosing && <ColumnChooser table={table} onClose={() => setChoosing(false)} />}
      <button type="button" className="cb-ib" aria-label="Export this view" title="Export this view" onClick={() => openExport(table.id)}>
        <IconDownload size={16} stroke={1.6} />
      </button>
    </div>
  );
};

/** Typing filters after a short pause; Escape clears. */
const QuickSearch = ({ table }: { table: TableInfo }): ReactElement => {
  const saved = useTableView(table.id).search;
  const [text, setText] = useState(saved);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(saved), [saved]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string, delay: number): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => changeTableView(table.id, { search: next.trim() }), delay);
  };
  return (
    <label className="cb-search">
      <IconSearch size={14} stroke={1.6} />
      <input
        value={text}
        placeholder="Find in all columns"
        aria-label="Find in all columns"
        data-find="grid"
        onChange={(e) => change(e.currentTarget.value, searchDelayMs)}
        onKeyDown={(e) => {
          if (e.key === 'Escape' && text !== '') change('', 0);
          if (e.key === 'Enter') change(text, 0);
        }}
      />
    </label>
  );
};
