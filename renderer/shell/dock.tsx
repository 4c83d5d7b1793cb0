/**
 * The dock: views as tabs that can be split, moved and popped out. Owns the dockview instance, restores the arrangement saved in the
 * case (or makes the default one) and reports which view is active. Views themselves come from the registry.
 */
import { DockviewReact, type DockviewApi, type DockviewReadyEvent } from 'dockview-react';
import 'dockview-react/dist/styles/dockview.css';
import '../theme/dockview.css';
import { useCallback, useEffect, useRef, type ReactElement } from 'react';
import { attachKeyboard } from '../commands/use-keys.ts';
import { setActiveView } from '../state/active-view.ts';
import { currentTable, useCase } from '../state/case-store.ts';
import { keepWorkspace, workspaceChanged, type Workspace } from '../state/persist.ts';
import { useSettings } from '../state/settings-store.ts';
import { DockTab, GroupActions } from './dock-tab.tsx';
import { arrangeDefault } from './arrange.ts';
import { openInDock, paramsOf, popoutUrl, useDock } from './dock-store.ts';
import { EmptyDock } from './empty-dock.tsx';
import { sanitiseLayout, withGaps } from './layout-json.ts';
import { ViewHost } from './view-host.tsx';
import { setViewOpener, viewDefinition, type ViewKind } from './view-registry.ts';

const theme = { name: 'casebench', className: 'cb-dock', gap: 4 };
const components = { view: ViewHost };
const tabComponents = { tab: DockTab };

/** Gives a popped-out window the theme, density and keys of the main one; the returned function lets it go. */
const adoptWindow = (target: Window): (() => void) => {
  const dress = (): void => {
    for (const [name, value] of Object.entries(document.documentElement.dataset)) target.document.documentElement.dataset[name] = value;
    const scheme = document.documentElement.getAttribute('data-mantine-color-scheme');
    if (scheme !== null) target.document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  };
  dress();
  target.document.title = `${useCase.getState().info?.name ?? 'Casebench'} – Casebench`;
  target.document.body.classList.add('cb-popout');
  const endTheme = useSettings.subscribe(() => requestAnimationFrame(dress));
  const endKeys = attachKeyboard(target);
  return () => {
    endTheme();
    endKeys();
  };
};

const restore = (api: DockviewApi, saved: unknown, host: HTMLElement | null): boolean => {
  const layout = sanitiseLayout(saved, ({ kind, params }) => viewDefinition(kind as ViewKind) !== undefined && (params.tableId === undefined || currentTable(params.tableId) !== null));
  if (layout === null) return false;
  try {
    // sizes come back exactly only in a dock that already has its own
    const box = host?.querySelector('.cb-dock')?.getBoundingClientRect();
    if (box !== undefined) api.layout(Math.round(box.width), Math.round(box.height));
    api.fromJSON(withGaps(layout) as unknown as Parameters<DockviewApi['fromJSON']>[0]);
    return true;
  } catch {
    api.clear(); // a layout this dock can't read is replaced by the default one
    return false;
  }
};

export const Dock = ({ workspace }: { workspace: Workspace | null }): ReactElement => {
  const api = useRef<DockviewApi | null>(null);
  const host = useRef<HTMLElement>(null);
  const ends = useRef<(() => void)[]>([]);
  const name = useCase((s) => s.info?.name ?? '');

  const onReady = useCallback(
    ({ api: dock }: DockviewReadyEvent) => {
      api.current = dock;
      useDock.setState({ api: dock, panels: 0 });
      setViewOpener(openInDock);
      const report = (): void => {
        const panel = dock.activePanel;
        const view = panel === undefined ? null : paramsOf(panel);
        setActiveView(panel === undefined || view === null ? null : { viewId: panel.id, kind: view.kind, tableId: view.params.tableId ?? null });
        useDock.setState({ panels: dock.totalPanels });
      };
      const popouts = new Map<Window, () => void>();
      const subscriptions = [
        dock.onDidActivePanelChange(report),
        dock.onDidAddPanel(report),
        dock.onDidRemovePanel(report),
        dock.onDidAddPopoutGroup(({ window: opened }) => {
          if (!popouts.has(opened)) popouts.set(opened, adoptWindow(opened));
        }),
        dock.onWillClosePopoutWindow(({ window: closing }) => {
          popouts.get(closing)?.();
          popouts.delete(closing);
        }),
      ];
      if (workspace?.dock == null || !restore(dock, workspace.dock, host.current)) arrangeDefault();
      report();
      ends.current = [
        keepWorkspace(() => dock.toJSON()),
        ...[dock.onDidLayoutChange(workspaceChanged), ...subscriptions].map((s) => () => s.dispose()),
        () => {
          for (const end of popouts.values()) end();
        },
      ];
    },
    [workspace],
  );

  useEffect(
    () => () => {
      for (const end of ends.current.splice(0)) end();
      setViewOpener(() => undefined);
      setActiveView(null);
      useDock.setState({ api: null, panels: 0 });
    },
    [],
  );

  return (
    <main ref={host} className="cb-dock-host" data-region="view" tabIndex={-1}>
      <h1 className="cb-hidden">{name}</h1>
      <DockviewReact
        theme={theme}
        components={components}
        tabComponents={tabComponents}
        rightHeaderActionsComponent={GroupActions}
        watermarkComponent={EmptyDock}
        popoutUrl={popoutUrl}
        disableFloatingGroups
        onReady={onReady}
      />
    </main>
  );
};
