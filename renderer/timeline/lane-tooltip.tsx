/** What lies under the pointer: time range, count and the lane's maximum, or the nearest single event with its hover columns. */
import type { ReactElement } from 'react';
import type { ColumnData, TimelineAnswer } from '../../main/contract/index.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { visibleText } from '../../main/shared/text.ts';
import { useTime } from '../state/use-time.ts';
import { sizes, xOf, type Window } from './geometry.ts';

export type Hover = { x: number; y: number; us: number; lane: number };
type Props = { hover: Hover; answer: TimelineAnswer; window: Window; width: number; labels: readonly string[]; colors: readonly number[]; hoverColumns: readonly string[] };
const reach = 7;

/** Index of the event nearest to a place, within reach; -1 for none. */
export const nearestEvent = (answer: TimelineAnswer, lane: number, x: number, window: Window, width: number): number => {
  const events = answer.events;
  if (events === null) return -1;
  let best = -1;
  let distance = reach;
  events.us.forEach((us, i) => {
    if (events.lane[i] !== lane) return;
    const d = Math.abs(xOf(us, window, width) - x);
    if (d <= distance) [best, distance] = [i, d];
  });
  return best;
};

const textAt = (column: ColumnData, i: number, time: (us: number) => string): string => {
  if (column.kind === 'text') return visibleText(column.values[i] ?? '–');
  if (column.nulls?.[i] === 1) return '–';
  const value = column.values[i] ?? 0;
  return column.type === 'datetime' ? time(value) : String(value);
};

export const LaneTooltip = ({ hover, answer, window, width, labels, colors, hoverColumns }: Props): ReactElement | null => {
  const time = useTime();
  const lane = answer.lanes[hover.lane];
  if (lane === undefined) return null;
  const lines: string[] = [];
  if (answer.events !== null) {
    const at = nearestEvent(answer, hover.lane, hover.x, window, width);
    const us = answer.events.us[at];
    if (at < 0 || us === undefined) return null;
    lines.push(time.format(us));
    // hover columns stand per source, in the order of that source's events
    const before = answer.events.lane.slice(0, at).reduce((n, l) => n + (answer.lanes[l]?.source === lane.source ? 1 : 0), 0);
    for (const column of answer.events.hover[lane.source] ?? []) if (hoverColumns.includes(column.name)) lines.push(`${column.name}: ${textAt(column, before, (v) => time.format(v)).slice(0, 120)}`);
  } else {
    const bin = Math.floor((hover.us - answer.fromUs) / answer.bucketUs);
    const count = lane.counts[bin] ?? 0;
    if (count === 0) return null;
    const from = answer.fromUs + bin * answer.bucketUs;
    lines.push(time.range(from, from + answer.bucketUs), `${plural(count, 'event')}, lane maximum ${formatCount(lane.counts.reduce((a, b) => Math.max(a, b), 0))}`);
  }
  const isRight = hover.x > width - 240;
  return (
    <div className="cb-tl-tip" style={{ top: hover.lane * sizes.lane + sizes.lane + 2, ...(isRight ? { right: width - hover.x } : { left: hover.x }) }}>
      <strong><span className="cb-swatch" style={{ background: `var(--c${colors[hover.lane] ?? 0})` }} /> {labels[hover.lane]}</strong>
      {lines.map((line) => <span key={line}>{line}</span>)}
    </div>
  );
};
