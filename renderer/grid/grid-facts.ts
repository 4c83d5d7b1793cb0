/** Counts of each table's view as last answered: what the status bar and filter bar state about the active view. */
import { create } from 'zustand';

type GridFacts = {
  counts: Readonly<Record<string, { matched: number; of: number }>>;
  report(tableId: string, matched: number, of: number): void;
};

export const useGridFacts = create<GridFacts>((set) => ({
  counts: {},
  report: (tableId, matched, of) =>
    set((s) => {
      const now = s.counts[tableId];
      return now?.matched === matched && now.of === of ? s : { counts: { ...s.counts, [tableId]: { matched, of } } };
    }),
}));
