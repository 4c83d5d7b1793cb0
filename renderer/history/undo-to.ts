/** Undo back to a step of the list: how many undos that takes, and doing them one by one, so that each stands in the log. */
import type { LogEntry } from '../../main/contract/index.ts';
import { plural } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { notify, notifyError } from '../state/toasts.ts';

/**
 * Undos that take this entry and all later ones back; null when it can't be taken back, or a later one that still holds can't.
 * Entries are newest first; undone ones and the undos themselves don't count.
 */
export const stepsBackTo = (entries: readonly LogEntry[], target: LogEntry): number | null => {
  if (target.state !== 'done' || !target.undoable) return null;
  let steps = 0;
  for (const entry of entries) {
    if (entry.state === 'done') {
      if (!entry.undoable) return null;
      steps += 1;
    }
    if (entry.seq === target.seq) return steps;
  }
  return null;
};

export const undoTo = async (steps: number): Promise<void> => {
  let doneSteps = 0;
  try {
    for (; doneSteps < steps; doneSteps++) {
      const { label } = await engine.call('history.undo', {});
      if (label === null) break;
    }
  } catch (thrown) {
    notifyError(thrown);
  }
  if (doneSteps > 0) notify(`Undid ${plural(doneSteps, 'step')}.`, { label: 'Redo all', run: () => void redoSteps(doneSteps) });
};

const redoSteps = async (steps: number): Promise<void> => {
  try {
    for (let i = 0; i < steps; i++) if ((await engine.call('history.redo', {})).label === null) return;
  } catch (thrown) {
    notifyError(thrown);
  }
};
