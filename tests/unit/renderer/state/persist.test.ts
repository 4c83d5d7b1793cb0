import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSaver, parseWorkspace } from '../../../../renderer/state/persist.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what was saved is read back', () => {
  const saved = { version: 1, dock: { grid: { root: {} } }, side: 'history', sideWidth: 300, range: { fromUs: 1, toUs: 2 } };
  expect(parseWorkspace(JSON.stringify(saved))).toEqual(saved);
});

test('nothing, damage and a newer version count as nothing saved', () => {
  expect(parseWorkspace(null)).toBeNull();
  expect(parseWorkspace('{"version":1,')).toBeNull();
  expect(parseWorkspace('{"version":2}')).toBeNull();
  expect(parseWorkspace('[]')).toBeNull();
});

test('a part that can’t be read falls back alone', () => {
  expect(parseWorkspace('{"version":1,"side":"queries","sideWidth":9000,"range":{"fromUs":5,"toUs":1}}')).toEqual({ version: 1, side: 'evidence', sideWidth: 264, range: null });
});

test('changes are saved once, after the last', () => {
  const save = vi.fn<() => void>();
  const saver = createSaver(save, 250);
  saver.change();
  vi.advanceTimersByTime(200);
  saver.change();
  vi.advanceTimersByTime(200);
  expect(save).not.toHaveBeenCalled();
  vi.advanceTimersByTime(50);
  expect(save).toHaveBeenCalledTimes(1);
});

test('flush saves what waits and nothing else; drop forgets it', () => {
  const save = vi.fn<() => void>();
  const saver = createSaver(save, 250);
  saver.flush();
  expect(save).not.toHaveBeenCalled();
  saver.change();
  saver.flush();
  expect(save).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(save).toHaveBeenCalledTimes(1);
  saver.change();
  saver.drop();
  vi.advanceTimersByTime(1_000);
  expect(save).toHaveBeenCalledTimes(1);
});
