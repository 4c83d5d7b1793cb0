/** Which view is active: decides which scoped keys act, what the status bar states, what the palette calls "this table". */
import { create } from 'zustand';

export type ActiveView = { viewId: string; kind: string; tableId: string | null };

export const useActiveView = create<{ active: ActiveView | null; lastTableId: string | null }>(() => ({ active: null, lastTableId: null }));

export const setActiveView = (active: ActiveView | null): void =>
  useActiveView.setState((s) => ({ active, lastTableId: active?.tableId ?? s.lastTableId }));

/** The table commands act on: that of the active view, else of the last view that had one. */
export const activeTableId = (): string | null => {
  const { active, lastTableId } = useActiveView.getState();
  return active?.tableId ?? lastTableId;
};
