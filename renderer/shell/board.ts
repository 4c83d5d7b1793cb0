/**
 * What the case board can hold and how each kind opens again. Owns the payload's shape: views put things on the board through here and
 * nowhere else. A payload that can't be read opens nothing.
 */
import { z } from 'zod';
import { columnName, id, rowId, scalar, type BoardItem } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { currentTable } from '../state/case-store.ts';
import { selectRow } from '../state/selection.ts';
import { changeTableView, loadTableView } from '../state/table-views.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { undo } from './case-actions.ts';
import { openView, type ViewKind } from './view-registry.ts';

const rowPayload = z.object({ tableId: id, rowId });
const valuePayload = z.object({ tableId: id, column: columnName, value: scalar });
const tablePayload = z.object({ tableId: id });
const viewPayload = z.object({ kind: z.string(), params: z.object({ tableId: id.optional() }) });

export type BoardEntry =
  | { kind: 'row'; payload: z.infer<typeof rowPayload> }
  | { kind: 'value'; payload: z.infer<typeof valuePayload> }
  | { kind: 'table'; payload: z.infer<typeof tablePayload> }
  | { kind: 'view'; payload: z.infer<typeof viewPayload> };

const maxLabel = 300;

export const putOnBoard = async (entry: BoardEntry, label: string): Promise<void> => {
  try {
    await engine.call('board.add', { kind: entry.kind, label: label.slice(0, maxLabel) || entry.kind, payload: JSON.stringify(entry.payload) });
    notify(`On the case board: ${label.slice(0, 60)}.`, { label: 'Undo', run: () => void undo() });
  } catch (thrown) {
    notifyError(thrown);
  }
};

const jsonOf = (item: BoardItem): unknown => {
  try {
    return JSON.parse(item.payload);
  } catch {
    return null;
  }
};

/** The table an item belongs to, when it is still in the case. */
const tableOfItem = (item: BoardItem): string | null => {
  const read = tablePayload.safeParse(jsonOf(item));
  return read.success && currentTable(read.data.tableId) !== null ? read.data.tableId : null;
};

/** False: what it points to is no longer in the case, or the payload can't be read. */
export const openBoardItem = (item: BoardItem, beside = false): boolean => {
  const json = jsonOf(item);
  if (item.kind === 'view') {
    const read = viewPayload.safeParse(json);
    if (read.success) openView(read.data.kind as ViewKind, read.data.params, { beside });
    return read.success;
  }
  const tableId = tableOfItem(item);
  if (tableId === null) {
    notify(`“${item.label}” points to a table that is no longer in the case. Undo brings it back.`);
    return false;
  }
  openView('grid', { tableId }, { beside });
  const row = rowPayload.safeParse(json);
  if (item.kind === 'row' && row.success) selectRow(tableId, row.data.rowId, 'board');
  const value = valuePayload.safeParse(json);
  if (item.kind === 'value' && value.success) void keepOnly(tableId, value.data);
  return true;
};

/** A value opens as the rows that hold it; filters of other columns stay. */
const keepOnly = async (tableId: string, { column, value }: z.infer<typeof valuePayload>): Promise<void> => {
  await loadTableView(tableId).catch(() => undefined);
  changeTableView(tableId, (v) => ({
    filters: [
      ...v.filters.filter((f) => f.op === 'anyContains' || f.column !== column),
      value === null ? { op: 'isNull', column } : { op: 'in', column, values: [value] },
    ],
  }));
};

