/** Over the lanes: what lies outside the brush dims, brush edges with handles, reference lines, the keyboard's cursor, the ruler. Paints only. */
import type { ReactElement } from 'react';
import { formatDuration } from '../../main/shared/format.ts';
import { sizes, xOf, type Window } from './geometry.ts';
import type { Reference } from './timeline-state.ts';

type Props = {
  width: number;
  height: number;
  window: Window;
  brush: Window | null;
  references: readonly Reference[];
  cursor: { us: number; untilUs: number; lane: number } | null;
  ruler: Window | null;
};

const handle = { width: 6, height: 20 };

export const PlotOverlay = ({ width, height, window, brush, references, cursor, ruler }: Props): ReactElement => {
  const clamp = (x: number): number => Math.min(width, Math.max(0, x));
  const at = (us: number): number => xOf(us, window, width);
  const [from, to] = brush === null ? [0, width] : [clamp(at(brush.fromUs)), clamp(at(brush.toUs))];
  const isInside = (us: number): boolean => us >= window.fromUs && us <= window.toUs;
  return (
    <svg className="cb-tl-overlay" width={width} height={height} aria-hidden="true">
      {brush !== null && (
        <>
          <rect x={0} y={0} width={from} height={height} className="cb-tl-out" />
          <rect x={to} y={0} width={Math.max(0, width - to)} height={height} className="cb-tl-out" />
          <rect x={from} y={0} width={Math.max(0, to - from)} height={height} className="cb-tl-brush" />
          {[brush.fromUs, brush.toUs].filter(isInside).map((us) => (
            <g key={us}>
              <line x1={at(us)} x2={at(us)} y1={0} y2={height} className="cb-tl-edge" />
              <rect x={at(us) - handle.width / 2} y={Math.max(0, height / 2 - handle.height / 2)} width={handle.width} height={handle.height} rx={2} className="cb-tl-handle" />
            </g>
          ))}
        </>
      )}
      {references.filter((r) => isInside(r.us)).map((r) => (
        <line key={`${r.us}${r.label}`} x1={at(r.us)} x2={at(r.us)} y1={0} y2={height} className="cb-tl-ref" />
      ))}
      {cursor !== null && (
        <rect x={at(cursor.us)} y={cursor.lane * sizes.lane + 1} width={Math.max(3, at(cursor.untilUs) - at(cursor.us))} height={sizes.lane - 2} className="cb-tl-cursor" />
      )}
      {ruler !== null && (
        <g>
          <line x1={at(ruler.fromUs)} x2={at(ruler.toUs)} y1={height / 2} y2={height / 2} className="cb-tl-ruler" />
          <text x={(at(ruler.fromUs) + at(ruler.toUs)) / 2} y={height / 2 - 6} textAnchor="middle" className="cb-tl-ruler-text">
            {formatDuration(ruler.toUs - ruler.fromUs)}
          </text>
        </g>
      )}
    </svg>
  );
};
