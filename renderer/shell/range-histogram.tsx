/** The shape of the data in the range picker: counts over the whole extent of the active table; drag picks a range. */
import { useEffect, useRef, useState, type PointerEvent, type ReactElement } from 'react';
import type { TimeRange } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { currentTable, useCase } from '../state/case-store.ts';
import { busyUntil } from '../state/idle.ts';
import { useTime } from '../state/use-time.ts';

const bins = 96;
const height = 44;

type Props = { tableId: string | null; extent: TimeRange; range: TimeRange | null; onPick(range: TimeRange): void };

export const RangeHistogram = ({ tableId, extent, range, onPick }: Props): ReactElement | null => {
  const fallback = useCase((s) => s.info?.tables.find((t) => t.timeColumn !== null)?.id ?? null);
  const shown = tableId !== null && currentTable(tableId)?.timeColumn != null ? tableId : fallback;
  const [counts, setCounts] = useState<number[] | null>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const time = useTime();
  const { fromUs, toUs } = extent;
  useEffect(() => {
    if (shown === null) return;
    let stale = false;
    const ask = async (): Promise<void> => {
      const answer = await busyUntil(engine.call('timeline.buckets', { sources: [{ view: { tableId: shown } }], range: { fromUs, toUs }, maxBins: bins }));
      const sum = new Array<number>(answer.bins).fill(0);
      for (const lane of answer.lanes) for (const [i, n] of lane.counts.entries()) sum[i] = (sum[i] ?? 0) + n;
      if (!stale) setCounts(sum);
    };
    ask().catch(() => undefined); // the picker works without its picture
    return () => {
      stale = true;
    };
  }, [shown, fromUs, toUs]);

  const share = (e: PointerEvent): number => {
    const rect = box.current?.getBoundingClientRect();
    return rect === undefined ? 0 : Math.min(1, Math.max(0, (e.clientX - rect.left) / rect.width));
  };
  const at = (part: number): number => Math.round(fromUs + part * (toUs - fromUs));
  const marked = drag === null ? range : { fromUs: at(Math.min(drag.from, drag.to)), toUs: at(Math.max(drag.from, drag.to)) };
  const left = marked === null ? 0 : Math.max(0, (marked.fromUs - fromUs) / (toUs - fromUs));
  const right = marked === null ? 1 : Math.min(1, (marked.toUs - fromUs) / (toUs - fromUs));
  const peak = Math.max(1, ...(counts ?? []));
  return (
    <div>
      <div
        ref={box}
        className="cb-range-hist"
        role="img"
        aria-label={`Rows over time, ${time.range(fromUs, toUs)}. Drag to pick a range.`}
        style={{ height }}
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          setDrag({ from: share(e), to: share(e) });
        }}
        onPointerMove={(e) => drag !== null && setDrag({ ...drag, to: share(e) })}
        onPointerUp={() => {
          if (drag !== null && Math.abs(drag.to - drag.from) > 0.004) onPick({ fromUs: at(Math.min(drag.from, drag.to)), toUs: at(Math.max(drag.from, drag.to)) });
          setDrag(null);
        }}
      >
        <svg width="100%" height={height} viewBox={`0 0 ${counts?.length ?? bins} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {counts?.map((n, i) => {
            const h = n === 0 ? 0 : Math.max(2, (n / peak) * (height - 4));
            return <rect key={i} x={i + 0.1} y={height - h} width={0.8} height={h} fill="var(--c1)" />;
          })}
        </svg>
        <span className="cb-range-brush" style={{ left: `${left * 100}%`, width: `${Math.max(0, right - left) * 100}%` }} />
      </div>
      <div className="cb-range-edges cb-t3 cb-num">
        <span>{time.format(fromUs, 'dateMinute')}</span>
        <span>{time.format(toUs, 'dateMinute')}</span>
      </div>
    </div>
  );
};
