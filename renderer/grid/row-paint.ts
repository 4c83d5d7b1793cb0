/**
 * Selection and marks on rendered grid rows. AG Grid draws rows in several containers (pinned, centre); classes are put on all of them
 * directly, so that a selection never costs a redraw.
 */
import { useSelection } from '../state/selection.ts';

export const paintRows = (root: HTMLElement, tableId: string): void => {
  const { tableId: selectedTable, rows, rowId } = useSelection.getState();
  const here = selectedTable === tableId;
  for (const row of root.querySelectorAll<HTMLElement>('.ag-row[row-id]')) {
    const id = Number(row.getAttribute('row-id'));
    const picked = here && (rows === 'all' || rows.has(id));
    row.classList.toggle('cb-picked', picked);
    row.classList.toggle('cb-focus-row', here && rowId === id);
    row.setAttribute('aria-selected', String(picked));
  }
};

/** For rows as AG Grid draws them, also later than any event tells: the same two classes by its own rules. */
export const rowRules = (tableId: string): Record<string, (params: { data?: { rowId: number } | undefined }) => boolean> => {
  const here = (): ReturnType<typeof useSelection.getState> | null => {
    const s = useSelection.getState();
    return s.tableId === tableId ? s : null;
  };
  return {
    'cb-picked': ({ data }) => {
      const rows = here()?.rows;
      return data !== undefined && rows !== undefined && (rows === 'all' || rows.has(data.rowId));
    },
    'cb-focus-row': ({ data }) => data !== undefined && here()?.rowId === data.rowId,
  };
};
