/**
 * The dock's saved JSON made safe to restore: tabs of views that no longer exist are taken out, groups left without tabs vanish.
 * Pure. Anything that doesn't look like a layout is refused, and the default arrangement is used instead.
 */

export type PanelParams = { kind: string; params: { tableId?: string } };
type Json = Record<string, unknown>;

const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v);
const texts = (v: unknown): string[] => (Array.isArray(v) ? v.filter((t) => typeof t === 'string') : []);

export const panelParamsOf = (panel: unknown): PanelParams | null => {
  const outer = isObject(panel) && isObject(panel['params']) ? panel['params'] : null;
  if (outer === null || typeof outer['kind'] !== 'string' || !isObject(outer['params'])) return null;
  return { kind: outer['kind'], params: outer['params'] as PanelParams['params'] };
};

/** Group data with only known tabs; null when none is left. */
const pruneGroup = (data: unknown, known: ReadonlySet<string>): Json | null => {
  if (!isObject(data)) return null;
  const views = texts(data['views']).filter((v) => known.has(v));
  if (views.length === 0) return null;
  const active = typeof data['activeView'] === 'string' && views.includes(data['activeView']) ? data['activeView'] : views[0];
  return { ...data, views, activeView: active };
};

/** A node of the grid: a leaf holds group data, a branch holds nodes. */
const pruneNode = (node: unknown, known: ReadonlySet<string>): Json | null => {
  if (!isObject(node)) return null;
  if (node['type'] === 'leaf') {
    const data = pruneGroup(node['data'], known);
    return data === null ? null : { ...node, data };
  }
  if (node['type'] !== 'branch' || !Array.isArray(node['data'])) return null;
  const data = node['data'].map((n) => pruneNode(n, known)).filter((n) => n !== null);
  return data.length === 0 ? null : { ...node, data };
};

const leafIds = (node: Json | null): string[] => {
  if (node === null) return [];
  const data = node['data'];
  if (node['type'] === 'leaf') return isObject(data) && typeof data['id'] === 'string' ? [data['id']] : [];
  return Array.isArray(data) ? data.flatMap((n) => (isObject(n) ? leafIds(n) : [])) : [];
};

/** Null: nothing usable; else the layout with only panels that `keep` accepts. */
export const sanitiseLayout = (saved: unknown, keep: (params: PanelParams) => boolean): Json | null => {
  if (!isObject(saved) || !isObject(saved['grid']) || !isObject(saved['panels'])) return null;
  const panels = Object.fromEntries(
    Object.entries(saved['panels']).filter(([, panel]) => {
      const params = panelParamsOf(panel);
      return params !== null && keep(params);
    }),
  );
  const known = new Set(Object.keys(panels));
  const root = pruneNode(saved['grid']['root'], known);
  const popouts = (Array.isArray(saved['popoutGroups']) ? saved['popoutGroups'] : []).flatMap((group: unknown): Json[] => {
    if (!isObject(group)) return [];
    if (isObject(group['grid'])) {
      const inner = pruneNode(group['grid']['root'], known);
      return inner === null ? [] : [{ ...group, grid: { ...group['grid'], root: inner } }];
    }
    const data = pruneGroup(group['data'], known);
    return data === null ? [] : [{ ...group, data }];
  });
  if (root === null && popouts.length === 0) return null;
  // a branch is what the dock expects at the root, even an empty one
  const grid = { ...saved['grid'], root: root ?? { type: 'branch', data: [], size: 0 } };
  const active = typeof saved['activeGroup'] === 'string' && leafIds(root).includes(saved['activeGroup']) ? saved['activeGroup'] : undefined;
  const { activeGroup: _a, floatingGroups: _f, popoutGroups: _p, ...rest } = saved;
  return { ...rest, grid, panels, ...(popouts.length > 0 ? { popoutGroups: popouts } : {}), ...(active === undefined ? {} : { activeGroup: active }) };
};

/** The gaps a row of groups has between them; beyond that a difference is not the gaps' doing. */
const gapPx = 4;

/**
 * The dock writes sizes without the gaps between groups but reads them as if they were in, and spreads the difference by share: each
 * restart would move every splitter a little. This gives each group its equal part of the gaps back.
 */
export const withGaps = (layout: Json): Json => {
  const { grid } = layout;
  if (!isObject(grid) || typeof grid['width'] !== 'number' || typeof grid['height'] !== 'number') return layout;
  const across = grid['orientation'] === 'VERTICAL';
  return { ...layout, grid: { ...grid, root: fit(grid['root'], across ? grid['height'] : grid['width'], across ? grid['width'] : grid['height']) } };
};

/** `length`: what the node's children share among them; `breadth`: what each of them has for its own children. */
const fit = (node: unknown, length: number, breadth: number): unknown => {
  if (!isObject(node) || node['type'] !== 'branch' || !Array.isArray(node['data'])) return node;
  const children = node['data'].filter(isObject);
  const sizes = children.map((c) => (typeof c['size'] === 'number' ? c['size'] : 0));
  const missing = length - sizes.reduce((sum, s) => sum + s, 0);
  const part = missing > 0 && missing <= gapPx * (children.length - 1) + 1 ? missing / children.length : 0;
  return {
    ...node,
    data: children.map((child, i) => {
      const size = (sizes[i] ?? 0) + part;
      return { ...(fit(child, breadth, size) as Json), size };
    }),
  };
};
