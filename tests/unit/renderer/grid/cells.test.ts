import { describe, expect, test, vi } from 'vitest';
import type { EngineInput, TablePage } from '../../../../main/contract/index.ts';
import { engine } from '../../../../renderer/engine/bridge.ts';
import { cellText } from '../../../../renderer/grid/cell-text.ts';
import { nextSort } from '../../../../renderer/grid/header-cell.tsx';
import { cellOf, createPageSource, isCut, marksOf, type GridRow } from '../../../../renderer/grid/page-source.ts';
import { maxPickedRows, pickRange } from '../../../../renderer/grid/pick-range.ts';

const format = { time: (us: number) => `t${us}`, duration: (us: number) => `d${us}` };

test('a cell shows each type in its own way, and hidden characters as escapes', () => {
  expect(cellText(null, 'string', format)).toBe('–');
  expect(cellText('', 'string', format)).toBe('');
  expect(cellText(5, 'datetime', format)).toBe('t5');
  expect(cellText(5, 'timespan', format)).toBe('d5');
  expect(cellText(4688, 'int', format)).toBe('4688');
  expect(cellText(false, 'bool', format)).toBe('false');
  expect(cellText('a\u202Eb\n', 'string', format)).toBe('a\\u202Eb\\n');
});

test('a header click goes up, down, and back to the evidence; Shift keeps the other keys', () => {
  expect(nextSort([], 'A', false)).toEqual([{ column: 'A', dir: 'asc' }]);
  expect(nextSort([{ column: 'A', dir: 'asc' }], 'A', false)).toEqual([{ column: 'A', dir: 'desc' }]);
  expect(nextSort([{ column: 'A', dir: 'desc' }], 'A', false)).toEqual([]);
  expect(nextSort([{ column: 'A', dir: 'asc' }], 'B', true)).toEqual([{ column: 'A', dir: 'asc' }, { column: 'B', dir: 'asc' }]);
  expect(nextSort([{ column: 'A', dir: 'asc' }, { column: 'B', dir: 'desc' }], 'B', true)).toEqual([{ column: 'A', dir: 'asc' }]);
  expect(nextSort([{ column: 'A', dir: 'asc' }, { column: 'B', dir: 'asc' }], 'C', false)).toEqual([{ column: 'C', dir: 'asc' }]);
});

const page = (offset: number, rowIds: number[], matched: number): TablePage => ({
  offset, matched, of: 1_000, rowIds: Float64Array.from(rowIds),
  columns: [
    { kind: 'text', name: 'Text', type: 'string', values: rowIds.map((id) => (id === 7 ? null : `v${id}`)), cut: Uint8Array.from(rowIds.map((id) => Number(id === 8))) },
    { kind: 'number', name: 'Flag', type: 'bool', values: Float64Array.from(rowIds.map((id) => id % 2)), nulls: Uint8Array.from(rowIds.map((id) => Number(id === 9))) },
  ],
  marks: [{ rowId: 8, starred: true, tags: ['x'], notes: 0 }],
}) as unknown as TablePage;

describe('pages', () => {
  const ask = async (answer: () => Promise<TablePage>) => {
    vi.spyOn(engine, 'call').mockImplementation((() => answer()) as never);
    const events = { loading: vi.fn(), counted: vi.fn(), failed: vi.fn() };
    const source = createPageSource(() => ({ view: { tableId: 't' }, columns: ['Text'] }), events);
    const result = await new Promise<{ rows: GridRow[]; last: number | undefined } | null>((done) =>
      source.getRows({ startRow: 200, endRow: 400, successCallback: (rows: GridRow[], last?: number) => done({ rows, last }), failCallback: () => done(null) } as never),
    );
    return { result, events };
  };

  test('rows point into the page and know their place in the view', async () => {
    const { result, events } = await ask(async () => page(200, [7, 8, 9], 203));
    const [seven, eight, nine] = result?.rows ?? [];
    if (seven === undefined || eight === undefined || nine === undefined) throw new Error('three rows');
    expect(result?.last).toBe(203);
    expect([seven.position, nine.position]).toEqual([200, 202]);
    expect([cellOf(seven, 'Text'), cellOf(eight, 'Text'), cellOf(eight, 'Gone')]).toEqual([null, 'v8', null]);
    expect([cellOf(seven, 'Flag'), cellOf(eight, 'Flag'), cellOf(nine, 'Flag')]).toEqual([true, false, null]);
    expect([isCut(seven, 'Text'), isCut(eight, 'Text')]).toEqual([false, true]);
    expect([marksOf(seven), marksOf(eight)?.starred]).toEqual([null, true]);
    expect(events.counted).toHaveBeenCalledWith(203, 1_000);
    expect(events.loading.mock.calls).toEqual([[true], [false]]);
  });

  test('a page that fails is reported once and loading ends', async () => {
    const thrown = new Error('gone');
    const { result, events } = await ask(() => Promise.reject(thrown));
    expect(result).toBeNull();
    expect(events.failed).toHaveBeenCalledExactlyOnceWith(thrown);
    expect(events.loading).toHaveBeenLastCalledWith(false);
  });

  test('a range of rows is asked in pages, in either direction, up to its bound', async () => {
    const asked: [number, number][] = [];
    vi.spyOn(engine, 'call').mockImplementation((async (_op: string, { offset, limit }: EngineInput<'table.page'>) => {
      asked.push([offset, limit]);
      return page(offset, Array.from({ length: limit }, (_, i) => offset + i), 1_000_000);
    }) as never);
    expect([...(await pickRange({ tableId: 't' }, 12, 10))]).toEqual([10, 11, 12]);
    const many = await pickRange({ tableId: 't' }, 100, 100 + maxPickedRows * 3);
    expect(many.size).toBe(maxPickedRows);
    expect(asked.slice(1).every(([, limit], i) => i === 0 || limit <= (asked[1]?.[1] ?? 0))).toBe(true);
  });
});
