/** The grid's commands: marks, filters, copies, columns. Keys act while a grid is the active view. */
import {
  IconArrowsSort, IconBookmark, IconColumns3, IconCopy, IconDownload, IconFilterMinus, IconFilterOff, IconFilterPlus, IconLayoutList, IconListCheck, IconNote, IconPointer, IconSearch, IconStar, IconTag,
} from '@tabler/icons-react';
import type { ColumnType, Scalar } from '../../main/contract/index.ts';
import { registerCommands } from '../commands/registry.ts';
import { putOnBoard } from '../shell/board.ts';
import { openView } from '../shell/view-registry.ts';
import { activeTableId } from '../state/active-view.ts';
import { currentTable } from '../state/case-store.ts';
import { selectRows, useSelection } from '../state/selection.ts';
import { changeTableView, emptyView, tableViewOf } from '../state/table-views.ts';
import { currentTime } from '../state/use-time.ts';
import { copyRows } from './copy-actions.ts';
import { openExport } from './export-state.ts';
import { startFilter } from './filter-draft.ts';
import { keepOnly, toggleLeftOut } from './filter-edit.ts';
import { focusedCellRect, gridActions } from './grid-actions.ts';
import { canMark, toggleStar } from './mark-actions.ts';
import { openGridPopover } from './mark-popovers.ts';

const activeTable = (): string | null => {
  const id = activeTableId();
  return id !== null && currentTable(id) !== null ? id : null;
};
const inTable = (): true | string => (activeTable() === null ? 'open a table first' : true);
const onCell = (): true | string => (useSelection.getState().cell === null ? 'select a cell first' : true);
const onRow = (): true | string => (useSelection.getState().rowId === null ? 'select a row first' : true);
const withTable = (run: (tableId: string) => void): void => {
  const id = activeTable();
  if (id !== null) run(id);
};

const filterCell = (change: typeof keepOnly): void => {
  const { tableId, cell } = useSelection.getState();
  if (tableId !== null && cell !== null) changeTableView(tableId, (v) => ({ filters: change(v.filters, cell.column, cell.value) }));
};

const anyFilter = (): true | string => {
  const id = activeTable();
  if (id === null) return 'open a table first';
  const view = tableViewOf(id);
  return view.filters.length > 0 || view.search !== '' || view.marks !== null ? true : 'no filter is set';
};

export const clearFilters = (tableId: string): void => changeTableView(tableId, { filters: [], search: '', marks: null });

/** A time is named as a person reads it, not in microseconds. */
const labelOf = (value: Scalar, type: ColumnType | undefined): string => (type === 'datetime' && typeof value === 'number' ? currentTime().format(value) : String(value));

const putOnCaseBoard = (): void => {
  const { tableId, rowId, cell } = useSelection.getState();
  const table = tableId === null ? null : currentTable(tableId);
  if (table === null) return;
  if (cell?.value != null) void putOnBoard({ kind: 'value', payload: { tableId: table.id, column: cell.column, value: cell.value } }, labelOf(cell.value, table.columns.find((c) => c.name === cell.column)?.type));
  else if (rowId !== null) void putOnBoard({ kind: 'row', payload: { tableId: table.id, rowId } }, `${table.name}, row ${rowId + 1}`);
};

const openPivots = (): void => {
  const { tableId } = useSelection.getState();
  const at = focusedCellRect();
  if (tableId !== null && at !== null) openGridPopover({ kind: 'pivot', tableId, at: { x: at.left, y: at.bottom } });
};

export const registerGridCommands = (): (() => void) =>
  registerCommands(
    { id: 'grid.star', label: 'Star rows', icon: IconStar, keys: ['S'], scope: 'grid', when: canMark, run: () => toggleStar() },
    { id: 'grid.tag', label: 'Tag rows…', icon: IconTag, keys: ['T'], scope: 'grid', when: canMark, run: () => withTable((tableId) => openGridPopover({ kind: 'tag', tableId })) },
    {
      id: 'grid.note', label: 'Note on this row…', icon: IconNote, keys: ['N'], scope: 'grid', when: () => (canMark() === true ? onRow() : canMark()),
      run: () => {
        const { tableId, rowId } = useSelection.getState();
        if (tableId !== null && rowId !== null) openGridPopover({ kind: 'note', tableId, rowId });
      },
    },
    { id: 'grid.board', label: 'Put on the case board', icon: IconBookmark, keys: ['B'], scope: 'grid', when: onRow, run: putOnCaseBoard },
    { id: 'grid.keep', label: 'Keep only this value', icon: IconFilterPlus, keys: ['F'], scope: 'grid', when: onCell, run: () => filterCell(keepOnly) },
    { id: 'grid.leaveOut', label: 'Leave this value out', icon: IconFilterMinus, keys: ['Shift+F'], scope: 'grid', when: onCell, run: () => filterCell(toggleLeftOut) },
    { id: 'grid.addFilter', label: 'Add filter…', icon: IconFilterPlus, scope: 'grid', when: inTable, run: () => withTable((t) => startFilter(t, useSelection.getState().cell?.column ?? null)) },
    { id: 'grid.clearFilters', label: 'Clear filters of this view', icon: IconFilterOff, keys: ['Ctrl+Shift+L'], scope: 'grid', inText: true, when: anyFilter, run: () => withTable(clearFilters) },
    { id: 'grid.clearSort', label: 'Back to the order of the evidence', icon: IconArrowsSort, scope: 'grid', when: inTable, run: () => withTable((t) => changeTableView(t, { sort: [] })) },
    { id: 'grid.starred', label: 'Keep starred rows', icon: IconStar, scope: 'grid', when: inTable, run: () => withTable((t) => changeTableView(t, { marks: { starred: true, noted: false, tags: [] } })) },
    { id: 'grid.noted', label: 'Keep rows with notes', icon: IconNote, scope: 'grid', when: inTable, run: () => withTable((t) => changeTableView(t, { marks: { starred: false, noted: true, tags: [] } })) },
    { id: 'grid.pivot', label: 'Pivots for this value', icon: IconPointer, keys: ['Ctrl+.', 'Shift+F10'], scope: 'grid', when: onCell, run: openPivots },
    { id: 'grid.copy', label: 'Copy rows, defanged', icon: IconCopy, keys: ['Ctrl+C'], scope: 'grid', when: onRow, run: () => copyRows({ defang: true }) },
    { id: 'grid.copyRaw', label: 'Copy rows as written', icon: IconCopy, keys: ['Ctrl+Shift+C'], scope: 'grid', when: onRow, run: () => copyRows({ defang: false }) },
    { id: 'grid.selectAll', label: 'Select all rows of the filter', icon: IconListCheck, keys: ['Ctrl+A'], scope: 'grid', when: inTable, run: () => withTable((t) => selectRows(t, 'all', 'command')) },
    { id: 'grid.valueCounts', label: 'Value counts of this column', icon: IconLayoutList, keys: ['Alt+ArrowDown'], scope: 'grid', when: onCell, run: () => gridActions().openColumnMenu() },
    { id: 'grid.find', label: 'Find in this view', icon: IconSearch, keys: ['Ctrl+F'], scope: 'grid', inText: true, when: inTable, run: () => gridActions().focusSearch() },
    { id: 'grid.facets', label: 'Value counts beside the grid on or off', icon: IconLayoutList, scope: 'grid', when: inTable, run: () => withTable((t) => changeTableView(t, (v) => ({ facets: { ...v.facets, open: !v.facets.open } }))) },
    { id: 'grid.resetColumns', label: 'Reset columns', icon: IconColumns3, scope: 'grid', when: inTable, run: () => withTable((t) => changeTableView(t, { columns: emptyView.columns })) },
    { id: 'grid.export', label: 'Export this view…', icon: IconDownload, scope: 'grid', when: inTable, run: () => withTable(openExport) },
    { id: 'grid.inspect', label: 'Open row in the inspector', icon: IconPointer, keys: ['Enter'], scope: 'grid', when: onRow, run: () => openView('inspector') },
  );
