/**
 * Day first or month first? Decided by evidence in the values: a number above 12, a reading that would lie in the future, AM and
 * PM, the shorter span. What could not be decided is said so. Looks at texts only.
 */
import { civilToUs, isCivil } from '../../shared/time.ts';
import { numericDateParts, type DateOrder } from './shapes.ts';

export type OrderReason = 'chosen' | 'days' | 'future' | 'half' | 'span' | 'assumed';
export type OrderChoice = {
  order: DateOrder;
  reason: OrderReason;
  /** Held against every value of the column. */
  settled?: true;
};

/** Nothing in further values could change it. */
export const isSettledOrder = ({ reason, settled }: OrderChoice): boolean => settled === true || reason === 'chosen' || reason === 'days';

const usPerDay = 86_400_000_000;

const rangeUs = (dates: readonly { first: number; second: number; year: number }[], order: DateOrder): { from: number; to: number } | null => {
  let from = Infinity;
  let to = -Infinity;
  for (const { first, second, year } of dates) {
    const [month, day] = order === 'mdy' ? [first, second] : [second, first];
    const civil = { year, month, day, hour: 0, minute: 0, second: 0, us: 0 };
    if (!isCivil(civil)) return null;
    const us = civilToUs(civil);
    if (us < from) from = us;
    if (us > to) to = us;
  }
  return from === Infinity ? null : { from, to };
};

/** @param nowUs to tell a reading in the future, with two days' grace for clocks and zones. */
export const orderByEvidence = (texts: readonly string[], nowUs: number): OrderChoice => {
  const dates = texts.map(numericDateParts).filter((date) => date !== null);
  const dayFirst = dates.filter((date) => date.first > 12).length;
  const monthFirst = dates.filter((date) => date.second > 12).length;
  if (dayFirst !== monthFirst) return { order: dayFirst > monthFirst ? 'dmy' : 'mdy', reason: 'days' };
  const mdy = rangeUs(dates, 'mdy');
  const dmy = rangeUs(dates, 'dmy');
  if (mdy !== null && dmy !== null) {
    const latest = nowUs + 2 * usPerDay;
    if (mdy.to <= latest && dmy.to > latest) return { order: 'mdy', reason: 'future' };
    if (dmy.to <= latest && mdy.to > latest) return { order: 'dmy', reason: 'future' };
  }
  if (dates.some((date) => date.half)) return { order: 'mdy', reason: 'half' };
  if (mdy !== null && dmy !== null) {
    const spans = { mdy: mdy.to - mdy.from, dmy: dmy.to - dmy.from };
    // events of a few days scatter over months when read the wrong way round
    if (spans.mdy * 4 < spans.dmy) return { order: 'mdy', reason: 'span' };
    if (spans.dmy * 4 < spans.mdy) return { order: 'dmy', reason: 'span' };
  }
  return { order: 'mdy', reason: 'assumed' };
};

const reasons: Record<OrderReason, (order: DateOrder) => string> = {
  chosen: () => 'as chosen',
  days: (order) => (order === 'mdy' ? 'the second number goes above 12' : 'the first number goes above 12'),
  future: (order) => (order === 'mdy' ? 'day first would be in the future' : 'month first would be in the future'),
  half: () => 'written with AM and PM',
  span: (order) => (order === 'mdy' ? 'day first would scatter the rows over months' : 'month first would scatter the rows over months'),
  assumed: () => 'nothing in the file tells, check it',
};

/** `month first: day first would be in the future`. */
export const orderNote = ({ order, reason }: OrderChoice): string => `${order === 'mdy' ? 'month first' : 'day first'}: ${reasons[reason](order)}`;
