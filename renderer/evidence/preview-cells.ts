/** What stands in the preview's cells, parsed or as written, and how wide its columns are. Pure. */
import type { ColumnData, PreviewItem } from '../../main/contract/index.ts';
import { formatTimespan } from '../../main/shared/duration.ts';
import { visibleText } from '../../main/shared/text.ts';
import type { TimeText } from '../state/use-time.ts';

/** Null: no value. */
export const parsedCell = (column: ColumnData | undefined, row: number, time: TimeText): string | null => {
  if (column === undefined) return null;
  if (column.kind === 'text') {
    const value = column.values[row];
    return value == null ? null : visibleText(value);
  }
  const value = column.values[row];
  if (value === undefined || column.nulls?.[row] === 1) return null;
  if (column.type === 'datetime') return time.format(value);
  if (column.type === 'timespan') return formatTimespan(value);
  if (column.type === 'bool') return value === 0 ? 'false' : 'true';
  return String(value);
};

export const writtenCell = (item: PreviewItem, row: number, column: number): string | null => {
  const value = item.written[row]?.[column];
  return value == null ? null : visibleText(value);
};

const charPx = 7;
const widths = { min: 84, max: 260, datetime: 196 } as const;

/** From the name and the first rows; text of any length gets the same bounded width. */
export const columnWidths = (item: PreviewItem, time: TimeText): number[] =>
  item.columns.map((column, at) => {
    if (column.type === 'datetime') return widths.datetime;
    let longest = column.name.length + 3;
    for (let row = 0; row < Math.min(item.rows, 20); row++) longest = Math.max(longest, (parsedCell(item.parsed[at], row, time) ?? '').length);
    return Math.min(widths.max, Math.max(widths.min, Math.round(longest * charPx) + 18));
  });

/** Indexes of the columns that meet the window `[from, to)` in pixels, and the width left of them. */
export const columnWindow = (all: readonly number[], from: number, to: number): { first: number; last: number; before: number } => {
  let x = 0;
  let first = 0;
  while (first < all.length - 1 && x + (all[first] ?? 0) <= from) x += all[first++] ?? 0;
  const before = x;
  let last = first;
  while (last < all.length - 1 && x + (all[last] ?? 0) < to) x += all[last++] ?? 0;
  return { first, last, before };
};
