/** What commands ask of the active timeline. */
import { useActiveView } from '../state/active-view.ts';

export type TimelineActions = {
  zoomIn(): void; zoomOut(): void; fit(): void; toBrush(): void; measure(): void; toggleTable(): void; startHere(): void; endHere(): void; addReference(): void;
};
const mounted = new Map<string, TimelineActions>();

export const mountTimelineActions = (viewId: string, actions: TimelineActions): (() => void) => {
  mounted.set(viewId, actions);
  return () => void (mounted.get(viewId) === actions && mounted.delete(viewId));
};
/** Of this timeline, or of the active one, or of the only one. */
export const timelineActions = (viewId?: string): TimelineActions | null =>
  mounted.get(viewId ?? useActiveView.getState().active?.viewId ?? '') ?? (mounted.size === 1 ? ([...mounted.values()][0] ?? null) : null);
