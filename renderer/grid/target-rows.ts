/** Which rows an action means: the picked ones, the one in focus, or all of the view's filter; as the contract names them. */
import type { RowSet } from '../../main/contract/index.ts';
import { currentTable } from '../state/case-store.ts';
import { useSelection } from '../state/selection.ts';
import { queryOf, tableViewOf } from '../state/table-views.ts';
import { useGridFacts } from './grid-facts.ts';

/** `RowSet` as a caller writes it. */
export type TargetRows = { tableId: string; count: number; rows: RowSet | { view: ReturnType<typeof queryOf> } };

export const targetRows = (): TargetRows | null => {
  const { tableId, rows, rowId } = useSelection.getState();
  const table = tableId === null ? null : currentTable(tableId);
  if (table === null) return null;
  if (rows === 'all') {
    return { tableId: table.id, count: useGridFacts.getState().counts[table.id]?.matched ?? table.rows, rows: { view: queryOf(table, tableViewOf(table.id)) } };
  }
  const ids = rows.size > 0 ? [...rows] : rowId === null ? [] : [rowId];
  return ids.length === 0 ? null : { tableId: table.id, count: ids.length, rows: { tableId: table.id, rowIds: ids } };
};
