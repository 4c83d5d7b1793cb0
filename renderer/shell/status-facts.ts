/** The five facts of the active view as words, from the state of its table. Pure, so that every wording is tested. */
import type { CaseInfo, TableInfo } from '../../main/contract/index.ts';
import { formatDuration } from '../../main/shared/duration.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { usPerDay } from '../../main/shared/time.ts';
import type { TableView } from '../state/table-views.ts';
import type { TimeText } from '../state/use-time.ts';

/** `strong` stands out between the words around it. */
export type Fact = { before?: string; strong: string; rest: string; attention: boolean };

/** Amber beyond this age. */
export const staleAfterUs = 7 * usPerDay;

/** Filters, quick search and marks of the view itself; the shared range stands in the title bar. */
export const filterCount = (view: TableView): number => view.filters.length + (view.search === '' ? 0 : 1) + (view.marks === null ? 0 : 1);

export const filterFact = (table: TableInfo | null, view: TableView, hasRange: boolean, counted: { matched: number; of: number } | null): Fact => {
  if (table === null) return { strong: '', rest: 'No filter', attention: false };
  const ranged = hasRange && table.timeColumn !== null;
  const n = filterCount(view);
  if (n === 0 && !ranged) return { strong: '', rest: `No filter, ${plural(table.rows, 'row')}`, attention: false };
  const rows = counted === null ? '' : `${formatCount(counted.matched)} of ${plural(counted.of, 'row')}`;
  return { strong: n === 0 ? 'Time range' : plural(n, 'filter'), rest: rows === '' ? '' : ` ${rows}`, attention: false };
};

export const truncationFact = (table: TableInfo | null): Fact => {
  if (table === null) return { strong: '', rest: 'No table', attention: false };
  if (table.truncated === null) return { strong: '', rest: `${table.name} complete`, attention: false };
  return { strong: 'Cut', rest: ` at ${formatCount(table.truncated.limit)} of at least ${plural(table.truncated.atLeast, 'row')}`, attention: true };
};

/** Age of the newest event, of the table in view or of the whole case. */
export const ageFact = (table: TableInfo | null, info: CaseInfo | null, nowUs: number, time: TimeText): Fact => {
  const toUs = table === null ? (info?.dataToUs ?? null) : table.toUs;
  if (toUs === null) return { strong: '', rest: table === null ? 'No data' : 'No times', attention: false };
  const age = nowUs - toUs;
  if (age < 0) return { before: 'Data to', strong: time.format(toUs, 'dateMinute'), rest: ', in the future', attention: true };
  return { before: 'Data to', strong: time.format(toUs, 'dayMinute'), rest: `, ${wholeUnit(age)} old`, attention: age > staleAfterUs };
};

/** The largest unit alone: an age to the minute after days says nothing. */
const wholeUnit = (us: number): string => formatDuration(us).split(' ').slice(0, 2).join(' ');
