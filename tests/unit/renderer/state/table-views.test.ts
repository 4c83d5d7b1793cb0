import { beforeEach, expect, test, vi } from 'vitest';
import { engine } from '../../../../renderer/engine/bridge.ts';
import { changeTableView, emptyView, flushTableViews, forgetTableViews, loadTableView, parseTableView, queryOf, tableViewOf } from '../../../../renderer/state/table-views.ts';
import { useTimeRange } from '../../../../renderer/state/time-range.ts';
import { tableOf } from '../grid/fixture.ts';

const saved: string[] = [];
let stored: string | null = null;
beforeEach(() => {
  forgetTableViews();
  useTimeRange.setState({ range: null, past: [], future: [] });
  saved.length = 0;
  stored = null;
  vi.useFakeTimers();
  vi.spyOn(engine, 'call').mockImplementation((async (op: string, input: { json?: string }) => {
    if (op === 'view.save') saved.push(input.json ?? '');
    return op === 'view.load' ? { json: stored } : {};
  }) as never);
  return () => vi.useRealTimers();
});

test('changes are saved together a moment later, or at once when flushed', () => {
  changeTableView('t', { search: 'a' });
  changeTableView('t', { search: 'ab' });
  expect(saved).toEqual([]);
  vi.runAllTimers();
  expect(saved.map((s) => (JSON.parse(s) as { search: string }).search)).toEqual(['ab']);
  changeTableView('t', { search: 'abc' });
  flushTableViews();
  expect(saved).toHaveLength(2);
  vi.runAllTimers();
  expect(saved).toHaveLength(2);
});

test('a damaged record opens as an empty view, a damaged part costs only itself', () => {
  expect(parseTableView('{')).toEqual(emptyView);
  expect(parseTableView('[]')).toEqual(emptyView);
  const view = parseTableView(JSON.stringify({ filters: [{ op: 'drop', column: 'A' }], search: 'kept', columns: 5, sort: [{ column: 'A', dir: 'asc' }] }));
  expect(view).toEqual({ ...emptyView, search: 'kept', sort: [{ column: 'A', dir: 'asc' }] });
});

test('a saved view comes back once; what was changed meanwhile stands', async () => {
  stored = JSON.stringify({ ...emptyView, search: 'saved' });
  await loadTableView('t');
  expect(tableViewOf('t').search).toBe('saved');
  changeTableView('t', { search: 'mine' });
  await loadTableView('t');
  expect(tableViewOf('t').search).toBe('mine');
});

test('the shared time range narrows tables with times, unless a view draws what lies around it', () => {
  useTimeRange.setState({ range: { fromUs: 1, toUs: 2 } });
  const timed = tableOf({ T: 'datetime' }, { timeColumn: 'T' });
  expect(queryOf(timed, emptyView).timeRange).toEqual({ fromUs: 1, toUs: 2 });
  expect(queryOf(timed, emptyView, { withTimeRange: false }).timeRange).toBeNull();
  expect(queryOf(tableOf({ A: 'string' }), emptyView).timeRange).toBeNull();
});
