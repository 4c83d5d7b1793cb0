/** A filter in words, for chips and spoken labels. Pure. */
import type { ColumnType, Filter, Scalar, TableInfo } from '../../main/contract/index.ts';
import { formatTimespan } from '../../main/shared/duration.ts';
import { shortenMiddle, visibleText } from '../../main/shared/text.ts';

export type FilterWords = { column: string; operator: string; value: string };
export type TimeText = (us: number) => string;

const columnTypeOf = (table: TableInfo, name: string): ColumnType => table.columns.find((c) => c.name === name)?.type ?? 'string';

const maxChars = 80;
/** Evidence text on a chip: escapes visible, long texts cut in the middle. */
const shown = (text: string): string => shortenMiddle(visibleText(text), maxChars);

export const scalarText = (value: Scalar, type: ColumnType, time: TimeText): string => {
  if (value === null) return 'empty';
  if (value === '') return '""';
  if (type === 'datetime' && typeof value === 'number') return time(value);
  if (type === 'timespan' && typeof value === 'number') return formatTimespan(value);
  return shown(String(value));
};

const listed = (texts: string[], max = 3): string => (texts.length <= max ? texts.join(', ') : `${texts.slice(0, max).join(', ')}, +${texts.length - max}`);
const signs = { eq: '=', ne: '≠', lt: '<', le: '≤', gt: '>', ge: '≥' } as const;
const words = { contains: 'contains', notContains: 'doesn’t contain', startsWith: 'starts with', endsWith: 'ends with' } as const;

export const filterWords = (filter: Filter, table: TableInfo, time: TimeText): FilterWords => {
  if (filter.op === 'anyContains') return { column: 'Any column', operator: 'contains', value: shown(filter.text) };
  const type = columnTypeOf(table, filter.column);
  const text = (value: Scalar): string => scalarText(value, type, time);
  const column = filter.column;
  switch (filter.op) {
    case 'in':
    case 'notIn': {
      const one = filter.values.length === 1;
      const operator = filter.op === 'in' ? (one ? '=' : 'in') : one ? '≠' : 'not in';
      return { column, operator, value: listed(filter.values.map(text)) };
    }
    case 'between':
      return { column, operator: 'between', value: `${text(filter.from)} – ${text(filter.to)}` };
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith':
      return { column, operator: words[filter.op], value: shown(filter.text) };
    case 'regex':
      return { column, operator: 'matches', value: shown(filter.pattern) };
    case 'notRegex':
      return { column, operator: 'doesn’t match', value: shown(filter.pattern) };
    case 'isNull':
      return { column, operator: 'is', value: 'empty' };
    case 'notNull':
      return { column, operator: 'is', value: 'not empty' };
    default:
      return { column, operator: signs[filter.op], value: text(filter.value) };
  }
};
