/** The inspector: the row in focus, in full. Details first, then every field, the raw record, notes; where it came from at the foot. */
import { IconClick, IconCopy, IconDots, IconSearch, IconShieldCheck, IconShieldX, IconStar, IconStarFilled, IconTag } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import type { RowDetail } from '../../main/contract/index.ts';
import { formatCount } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { useAsked } from '../engine/use-asked.ts';
import { copyText, openGridPopover, toggleStar } from '../grid/index.ts';
import { useCase, useTable } from '../state/case-store.ts';
import { useSelection } from '../state/selection.ts';
import { useTags } from '../state/tags.ts';
import { useTime } from '../state/use-time.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { FieldList } from './field-list.tsx';
import { RowNotes } from './row-notes.tsx';
import { detailCells, rowTitle } from './row-title.ts';
import './inspector.css';

type Tab = 'details' | 'fields' | 'raw' | 'notes';

export const InspectorView = (): ReactElement => {
  const tableId = useSelection((s) => s.tableId);
  const rowId = useSelection((s) => s.rowId);
  const marks = useCase((s) => s.marksRevision);
  const table = useTable(tableId);
  const { data, error } = useAsked(`${tableId}:${rowId}:${marks}`, table === null || rowId === null ? null : () => engine.call('table.row', { tableId: table.id, rowId }));
  if (table === null || rowId === null) {
    return (
      <div className="cb-empty">
        <Icon of={IconClick} size={36} />
        <span className="cb-empty-title">Nothing selected</span>
        <span>Select a row in a table or an event on the timeline to see all it holds and where it came from.</span>
      </div>
    );
  }
  if (error !== null) return <div className="cb-panel-error" role="alert">{error.message}<code>{error.code}</code></div>;
  if (data === undefined || data.tableId !== table.id) return <div className="cb-inspector" aria-busy="true" />;
  return <RowInspector row={data} timeColumn={table.timeColumn} rawName={table.name} />;
};

const rawJson = (row: RowDetail): string =>
  JSON.stringify(
    Object.fromEntries(
      row.cells.map((c) => {
        if (c.original !== null) return [c.name, c.original];
        if (c.type !== 'dynamic' || typeof c.value !== 'string') return [c.name, c.value];
        try {
          return [c.name, JSON.parse(c.value) as unknown];
        } catch {
          return [c.name, c.value];
        }
      }),
    ),
    null,
    2,
  );

const RowInspector = ({ row, timeColumn, rawName }: { row: RowDetail; timeColumn: string | null; rawName: string }): ReactElement => {
  const [tab, setTab] = useState<Tab>('details');
  const [search, setSearch] = useState('');
  const time = useTime();
  const tags = useTags((s) => s.tags);
  const readOnly = useCase((s) => s.info?.readOnly ?? true);
  const when = row.cells.find((c) => c.name === timeColumn);
  const tabs: { id: Tab; label: string; count?: number }[] = [
    { id: 'details', label: 'Details' },
    { id: 'fields', label: 'All fields', count: row.cells.length },
    { id: 'raw', label: 'Raw' },
    { id: 'notes', label: 'Notes', count: row.notes.length },
  ];
  const wanted = search.toLowerCase();
  const found = row.cells.filter((c) => c.name.toLowerCase().includes(wanted) || String(c.value ?? '').toLowerCase().includes(wanted));
  const target = { tableId: row.tableId, count: 1, rows: { tableId: row.tableId, rowIds: [row.rowId] } };
  return (
    <div className="cb-inspector">
      <header className="cb-insp-head">
        <h2><EvidenceText text={rowTitle(row.cells)} /></h2>
        <IconButton icon={row.starred ? IconStarFilled : IconStar} className={row.starred ? 'cb-star' : ''} label={row.starred ? 'Take the star away' : 'Star this row'} keys="S" disabledReason={readOnly ? 'The case is open read-only' : null} onClick={() => void toggleStar(target)} />
        <MenuButton
          position="bottom-end"
          entries={[
            { kind: 'item', label: 'Copy as JSON, defanged', icon: IconCopy, run: () => void copyText(rawJson(row), { defang: true }) },
            { kind: 'item', label: 'Copy as JSON as written', icon: IconCopy, run: () => void copyText(rawJson(row), { defang: false }) },
            { kind: 'item', label: 'Tag…', icon: IconTag, keys: 'T', disabledReason: readOnly ? 'read-only' : null, run: () => openGridPopover({ kind: 'tag', tableId: row.tableId }) },
          ]}
        >
          <IconButton icon={IconDots} label="More" />
        </MenuButton>
        {typeof when?.value === 'number' && (
          <p className="cb-insp-time cb-mono">
            <span>{time.format(when.value, 'long')}</span>
            {when.original !== null && (
              <span className="cb-written">
                as written: <EvidenceText text={when.original} />
              </span>
            )}
          </p>
        )}
        {row.tags.length > 0 && (
          <p className="cb-insp-tags">
            {row.tags.map((name) => (
              <span key={name} className="cb-tag" style={{ '--tc': `var(--c${tags.find((t) => t.name === name)?.color ?? 0})` } as React.CSSProperties}>{name}</span>
            ))}
          </p>
        )}
      </header>
      <div className="cb-itabs" role="tablist" aria-label="Parts of the row">
        {tabs.map((t) => (
          <button key={t.id} type="button" role="tab" aria-selected={t.id === tab} className="cb-itab" onClick={() => setTab(t.id)}>
            {t.label}
            {t.count !== undefined && t.count > 0 && <span className="cb-t3"> {formatCount(t.count)}</span>}
          </button>
        ))}
      </div>
      <div className="cb-insp-body" role="tabpanel" aria-label={tabs.find((t) => t.id === tab)?.label}>
        {tab === 'details' && <FieldList tableId={row.tableId} cells={detailCells(row.cells, timeColumn)} />}
        {tab === 'fields' && (
          <>
            <label className="cb-in cb-insp-search">
              <Icon of={IconSearch} />
              <input value={search} placeholder="Find in names and values" aria-label="Find a field" onChange={(e) => setSearch(e.currentTarget.value)} />
            </label>
            <FieldList tableId={row.tableId} cells={found} />
            {found.length === 0 && <p className="cb-insp-none">No field contains this text.</p>}
          </>
        )}
        {tab === 'raw' && (
          <>
            <pre className="cb-raw"><EvidenceText text={rawJson(row)} multiline /></pre>
            <div className="cb-insp-acts">
              <Button size="small" icon={IconCopy} onClick={() => void copyText(rawJson(row), { defang: true })}>Copy defanged</Button>
            </div>
          </>
        )}
        {tab === 'notes' && <RowNotes row={row} readOnly={readOnly} />}
      </div>
      <Provenance row={row} rawName={rawName} />
    </div>
  );
};

const states: Record<RowDetail['provenance']['state'], string> = {
  verified: 'verified', unchecked: 'not checked since import', changed: 'file changed since import', missing: 'file not found', derived: 'derived in this case',
};

const Provenance = ({ row, rawName }: { row: RowDetail; rawName: string }): ReactElement => {
  const { evidenceName, entry, record, sha256, state } = row.provenance;
  const bad = state === 'changed' || state === 'missing';
  return (
    <footer className="cb-insp-foot">
      <p>
        <Icon of={bad ? IconShieldX : IconShieldCheck} size={14} />
        <span className="cb-el">{evidenceName === null ? rawName : entry === '' ? evidenceName : `${evidenceName} › ${entry}`}</span>
        {record !== null && <span className="cb-end">record {formatCount(record)}</span>}
      </p>
      {sha256 !== null && (
        <p className="cb-mono cb-t3" title={sha256}>
          SHA-256 {sha256.slice(0, 8)}…{sha256.slice(-4)} <span className={bad ? 'cb-err' : undefined}>{states[state]}</span>
        </p>
      )}
    </footer>
  );
};
