/** From the timeline to rows: a bucket becomes the time range and keeps its group's value, an event selects its row; the grid comes forward. */
import type { TimelineAnswer } from '../../main/contract/index.ts';
import { keepOnly } from '../grid/index.ts';
import { openView } from '../shell/view-registry.ts';
import { selectRow } from '../state/selection.ts';
import { changeTableView } from '../state/table-views.ts';
import { setTimeRange } from '../state/time-range.ts';
import { xOf, type Window } from './geometry.ts';
import { nearestEvent } from './lane-tooltip.tsx';
import type { ShownSource } from './use-buckets.ts';
import { bucketAt } from './use-cursor.ts';

export const openBucketRows = (answer: TimelineAnswer, source: ShownSource, lane: number, us: number): void => {
  const { us: fromUs, untilUs } = bucketAt(answer, us, lane);
  setTimeRange({ fromUs, toUs: untilUs });
  const { groupBy } = source;
  const key = answer.lanes[lane]?.key;
  if (groupBy !== null && key !== undefined) changeTableView(source.table.id, (v) => ({ filters: keepOnly(v.filters, groupBy, key) }));
  openView('grid', { tableId: source.table.id });
};

export const openEventRow = (answer: TimelineAnswer, source: ShownSource, lane: number, us: number, window: Window | null, width: number): void => {
  if (window === null) return;
  const at = nearestEvent(answer, lane, xOf(us, window, width), window, width);
  const rowId = answer.events?.rowIds[at];
  if (rowId === undefined) return;
  openView('grid', { tableId: source.table.id });
  selectRow(source.table.id, rowId, 'timeline');
};
