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
