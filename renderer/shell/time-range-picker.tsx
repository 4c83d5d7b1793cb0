/**
 * The picker of the shared time range: quick ranges relative to the data, an expression, two bounds in the display zone, and the shape
 * of the data to drag over. Apply moves all views; Esc leaves all as it was.
 */
import { useEffect, useMemo, useState, type FormEvent, type ReactElement } from 'react';
import { formatDuration } from '../../main/shared/duration.ts';
import { rangeExamples, type TimeContext } from '../../main/shared/time-expression.ts';
import type { TimeRange } from '../../main/contract/index.ts';
import { activeTableId } from '../state/active-view.ts';
import { setTimeRange, useTimeRange } from '../state/time-range.ts';
import { closeDialog } from '../state/ui-store.ts';
import { useTime } from '../state/use-time.ts';
import { Button } from '../ui/button.tsx';
import { RangeHistogram } from './range-histogram.tsx';
import { draftOf, quickRanges, typedBound, typedExpression } from './time-range-draft.ts';

const same = (a: TimeRange | null, b: TimeRange | null): boolean => a?.fromUs === b?.fromUs && a?.toUs === b?.toUs;

export const TimeRangePicker = ({ extent }: { extent: TimeRange | null }): ReactElement => {
  const current = useTimeRange((s) => s.range);
  const time = useTime();
  const [draft, setDraft] = useState(() => draftOf(current, time));
  useEffect(() => setDraft(draftOf(current, time)), [current, time]);
  const context = useMemo<TimeContext>(
    () => ({ zone: time.zone, data: extent === null ? null : { fromUs: extent.fromUs, toUs: extent.toUs - 1 }, aroundUs: current?.fromUs ?? null }),
    [time, extent, current],
  );
  const pick = (range: TimeRange | null): void => setDraft(draftOf(range, time));
  const apply = (e?: FormEvent): void => {
    e?.preventDefault();
    if (draft.problem !== null) return;
    setTimeRange(draft.range);
    closeDialog('timeRange');
  };
  const quick = quickRanges(extent);
  return (
    <form className="cb-range" onSubmit={apply}>
      <div className="cb-range-quick" role="listbox" aria-label="Quick ranges">
        {quick.map((q) => (
          <button
            key={q.label}
            type="button"
            role="option"
            aria-selected={same(q.range, draft.range)}
            className="cb-range-quick-item"
            onClick={() => pick(q.range)}
            onDoubleClick={() => {
              setTimeRange(q.range);
              closeDialog('timeRange');
            }}
          >
            {q.label}
          </button>
        ))}
      </div>
      <div className="cb-range-main">
        <label>
          <span className="cb-label">Expression</span>
          <span className={`cb-in${draft.problem?.field === 'expression' ? ' cb-in-bad' : ''}`}>
            <input
              data-autofocus
              value={draft.expression}
              placeholder={rangeExamples.slice(0, 3).join('   ')}
              spellCheck={false}
              onChange={(e) => setDraft(typedExpression(e.target.value, context, draft, time))}
            />
          </span>
        </label>
        <div className="cb-range-bounds">
          {(['from', 'to'] as const).map((field) => (
            <label key={field}>
              <span className="cb-label">{field === 'from' ? 'From, inclusive' : 'To, exclusive'}</span>
              <span className={`cb-in${draft.problem?.field === field ? ' cb-in-bad' : ''}`}>
                <input
                  className="cb-mono"
                  value={draft[field]}
                  placeholder={field === 'from' ? 'start of the data' : 'end of the data'}
                  spellCheck={false}
                  onChange={(e) => setDraft(typedBound(field, e.target.value, context, draft))}
                />
              </span>
            </label>
          ))}
        </div>
        {extent !== null && <RangeHistogram tableId={activeTableId()} extent={extent} range={draft.range} onPick={pick} />}
        <p className={draft.problem === null ? 'cb-range-note cb-t3' : 'cb-range-note cb-err'} role="status">
          {draft.problem?.message ?? (draft.range === null ? 'All times, rows without a time included.' : `${formatDuration(draft.range.toUs - draft.range.fromUs)}, times in ${time.zone}`)}
        </p>
        <div className="cb-range-foot">
          <span className="cb-sp" />
          <Button kind="ghost" onClick={() => closeDialog('timeRange')}>
            Cancel
          </Button>
          <Button kind="primary" submit disabled={draft.problem !== null}>
            Apply to all views
          </Button>
        </div>
      </div>
    </form>
  );
};

