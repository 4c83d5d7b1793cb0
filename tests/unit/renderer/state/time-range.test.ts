import { beforeEach, expect, test } from 'vitest';
import { setTimeRange, timeRangeBack, timeRangeForward, useTimeRange } from '../../../../renderer/state/time-range.ts';

const range = (fromUs: number): { fromUs: number; toUs: number } => ({ fromUs, toUs: fromUs + 1 });
const now = (): number | null => useTimeRange.getState().range?.fromUs ?? null;
beforeEach(() => useTimeRange.setState({ range: null, past: [], future: [] }));

test('back and forward walk the ranges that were set', () => {
  setTimeRange(range(1));
  setTimeRange(range(2));
  timeRangeBack();
  expect(now()).toBe(1);
  timeRangeBack();
  expect(now()).toBeNull();
  timeRangeBack();
  expect(now()).toBeNull();
  timeRangeForward();
  expect(now()).toBe(1);
});

test('a new range ends the way forward; the same range is no step', () => {
  setTimeRange(range(1));
  timeRangeBack();
  setTimeRange(range(3));
  timeRangeForward();
  expect(now()).toBe(3);
  setTimeRange(range(3));
  expect(useTimeRange.getState().past).toHaveLength(1);
});
