/** What the tree's menu does to tables: each is a command of the case that undo takes back. */
import { engine, shell } from '../engine/bridge.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { undo } from '../shell/case-actions.ts';
import type { TableInfo } from '../../main/contract/index.ts';

const withUndo = (text: string): void => notify(text, { label: 'Undo', run: () => void undo() });

export const renameTable = async (table: TableInfo, name: string): Promise<void> => {
  const wanted = name.trim();
  if (wanted === '' || wanted === table.name) return;
  try {
    await engine.call('table.rename', { tableId: table.id, name: wanted });
    withUndo(`Renamed ${table.name} to ${wanted}.`);
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const removeTable = async (table: TableInfo): Promise<void> => {
  try {
    await engine.call('table.remove', { tableId: table.id });
    withUndo(`Removed ${table.name} from the case.`);
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const setTimeColumn = async (table: TableInfo, column: string | null): Promise<void> => {
  if (column === table.timeColumn) return;
  try {
    await engine.call('table.setTimeColumn', { tableId: table.id, column });
    withUndo(column === null ? `${table.name} has no time column now.` : `${table.name} takes its time from ${column}.`);
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const copyText = (text: string): void => void shell('shell.copyText', { text }).catch(notifyError);
