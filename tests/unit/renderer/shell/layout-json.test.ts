import { expect, test } from 'vitest';
import { panelParamsOf, sanitiseLayout, withGaps } from '../../../../renderer/shell/layout-json.ts';

const panel = (id: string, kind: string, tableId?: string): object => ({ id, contentComponent: 'view', params: { kind, params: tableId === undefined ? {} : { tableId } } });
const leaf = (id: string, views: string[], activeView = views[0]): object => ({ type: 'leaf', size: 400, data: { views, activeView, id } });
const layout = (): Record<string, unknown> => ({
  grid: { root: { type: 'branch', size: 800, data: [{ type: 'branch', size: 900, data: [leaf('1', ['g:a', 'g:b'], 'g:b'), leaf('2', ['t:a'])] }, leaf('3', ['i'])] }, width: 1200, height: 800, orientation: 'HORIZONTAL' },
  panels: { 'g:a': panel('g:a', 'grid', 'a'), 'g:b': panel('g:b', 'grid', 'b'), 't:a': panel('t:a', 'timeline', 'a'), i: panel('i', 'inspector') },
  activeGroup: '1',
});
const all = (): boolean => true;

test('a layout whose views all exist comes back unchanged', () => {
  expect(sanitiseLayout(layout(), all)).toEqual(layout());
});

test('a tab whose view is gone is taken out, its neighbour becomes the shown one', () => {
  const cleaned = sanitiseLayout(layout(), ({ params }) => params.tableId !== 'b');
  expect(Object.keys(cleaned?.['panels'] as object)).toEqual(['g:a', 't:a', 'i']);
  expect(JSON.stringify(cleaned)).not.toContain('g:b');
  expect(cleaned).toMatchObject({ grid: { root: { data: [{ data: [{ data: { views: ['g:a'], activeView: 'g:a' } }, {}] }, {}] } } });
});

test('a group left without tabs vanishes with its branch, and is not the active one any more', () => {
  const cleaned = sanitiseLayout(layout(), ({ kind }) => kind === 'inspector');
  expect(cleaned).toMatchObject({ grid: { root: { type: 'branch', data: [{ type: 'leaf', data: { id: '3' } }] } } });
  expect(cleaned).not.toHaveProperty('activeGroup');
});

test('popped-out groups are kept or taken out like the others', () => {
  const popped = { ...layout(), popoutGroups: [{ data: { views: ['t:a'], activeView: 't:a', id: '9' }, position: { left: 1, top: 2, width: 3, height: 4 } }, { data: { views: ['x'], id: '8' }, position: null }] };
  expect(sanitiseLayout(popped, all)).toMatchObject({ popoutGroups: [{ data: { id: '9' } }] });
  expect(sanitiseLayout(popped, ({ kind }) => kind === 'grid')).not.toHaveProperty('popoutGroups');
});

test('what is no layout, or has no view left, is refused', () => {
  for (const bad of [null, undefined, 7, 'x', [], {}, { grid: {}, panels: {} }, { grid: { root: { type: 'odd' } }, panels: { a: 1 } }]) expect(sanitiseLayout(bad, all)).toBeNull();
  expect(sanitiseLayout(layout(), () => false)).toBeNull();
});

test('parameters of a panel are read only in the shape the dock wrote', () => {
  expect(panelParamsOf(panel('g', 'grid', 'a'))).toEqual({ kind: 'grid', params: { tableId: 'a' } });
  expect(panelParamsOf({ params: { kind: 3, params: {} } })).toBeNull();
  expect(panelParamsOf({})).toBeNull();
});

const leafOf = (size: number): object => ({ type: 'leaf', size, data: {} });
const sizesOf = (node: unknown): unknown => {
  const { size, data } = node as { size: number; data: unknown };
  return Array.isArray(data) ? [size, data.map(sizesOf)] : size;
};

test('each group gets its part of the gaps back, at every level', () => {
  const grid = { width: 1283, height: 935, orientation: 'HORIZONTAL', root: { type: 'branch', size: 935, data: [{ type: 'branch', size: 958, data: [leafOf(635), leafOf(296)] }, leafOf(321)] } };
  expect(sizesOf((withGaps({ grid })['grid'] as { root: unknown }).root)).toEqual([935, [[960, [637, 298]], 323]]);
});

test('sizes that already add up, or are off by more than the gaps, stay', () => {
  const grid = (a: number, b: number): Record<string, unknown> => ({ grid: { width: 800, height: 600, orientation: 'HORIZONTAL', root: { type: 'branch', size: 600, data: [leafOf(a), leafOf(b)] } } });
  expect(withGaps(grid(500, 300))).toEqual(grid(500, 300));
  expect(withGaps(grid(500, 200))).toEqual(grid(500, 200));
  expect(withGaps({})).toEqual({});
});
