/** What was done in this case, newest first: label, time, and undo back to any step. Reads the log page by page. */
import { IconArrowBackUp, IconArrowForwardUp, IconPointFilled } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { toAppError, type AppError, type LogEntry } from '../../main/contract/index.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { redo, undo } from '../shell/case-actions.ts';
import { useCase } from '../state/case-store.ts';
import { busyUntil } from '../state/idle.ts';
import { useTime } from '../state/use-time.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon } from '../ui/icon.tsx';
import { stepsBackTo, undoTo } from './undo-to.ts';
import './history.css';

const pageSize = 100;

export const HistoryPanel = (): ReactElement | null => {
  const info = useCase((s) => s.info);
  const revision = info?.revision ?? -1;
  const caseId = info?.caseId;
  const [entries, setEntries] = useState<LogEntry[]>([]);
  const [total, setTotal] = useState(0);
  const [error, setError] = useState<AppError | null>(null);
  const time = useTime();
  const load = useCallback(async (beforeSeq: number | null) => {
    try {
      const answer = await busyUntil(engine.call('history.list', { beforeSeq, limit: pageSize }));
      setEntries((old) => (beforeSeq === null ? answer.entries : [...old, ...answer.entries]));
      setTotal(answer.total);
      setError(null);
    } catch (thrown) {
      setError(toAppError(thrown));
    }
  }, []);
  useEffect(() => {
    if (caseId !== undefined) void load(null);
  }, [caseId, revision, load]);
  if (info == null) return null;
  const days = Object.entries(Object.groupBy(entries, (e) => time.format(e.atUs, 'date')));
  return (
    <div className="cb-history">
      <div className="cb-ph">
        History
        <span className="cb-t3 cb-num cb-history-total">{plural(total, 'step')}</span>
        <span className="cb-sp" />
        <IconButton size="small" icon={IconArrowBackUp} label="Undo" tip={`Undo: ${info.undoLabel ?? ''}`} disabledReason={info.undoLabel === null ? 'Nothing to undo' : null} onClick={() => void undo()} />
        <IconButton size="small" icon={IconArrowForwardUp} label="Redo" tip={`Redo: ${info.redoLabel ?? ''}`} disabledReason={info.redoLabel === null ? 'Nothing to redo' : null} onClick={() => void redo()} />
      </div>
      {error !== null && (
        <div className="cb-panel-error" role="alert">
          <span>{error.message}</span>
          <code>{error.code}</code>
        </div>
      )}
      <div className="cb-history-list">
        {entries.length === 0 && error === null && <p className="cb-history-none">Nothing was changed yet. Imports, tags, notes and their undo are listed here with their time.</p>}
        {days.map(([day, steps]) => (
          <section key={day} aria-label={day}>
            <h3>{day}</h3>
            <ul>
              {(steps ?? []).map((entry) => (
                <Step key={entry.seq} entry={entry} clock={time.format(entry.atUs, 'second')} back={info.readOnly ? null : stepsBackTo(entries, entry)} />
              ))}
            </ul>
          </section>
        ))}
        {entries.length < total && entries.length > 0 && (
          <div className="cb-history-more">
            <Button size="small" onClick={() => void load(entries.at(-1)?.seq ?? null)}>
              Show {formatCount(Math.min(pageSize, total - entries.length))} earlier
            </Button>
          </div>
        )}
      </div>
    </div>
  );
};

const Step = ({ entry, clock, back }: { entry: LogEntry; clock: string; back: number | null }): ReactElement => (
  <li className="cb-step" data-state={entry.state}>
    <Icon of={entry.state === 'undo' ? IconArrowBackUp : entry.state === 'redo' ? IconArrowForwardUp : IconPointFilled} size={12} />
    <span className="cb-step-label" title={entry.label}>
      <EvidenceText text={entry.label} />
    </span>
    {entry.state === 'undone' && <span className="cb-badge">undone</span>}
    <span className="cb-step-end">
      {back !== null && back > 0 && (
        <button type="button" className="cb-step-back" aria-label={`Undo to here, ${plural(back, 'step')}`} title={`Undo to here, ${plural(back, 'step')}`} onClick={() => void undoTo(back)}>
          <Icon of={IconArrowBackUp} size={13} />
        </button>
      )}
      <span className="cb-t3 cb-num">{clock}</span>
    </span>
  </li>
);
