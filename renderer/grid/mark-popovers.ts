/** Which of the grid's small dialogs is open: tag picker, note editor, pivot menu, over which place of the window. */
import { create } from 'zustand';

export type GridPopover =
  | { kind: 'tag'; tableId: string }
  | { kind: 'note'; tableId: string; rowId: number }
  | { kind: 'pivot'; tableId: string; at: { x: number; y: number } };
export const useGridPopover = create<{ open: GridPopover | null }>(() => ({ open: null }));
export const openGridPopover = (open: GridPopover): void => useGridPopover.setState({ open });
export const closeGridPopover = (): void => useGridPopover.setState({ open: null });
