/** The dock's handle for commands: what the palette, the keyboard and menus do to tabs. Empty while no case is open. */
import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import { create } from 'zustand';
import { viewDefinition, type ViewKind, type ViewParams } from './view-registry.ts';
import { panelParamsOf } from './layout-json.ts';
import { placeFor, type GroupSketch, type OpenAt } from './open-place.ts';

export const useDock = create<{ api: DockviewApi | null; panels: number }>(() => ({ api: null, panels: 0 }));

export const popoutUrl = '/popout.html';
/** Sizes of new columns and rows: less in a small window. */
const sizes = (): { inspector: number; below: number; narrow: boolean } => ({
  inspector: window.innerWidth < 1_400 ? 280 : 324,
  below: window.innerHeight < 900 ? 220 : 300,
  narrow: window.innerWidth < 900,
});

export const paramsOf = (panel: IDockviewPanel): { kind: ViewKind; params: ViewParams } | null => {
  const found = panelParamsOf({ params: panel.params });
  return found === null ? null : { kind: found.kind as ViewKind, params: found.params };
};

const sketch = (api: DockviewApi): GroupSketch[] => {
  const groups = api.groups.map((g) => ({
    id: g.id,
    docked: g.api.location.type === 'grid',
    places: [...new Set(g.panels.map((p) => viewDefinition(paramsOf(p)?.kind ?? 'grid')?.place ?? 'center'))],
  }));
  const active = api.activeGroup?.id;
  return groups.sort((a, b) => Number(b.id === active) - Number(a.id === active));
};

const positionOf = (at: OpenAt): Parameters<DockviewApi['addPanel']>[0]['position'] => {
  if (at.kind === 'first') return undefined;
  if (at.kind === 'within') return { referenceGroup: at.groupId, direction: 'within' };
  if (at.kind === 'edge') return { direction: at.direction };
  return { referenceGroup: at.groupId, direction: at.direction };
};

export const viewIdOf = (kind: ViewKind, params: ViewParams): string | null => {
  const definition = viewDefinition(kind);
  return definition === undefined ? null : `${kind}:${definition.key(params)}`;
};

/** Shows the view: its tab when it has one, else a new tab where such views belong. */
export const openInDock = (kind: ViewKind, params: ViewParams, options: { beside: boolean; inactive?: boolean }): void => {
  const { api } = useDock.getState();
  const definition = viewDefinition(kind);
  const id = viewIdOf(kind, params);
  if (api === null || definition === undefined || id === null) return;
  const open = api.getPanel(id);
  if (open !== undefined) {
    open.api.setActive();
    return;
  }
  const { inspector, below, narrow } = sizes();
  const at = placeFor(definition.place, sketch(api), { beside: options.beside, narrow });
  const fresh = at.kind !== 'within';
  api.addPanel({
    id,
    component: 'view',
    tabComponent: 'tab',
    title: definition.title(params),
    params: { kind, params },
    position: positionOf(at),
    inactive: options.inactive ?? false,
    ...(fresh && definition.place === 'right' ? { initialWidth: inspector } : {}),
    ...(fresh && definition.place === 'below' ? { initialHeight: below } : {}),
  });
};

const active = (): IDockviewPanel | undefined => useDock.getState().api?.activePanel;

export const closePanel = (panel: IDockviewPanel | undefined = active()): void => panel?.api.close();

export const closeOtherPanels = (panel: IDockviewPanel | undefined = active()): void => {
  if (panel === undefined) return;
  for (const other of panel.group.panels.filter((p) => p !== panel)) other.api.close();
};

/** Moves the tab into a new group at its side. With one tab in the group there is nothing to split. */
export const splitPanel = (direction: 'right' | 'bottom', panel: IDockviewPanel | undefined = active()): void => {
  if (panel === undefined || panel.group.panels.length < 2) return;
  panel.api.moveTo({ group: panel.group, position: direction });
};

/** Moves the tab into a window of its own; closing that window brings it back. */
export const popOutPanel = async (panel: IDockviewPanel | undefined = active()): Promise<boolean> => {
  const { api } = useDock.getState();
  if (api === null || panel === undefined || panel.api.location.type === 'popout') return false;
  return api.addPopoutGroup(panel, { popoutUrl });
};

export const nextPanel = (): void => useDock.getState().api?.activateNext({ includePanel: true });
export const previousPanel = (): void => useDock.getState().api?.activatePrevious({ includePanel: true });

/** Opens the view, or closes its tab when it is open. */
export const toggleView = (kind: ViewKind, params: ViewParams = {}): void => {
  const id = viewIdOf(kind, params);
  const open = id === null ? undefined : useDock.getState().api?.getPanel(id);
  if (open === undefined) openInDock(kind, params, { beside: false });
  else open.api.close();
};
