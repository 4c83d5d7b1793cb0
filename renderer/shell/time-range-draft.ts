/**
 * The state of the range picker as pure steps: quick ranges counted from the data, the expression field, the two bounds. The picker
 * draws it; nothing is applied to the views before Apply.
 */
import { parseRange, parseTime, type TimeContext } from '../../main/shared/time-expression.ts';
import { usPerDay, usPerHour, usPerMinute } from '../../main/shared/time.ts';
import type { TimeRange } from '../../main/contract/index.ts';
import type { TimeText } from '../state/use-time.ts';

export type Draft = {
  range: TimeRange | null;
  expression: string;
  from: string;
  to: string;
  /** Why the field last typed in can't be read. */
  problem: { field: 'expression' | 'from' | 'to'; message: string } | null;
};

const boundText = (us: number, time: TimeText): string => time.format(us, 'datetime');

export const draftOf = (range: TimeRange | null, time: TimeText): Draft => ({
  range,
  expression: '',
  from: range === null ? '' : boundText(range.fromUs, time),
  to: range === null ? '' : boundText(range.toUs, time),
  problem: null,
});

export const typedExpression = (text: string, context: TimeContext, before: Draft, time: TimeText): Draft => {
  if (text.trim() === '') return { ...before, expression: text, problem: null };
  const read = parseRange(text, context);
  if (!read.ok) return { ...before, expression: text, problem: { field: 'expression', message: read.message } };
  return { ...draftOf({ fromUs: read.fromUs, toUs: read.toUs }, time), expression: text };
};

/** A bound as typed; an empty one stands for the edge of the data. */
export const typedBound = (field: 'from' | 'to', text: string, context: TimeContext, before: Draft): Draft => {
  const draft: Draft = { ...before, [field]: text, expression: '', problem: null };
  const edge = context.data;
  const read = (value: string, other: number | null): number | null =>
    value.trim() === '' ? other : (parseTime(value, context)?.us ?? null);
  const fromUs = read(draft.from, edge?.fromUs ?? null);
  const toUs = read(draft.to, edge?.toUs ?? null);
  if (fromUs === null || toUs === null) {
    const wrong = (field === 'from' ? fromUs : toUs) === null ? field : field === 'from' ? 'to' : 'from';
    return { ...draft, problem: { field: wrong, message: 'Not a time Casebench can read. Write it as 2026-03-11 22:04.' } };
  }
  if (fromUs >= toUs) return { ...draft, problem: { field, message: 'The range ends before it starts.' } };
  return { ...draft, range: { fromUs, toUs } };
};

export type QuickRange = { label: string; range: TimeRange | null };

/** Relative to the data, since an offline case has no now; only those shorter than the data. */
export const quickRanges = (extent: TimeRange | null): QuickRange[] => {
  const all: QuickRange = { label: 'All times', range: null };
  if (extent === null) return [all];
  const { fromUs, toUs } = extent;
  const lengths: [string, number][] = [['15 min', 15 * usPerMinute], ['1 h', usPerHour], ['6 h', 6 * usPerHour], ['24 h', usPerDay], ['3 d', 3 * usPerDay], ['7 d', 7 * usPerDay], ['30 d', 30 * usPerDay]];
  const shorter = lengths.filter(([, us]) => us < toUs - fromUs);
  return [
    all,
    ...shorter.map(([name, us]) => ({ label: `Last ${name} of the data`, range: { fromUs: toUs - us, toUs } })),
    ...shorter.slice(0, 4).map(([name, us]) => ({ label: `First ${name} of the data`, range: { fromUs, toUs: fromUs + us } })),
  ];
};

/** Half before, half after. */
export const aroundRange = (us: number, halfUs: number): TimeRange => ({ fromUs: us - halfUs, toUs: us + halfUs });
