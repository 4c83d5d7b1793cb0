/** What commands may ask of the active grid's page: the focused cell's place, its search field, its column menu. Reads the DOM of the window in focus. */
import { useActiveView } from '../state/active-view.ts';

type GridActions = { openColumnMenu(): void; focusSearch(): void };
const mounted = new Map<string, GridActions>();
const none: GridActions = { openColumnMenu: () => undefined, focusSearch: () => undefined };

export const mountGridActions = (viewId: string, actions: GridActions): (() => void) => {
  mounted.set(viewId, actions);
  return () => void (mounted.get(viewId) === actions && mounted.delete(viewId));
};
export const gridActions = (): GridActions => mounted.get(useActiveView.getState().active?.viewId ?? '') ?? none;

export const focusedCellRect = (): DOMRect | null =>
  (document.querySelector('.ag-cell-focus') ?? document.activeElement?.closest('.ag-cell'))?.getBoundingClientRect() ?? null;
