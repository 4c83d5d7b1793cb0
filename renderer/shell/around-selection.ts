/** Ctrl+Shift+T: the shared range to five minutes on each side of the row in focus. */
import { usPerMinute } from '../../main/shared/time.ts';
import { engine } from '../engine/bridge.ts';
import { currentTable } from '../state/case-store.ts';
import { useSelection } from '../state/selection.ts';
import { setTimeRange } from '../state/time-range.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { aroundRange } from './time-range-draft.ts';

const halfUs = 5 * usPerMinute;

export const rangeAroundSelection = async (): Promise<void> => {
  const { tableId, rowId } = useSelection.getState();
  const table = tableId === null ? null : currentTable(tableId);
  if (table === null || rowId === null) return;
  if (table.timeColumn === null) return notify(`${table.name} has no time column, so its rows have no time to look around.`);
  try {
    const row = await engine.call('table.row', { tableId: table.id, rowId });
    const us = row.cells.find((c) => c.name === table.timeColumn)?.value;
    if (typeof us === 'number') setTimeRange(aroundRange(us, halfUs));
    else notify(`This row has no value in ${table.timeColumn}.`);
  } catch (thrown) {
    notifyError(thrown);
  }
};
