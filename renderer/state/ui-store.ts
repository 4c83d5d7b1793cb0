/** What the frame shows: open panels and the one open dialog. Panels are kept in the case with the layout (shell/workspace.ts). */
import { create } from 'zustand';

export type SidePanel = 'evidence' | 'history';
export type SettingsSection = 'appearance' | 'time' | 'evidence' | 'keys';
export type Dialog =
  | { kind: 'palette'; text: string }
  | { kind: 'keys' }
  | { kind: 'about' }
  | { kind: 'settings'; section: SettingsSection }
  | { kind: 'timeRange' };

type UiState = { side: SidePanel | null; sideWidth: number; jobsOpen: boolean; dialog: Dialog | null };

export const sideWidths = { min: 200, start: 264, max: 420 } as const;
export const useUi = create<UiState>(() => ({ side: 'evidence', sideWidth: sideWidths.start, jobsOpen: false, dialog: null }));

export const openDialog = (dialog: Dialog): void => {
  useUi.setState({ dialog });
  window.focus(); // it may have been asked for in a popped-out window, and it opens in this one
};
/** Closes the dialog of this kind, or whichever is open. */
export const closeDialog = (kind?: Dialog['kind']): void =>
  useUi.setState((s) => (kind === undefined || s.dialog?.kind === kind ? { dialog: null } : s));
/** A second click on the rail closes. */
export const toggleSide = (side: SidePanel): void => useUi.setState((s) => ({ side: s.side === side ? null : side }));
export const setSideWidth = (width: number): void =>
  useUi.setState({ sideWidth: Math.round(Math.min(sideWidths.max, Math.max(sideWidths.min, width))) });
