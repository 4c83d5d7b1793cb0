/**
 * What happens around a case being opened or closed: stores of the case before are emptied, the arrangement of the next one is read
 * before its dock is drawn. Owns no case data.
 */
import { create } from 'zustand';
import { useCase } from '../state/case-store.ts';
import { busy } from '../state/idle.ts';
import { flushWorkspace, freezeWorkspace, loadWorkspace, type Workspace } from '../state/persist.ts';
import { clearSelection } from '../state/selection.ts';
import { flushTableViews, forgetTableViews } from '../state/table-views.ts';
import { useTimeRange } from '../state/time-range.ts';
import { useUi } from '../state/ui-store.ts';
import { useActiveView } from '../state/active-view.ts';

/** `caseId` is set when the arrangement of that case is known and its dock may be drawn. */
export const useSession = create<{ caseId: string | null; workspace: Workspace | null }>(() => ({ caseId: null, workspace: null }));

let preferred: string | null = null;
/** Name of the table a case without a saved arrangement opens first; holds for the next case only. */
export const preferTable = (name: string): void => {
  preferred = name;
};
export const takePreferredTable = (): string | null => {
  const name = preferred;
  preferred = null;
  return name;
};

/** Below this width a case without a saved arrangement starts with the side panel closed. */
const narrowPx = 1_400;

const enter = async (caseId: string): Promise<void> => {
  const release = busy();
  try {
    const workspace = await loadWorkspace().catch(() => null);
    if (useCase.getState().info?.caseId !== caseId) return;
    useTimeRange.setState({ range: workspace?.range ?? null, past: [], future: [] });
    if (workspace === null) useUi.setState({ side: window.innerWidth < narrowPx ? null : 'evidence' });
    else useUi.setState({ side: workspace.side, sideWidth: workspace.sideWidth });
    useSession.setState({ caseId, workspace });
  } finally {
    release();
  }
};

const leave = (): void => {
  useSession.setState({ caseId: null, workspace: null });
  forgetTableViews();
  clearSelection();
  useActiveView.setState({ active: null, lastTableId: null });
  useTimeRange.setState({ range: null, past: [], future: [] });
};

/** Subscribes; call once. */
export const followSession = (): void => {
  let caseId: string | null = null;
  useCase.subscribe(({ info }) => {
    const next = info?.caseId ?? null;
    if (info === undefined || next === caseId) return;
    if (caseId !== null) leave();
    caseId = next;
    if (next !== null) void enter(next);
  });
  // first of all listeners: the dock takes its popped-out windows back in its own
  window.addEventListener('beforeunload', closeViews, { capture: true });
};

/** The window is about to close. */
const closeViews = (): void => {
  freezeWorkspace();
  flushTableViews();
};

/** Saves what still waits to be saved; messages keep their order, so a close sent after this comes later. */
export const flushViews = (): void => {
  flushWorkspace();
  flushTableViews();
};
