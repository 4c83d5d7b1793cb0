/** The whole extent at a glance, with the visible window on it: drag moves the window, a click centres it. */
import { useRef, type PointerEvent, type ReactElement } from 'react';
import { engine } from '../engine/bridge.ts';
import { useAsked } from '../engine/use-asked.ts';
import { useTime } from '../state/use-time.ts';
import { pan, sizes, usOf, xOf, type Window } from './geometry.ts';
import type { ShownSource } from './use-buckets.ts';

type Props = { sources: readonly ShownSource[]; extent: Window; window: Window; brush: Window | null; width: number; onWindow(next: Window): void };
const bins = 240;

export const RangeStrip = ({ sources, extent, window, brush, width, onWindow }: Props): ReactElement => {
  const time = useTime();
  const input = { sources: sources.map(({ view }) => ({ view, groupBy: null })), range: extent, maxBins: bins };
  const { data } = useAsked(JSON.stringify(['strip', sources.map((s) => s.table.sha256), input]), sources.length === 0 ? null : () => engine.call('timeline.buckets', input));
  const drag = useRef<{ x: number; window: Window } | null>(null);
  const sums = new Array<number>(data?.bins ?? 0).fill(0);
  for (const lane of data?.lanes ?? []) lane.counts.forEach((n, i) => (sums[i] = (sums[i] ?? 0) + n));
  const max = Math.max(1, ...sums);
  const height = sizes.strip;
  const points = data === undefined ? '' : sums.map((n, i) => `${xOf(data.fromUs + (i + 0.5) * data.bucketUs, extent, width).toFixed(1)},${(height - 2 - (n / max) * (height - 6)).toFixed(1)}`).join(' ');
  const clamp = (x: number): number => Math.min(width, Math.max(0, x));
  const [x0, x1] = [clamp(xOf(window.fromUs, extent, width)), clamp(xOf(window.toUs, extent, width))];
  const local = (e: PointerEvent): number => e.clientX - e.currentTarget.getBoundingClientRect().left;
  const label = (us: number): string => time.format(us, 'day');
  return (
    <div className="cb-tl-strip">
      <span className="cb-tl-strip-label">{label(extent.fromUs) === label(extent.toUs) ? label(extent.fromUs) : `${label(extent.fromUs)} – ${label(extent.toUs)}`}</span>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Whole range ${time.range(extent.fromUs, extent.toUs)}; visible ${time.range(window.fromUs, window.toUs)}`}
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          const x = local(e);
          const inside = x >= x0 - 4 && x <= x1 + 4;
          const start = inside ? window : pan(window, usOf(x, extent, width) - (window.fromUs + window.toUs) / 2);
          if (!inside) onWindow(start);
          drag.current = { x, window: start };
        }}
        onPointerMove={(e) => drag.current !== null && onWindow(pan(drag.current.window, ((local(e) - drag.current.x) / width) * (extent.toUs - extent.fromUs)))}
        onPointerUp={() => {
          drag.current = null;
        }}
      >
        <rect width={width} height={height} className="cb-tl-strip-bg" />
        {points !== '' && <polygon points={`0,${height} ${points} ${width},${height}`} className="cb-tl-strip-area" />}
        {brush !== null && <rect x={clamp(xOf(brush.fromUs, extent, width))} width={Math.max(1, clamp(xOf(brush.toUs, extent, width)) - clamp(xOf(brush.fromUs, extent, width)))} y={height - 3} height={3} className="cb-tl-strip-brush" />}
        <rect x={x0} y={0.5} width={Math.max(6, x1 - x0)} height={height - 1} rx={3} className="cb-tl-strip-window" />
      </svg>
    </div>
  );
};
