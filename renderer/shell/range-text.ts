/** The shared range in few words: as fine as its length asks for, the date and year once where they are the same. Pure. */
import { usPerDay, usPerHour, usPerSecond, type TimeStyle } from '../../main/shared/time.ts';
import type { TimeRange } from '../../main/contract/index.ts';
import type { TimeText } from '../state/use-time.ts';

/** Seconds say nothing about a range of days. */
const clockStyle = (range: TimeRange): TimeStyle => {
  const length = range.toUs - range.fromUs;
  const whole = [range.fromUs, range.toUs].every((us) => us % (60 * usPerSecond) === 0);
  if (whole || length >= 6 * usPerHour) return 'minute';
  return length >= 10 * usPerSecond ? 'second' : 'time';
};

/** `date` stands apart when both bounds are on one day: `11 Mar 2026` and `21:40 – 23:10`. */
export const rangeWords = (range: TimeRange, time: TimeText): { date: string; clock: string } => {
  const style = clockStyle(range);
  const [fromDate, toDate] = [time.format(range.fromUs, 'date'), time.format(range.toUs, 'date')];
  const [from, to] = [time.format(range.fromUs, style), time.format(range.toUs, style)];
  if (fromDate === toDate) return { date: fromDate, clock: `${from} – ${to}` };
  const sameYear = fromDate.slice(-4) === toDate.slice(-4);
  const bare = range.toUs - range.fromUs >= 60 * usPerDay;
  const start = sameYear ? time.format(range.fromUs, 'day') : fromDate;
  return { date: '', clock: bare ? `${start} – ${toDate}` : `${start} ${from} – ${toDate} ${to}` };
};
