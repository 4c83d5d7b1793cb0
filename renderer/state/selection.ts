/**
 * The one selection all views share: the row in focus (what the inspector shows) and the rows picked in a table. A value in
 * focus (cell, facet, entity) rides along for pivots.
 */
import { create } from 'zustand';
import type { Scalar } from '../../main/contract/index.ts';

export type FocusedCell = { column: string; value: Scalar };
export type SelectionState = {
  tableId: string | null;
  /** Row in focus. */
  rowId: number | null;
  cell: FocusedCell | null;
  /** Rows picked in `tableId`, the focused one included; `all` stands for every row of the view's filter. */
  rows: ReadonlySet<number> | 'all';
  /** Who set it, so that a view doesn't scroll to its own click. */
  source: string;
};

export const useSelection = create<SelectionState>(() => ({ tableId: null, rowId: null, cell: null, rows: new Set(), source: '' }));

export const selectRow = (tableId: string, rowId: number, source: string, cell: FocusedCell | null = null): void =>
  useSelection.setState({ tableId, rowId, cell, rows: new Set([rowId]), source });

export const selectRows = (tableId: string, rows: ReadonlySet<number> | 'all', source: string): void =>
  useSelection.setState((s) => ({ tableId, rows, source, rowId: s.tableId === tableId ? s.rowId : null, cell: s.tableId === tableId ? s.cell : null }));

export const clearSelection = (): void => useSelection.setState({ tableId: null, rowId: null, cell: null, rows: new Set(), source: '' });
