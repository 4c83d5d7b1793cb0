/** What stands in a cell: one line of text per value, evidence shown with control characters visible. Pure. */
import type { ColumnType, Scalar } from '../../main/contract/index.ts';
import { visibleText } from '../../main/shared/text.ts';

export const nullText = '–';

export type CellFormat = { time(us: number): string; duration(us: number): string };

export const cellText = (value: Scalar, type: ColumnType, format: CellFormat): string => {
  if (value === null) return nullText;
  if (typeof value === 'number') {
    if (type === 'datetime') return format.time(value);
    if (type === 'timespan') return format.duration(value);
    return String(value);
  }
  return typeof value === 'boolean' ? String(value) : visibleText(value);
};
