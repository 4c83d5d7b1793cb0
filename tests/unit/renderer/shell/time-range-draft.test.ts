import { expect, test } from 'vitest';
import { aroundRange, draftOf, quickRanges, typedBound, typedExpression } from '../../../../renderer/shell/time-range-draft.ts';
import { timeTextOf } from '../../../../renderer/state/use-time.ts';
import { usPerDay, usPerHour, usPerMinute } from '../../../../main/shared/time.ts';

const at = (iso: string): number => Date.parse(iso) * 1_000;
const data = { fromUs: at('2026-03-10T22:00:00Z'), toUs: at('2026-03-12T06:00:00Z') };
const utc = timeTextOf('UTC');
const context = { zone: 'UTC', data, aroundUs: at('2026-03-11T21:00:00Z') };
const empty = draftOf(null, utc);

test('an expression sets range and bounds', () => {
  const draft = typedExpression('22:25 ± 45m', context, empty, utc);
  expect(draft).toMatchObject({ range: { fromUs: at('2026-03-11T21:40:00Z'), toUs: at('2026-03-11T23:10:00Z') }, from: '2026-03-11 21:40:00', to: '2026-03-11 23:10:00', problem: null });
});

test('an expression that can’t be read keeps the range and says why', () => {
  const before = typedExpression('22:25 ± 45m', context, empty, utc);
  const draft = typedExpression('half past', context, before, utc);
  expect(draft.range).toEqual(before.range);
  expect(draft.problem).toMatchObject({ field: 'expression' });
  expect(typedExpression('', context, draft, utc).problem).toBeNull();
});

test('a bound is read in the display zone; an empty one is the edge of the data', () => {
  const tokyo = typedBound('from', '2026-03-12 07:04', { ...context, zone: 'Asia/Tokyo' }, empty);
  expect(tokyo.range).toEqual({ fromUs: at('2026-03-11T22:04:00Z'), toUs: data.toUs });
  expect(typedBound('to', '2026-03-11 00:00', context, empty).range).toEqual({ fromUs: data.fromUs, toUs: at('2026-03-11T00:00:00Z') });
});

test('a bound that can’t be read or turns the range round is a problem of that field', () => {
  expect(typedBound('from', 'noon-ish', context, empty).problem).toMatchObject({ field: 'from' });
  const draft = typedBound('to', '2026-03-11 20:00', context, { ...empty, from: '2026-03-11 21:00' });
  expect(draft.problem).toEqual({ field: 'to', message: 'The range ends before it starts.' });
});

test('quick ranges count from the data and are shorter than it', () => {
  const quick = quickRanges({ fromUs: data.fromUs, toUs: data.toUs });
  expect(quick[0]).toEqual({ label: 'All times', range: null });
  expect(quick.find((q) => q.label === 'Last 1 h of the data')?.range).toEqual({ fromUs: data.toUs - usPerHour, toUs: data.toUs });
  expect(quick.find((q) => q.label === 'First 15 min of the data')?.range).toEqual({ fromUs: data.fromUs, toUs: data.fromUs + 15 * usPerMinute });
  expect(quick.some((q) => q.range !== null && q.range.toUs - q.range.fromUs > 2 * usPerDay)).toBe(false);
  expect(quickRanges(null)).toEqual([{ label: 'All times', range: null }]);
});

test('a range around a moment has it in the middle', () => {
  expect(aroundRange(1_000, 300)).toEqual({ fromUs: 700, toUs: 1_300 });
});
