/** Ctrl+. or right click: what can be done with this value. Search has the focus; arrows and Enter choose. */
import { Popover } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { formatCount, plural } from '../../main/shared/format.ts';
import { shortenMiddle, visibleText } from '../../main/shared/text.ts';
import { engine } from '../engine/bridge.ts';
import { useAsked } from '../engine/use-asked.ts';
import { currentTable } from '../state/case-store.ts';
import { useSelection } from '../state/selection.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { cellText } from './cell-text.ts';
import { closeGridPopover } from './mark-popovers.ts';
import { hitsInCase, isSearchable, pivotEntries, type PivotEntry, type PivotSubject } from './pivot-entries.ts';
import { useCellFormat } from './use-cell-format.ts';
import { kindNames, valueKind } from './value-kind.ts';

type Props = { tableId: string; at: { x: number; y: number } };

export const PivotMenu = ({ tableId, at }: Props): ReactElement | null => {
  const format = useCellFormat();
  const [subject] = useState(() => subjectOf(tableId, format));
  const [search, setSearch] = useState('');
  const [index, setIndex] = useState(0);
  const value = subject?.value ?? null;
  const { data: hits } = useAsked(JSON.stringify(value), subject === null || !isSearchable(value) ? null : () => hitsInCase(value));
  const { data: here } = useAsked(
    `here:${tableId}:${JSON.stringify(value)}`,
    subject === null ? null : () => engine.call('table.count', { view: { tableId, filters: value === null ? [{ op: 'isNull', column: subject.column }] : [{ op: 'in', column: subject.column, values: [value] }] } }),
  );
  if (subject === null) return null;
  const entries = pivotEntries(subject, hits).filter((e) => e.label.toLowerCase().includes(search.toLowerCase()));
  const run = (entry: PivotEntry | undefined): void => {
    if (entry === undefined) return;
    closeGridPopover();
    entry.run();
  };
  const keys = (e: KeyboardEvent): void => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setIndex((i) => (i + (e.key === 'ArrowDown' ? 1 : -1) + entries.length) % Math.max(1, entries.length));
    }
    if (e.key === 'Enter') run(entries[index]);
  };
  const type = currentTable(tableId)?.columns.find((c) => c.name === subject.column)?.type ?? 'string';
  return (
    <Popover opened onChange={(open) => !open && closeGridPopover()} position="bottom-start" offset={2} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Popover.Target>
      <Popover.Dropdown className="cb-pop cb-pivot" aria-label="Pivots" onKeyDown={keys}>
        <header>
          <strong className="cb-mono cb-el">{shortenMiddle(visibleText(subject.text), 44)}</strong>
          <span className="cb-badge">{kindNames[valueKind(subject.text, subject.column, type)]}</span>
          <span className="cb-t3 cb-end">{here === undefined ? '' : `${plural(here.matched, 'row')} here`}</span>
        </header>
        <label className="cb-in cb-pivot-search">
          <Icon of={IconSearch} />
          <input data-autofocus value={search} onChange={(e) => { setSearch(e.currentTarget.value); setIndex(0); }} placeholder="Find a pivot" aria-label="Find a pivot" />
        </label>
        <div className="cb-pivot-list" role="listbox" aria-label={`Pivots of ${formatCount(entries.length)}`}>
          {entries.map((entry, i) => (
            <div key={entry.id} role="presentation">
              {entry.group !== entries[i - 1]?.group && <div className="cb-menu-head">{entry.group}</div>}
              <button type="button" role="option" aria-selected={i === index} className={i === index ? 'cb-menu-item cb-menu-on' : 'cb-menu-item'} onMouseEnter={() => setIndex(i)} onClick={() => run(entry)}>
                <Icon of={entry.icon} size={13} />
                <span className="cb-el">{entry.label}</span>
                <span className="cb-end">{entry.badge !== undefined && <span className="cb-badge">{entry.badge}</span>}{entry.keys !== undefined && <Keys of={entry.keys} />}</span>
              </button>
            </div>
          ))}
          {entries.length === 0 && <p className="cb-facet-note">No pivot has this name.</p>}
        </div>
        <footer>
          <Keys of="Ctrl+C" /> copy defanged <span className="cb-sp" /> <Keys of="Ctrl+Shift+C" /> raw
        </footer>
      </Popover.Dropdown>
    </Popover>
  );
};

const subjectOf = (tableId: string, format: Parameters<typeof cellText>[2]): PivotSubject | null => {
  const { tableId: selected, rowId, cell } = useSelection.getState();
  const table = currentTable(tableId);
  if (selected !== tableId || table === null || rowId === null || cell === null) return null;
  const type = table.columns.find((c) => c.name === cell.column)?.type ?? 'string';
  return { table, rowId, column: cell.column, value: cell.value, text: cellText(cell.value, type, format) };
};
