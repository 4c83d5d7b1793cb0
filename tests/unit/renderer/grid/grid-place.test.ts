import { expect, test, vi } from 'vitest';
import { engine } from '../../../../renderer/engine/bridge.ts';
import { keepPlace, parsePlace } from '../../../../renderer/grid/grid-place.ts';

test('a place that can’t be read is none; a damaged focus leaves the scroll position', () => {
  expect(parsePlace(null)).toBeNull();
  expect(parsePlace('{')).toBeNull();
  expect(parsePlace('{"top":-1}')).toBeNull();
  expect(parsePlace('{"top":500,"rowId":"x"}')).toEqual({ top: 500, rowId: null });
});

test('only the last place of a scroll is saved', () => {
  vi.useFakeTimers();
  const call = vi.spyOn(engine, 'call').mockResolvedValue({} as never);
  keepPlace('t', { top: 1, rowId: null });
  keepPlace('t', { top: 2, rowId: 7 });
  keepPlace('u', { top: 3, rowId: null });
  vi.runAllTimers();
  vi.useRealTimers();
  expect(call.mock.calls.map(([, input]) => input)).toEqual([
    { key: 'gridPlace:t', json: '{"top":2,"rowId":7}' },
    { key: 'gridPlace:u', json: '{"top":3,"rowId":null}' },
  ]);
});
