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

/** Are all rows of a small target starred? Then S takes the star away. */
const allStarred = async (target: TargetRows): Promise<boolean> => {
  if (!('rowIds' in target.rows) || target.rows.rowIds.length > 200) return false;
  const details = await Promise.all(target.rows.rowIds.slice(0, 20).map((rowId) => engine.call('table.row', { tableId: target.tableId, rowId })));
  return details.every((d) => d.starred);
};

export const toggleStar = async (target: TargetRows | null = targetRows()): Promise<void> => {
  if (target === null) return;
  try {
    const on = !(await allStarred(target));
    const { rows } = await engine.call('mark.star', { rows: target.rows, on });
    notify(`${on ? 'Starred' : 'Took the star from'} ${plural(rows, 'row')}.`, undoAction);
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
