/** Star, tag and note from the keyboard, menus and the inspector: one command each, with a toast that can undo. */
import { plural } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { undo } from '../shell/case-actions.ts';
import { useCase } from '../state/case-store.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { targetRows, type TargetRows } from './target-rows.ts';

const undoAction = { label: 'Undo', run: () => void undo() };

/** True, or why marks can't be changed now. */
export const canMark = (): true | string => {
  const { info } = useCase.getState();
  if (info == null) return 'open a case first';
  if (info.readOnly) return 'the case is open read-only';
  return targetRows() === null ? 'select a row first' : true;
};

/** Stars the rows; takes the stars away when all of them are starred already. */
export const toggleStar = async (target: TargetRows | null = targetRows()): Promise<void> => {
  if (target === null) return;
  try {
    const starred = await engine.call('mark.star', { rows: target.rows, on: true });
    if (starred.rows > 0) return notify(`Starred ${plural(starred.rows, 'row')}.`, undoAction);
    const { rows } = await engine.call('mark.star', { rows: target.rows, on: false });
    notify(`Took the star from ${plural(rows, 'row')}.`, undoAction);
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const setTag = async (tag: string, on: boolean, target: TargetRows | null = targetRows()): Promise<void> => {
  if (target === null) return;
  try {
    const { rows } = await engine.call('mark.tag', { rows: target.rows, tag, on });
    notify(rows === 0 ? `No row changed: ${on ? 'all carry' : 'none carries'} ${tag}.` : `${on ? 'Tagged' : `Took ${tag} from`} ${plural(rows, 'row')}.`, rows === 0 ? null : undoAction);
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const addNote = async (tableId: string, rowId: number, text: string): Promise<boolean> => {
  try {
    await engine.call('mark.note', { tableId, rowId, text });
    notify('Note added.', undoAction);
    return true;
  } catch (thrown) {
    notifyError(thrown);
    return false;
  }
};
