/** Marked rows of all tables: starred, tagged, noted. A click opens the row in its table and in the inspector. */
import { IconNote, IconStarFilled } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type CSSProperties, type ReactElement } from 'react';
import { toAppError, type AppError, type EngineOutput } from '../../main/contract/index.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { openView, type ViewProps } from '../shell/view-registry.ts';
import { useCase } from '../state/case-store.ts';
import { busyUntil } from '../state/idle.ts';
import { selectRow, useSelection } from '../state/selection.ts';
import { useTags } from '../state/tags.ts';
import { useTime } from '../state/use-time.ts';
import { Button } from '../ui/button.tsx';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segments } from '../ui/toggle.tsx';
import './notes.css';

type Marked = EngineOutput<'mark.list'>['rows'][number];
type Kind = 'all' | 'starred' | 'tagged' | 'noted';

const pageSize = 200;
const shows = (row: Marked, kind: Kind): boolean =>
  kind === 'all' || (kind === 'starred' && row.starred) || (kind === 'tagged' && row.tags.length > 0) || (kind === 'noted' && row.notes.length > 0);

export const NotesView = ({ viewId }: ViewProps): ReactElement => {
  const revision = useCase((s) => s.marksRevision);
  const tables = useCase((s) => s.info?.tables ?? []);
  const caseId = useCase((s) => s.info?.caseId);
  const [rows, setRows] = useState<Marked[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [kind, setKind] = useState<Kind>('all');

  const load = useCallback(async (offset: number) => {
    try {
      const answer = await busyUntil(engine.call('mark.list', { offset, limit: pageSize }));
      setRows((old) => (offset === 0 ? answer.rows : [...old, ...answer.rows]));
      setTotal(answer.total);
      setError(null);
    } catch (thrown) {
      setError(toAppError(thrown));
    }
  }, []);
  useEffect(() => {
    if (caseId !== undefined) void load(0);
  }, [caseId, revision, load]);

  const shown = rows.filter((r) => shows(r, kind));
  return (
    <div className="cb-marks">
      <div className="cb-bar">
        <Segments<Kind>
          label="Which marked rows"
          value={kind}
          options={[
            { value: 'all', label: 'All' },
            { value: 'starred', label: 'Starred' },
            { value: 'tagged', label: 'Tagged' },
            { value: 'noted', label: 'Noted' },
          ]}
          onChange={setKind}
        />
        <span className="cb-t2 cb-num">{total === null ? '' : `${formatCount(shown.length)} of ${plural(total, 'marked row')}`}</span>
      </div>
      {error !== null && (
        <div className="cb-panel-error" role="alert">
          <span>{error.message}</span>
          <code>{error.code}</code>
        </div>
      )}
      {total === 0 && error === null ? (
        <div className="cb-empty">
          <Icon of={IconNote} size={36} stroke={1.3} />
          <span className="cb-empty-title">No marked rows yet</span>
          <p>Star, tag or note a row in a table: it is kept in the case and listed here, whatever is filtered.</p>
        </div>
      ) : (
        <ul className="cb-marks-list" aria-label="Marked rows">
          {shown.map((row) => (
            <MarkedRow key={`${row.tableId}:${row.rowId}`} row={row} viewId={viewId} tableName={tables.find((t) => t.id === row.tableId)?.name ?? null} />
          ))}
          {total !== null && rows.length < total && (
            <li className="cb-marks-more">
              <Button size="small" onClick={() => void load(rows.length)}>
                Show {formatCount(Math.min(pageSize, total - rows.length))} more
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
};

const MarkedRow = ({ row, tableName, viewId }: { row: Marked; tableName: string | null; viewId: string }): ReactElement => {
  const tags = useTags((s) => s.tags);
  const time = useTime();
  const selected = useSelection((s) => s.tableId === row.tableId && s.rowId === row.rowId);
  const open = (): void => {
    openView('grid', { tableId: row.tableId });
    selectRow(row.tableId, row.rowId, viewId);
  };
  return (
    <li>
      <button type="button" className={selected ? 'cb-marked cb-marked-on cb-inset' : 'cb-marked cb-inset'} disabled={tableName === null} title={tableName === null ? 'Its table was removed from the case. Undo brings it back.' : undefined} onClick={open}>
        <span className="cb-marked-star">{row.starred && <IconStarFilled size={13} aria-label="starred" />}</span>
        <span className="cb-mono cb-el">{tableName ?? 'removed table'}</span>
        <span className="cb-num cb-t2">row {formatCount(row.rowId + 1)}</span>
        <span className="cb-marked-tags">
          {row.tags.map((name) => (
            <span key={name} className="cb-marked-tag" style={{ '--tc': `var(--c${tags.find((t) => t.name === name)?.color ?? 0})` } as CSSProperties}>
              {name}
            </span>
          ))}
        </span>
        <span className="cb-marked-notes">
          {row.notes.map((n) => (
            <span key={n.id} className="cb-marked-note">
              <span>
                <EvidenceText text={n.text} multiline />
              </span>
              <span className="cb-t3 cb-num">{time.format(n.editedUs ?? n.createdUs, 'dayMinute')}</span>
            </span>
          ))}
        </span>
      </button>
    </li>
  );
};
