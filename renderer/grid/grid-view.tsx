/**
 * The grid: any number of rows of one table, paged from the engine. Owns the AG Grid instance and keeps it in step with the table's view
 * (filters, order, columns), the shared selection and time range. What rows mean is the engine's business.
 */
import type { CellContextMenuEvent, ColDef, GridApi, GridReadyEvent } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { toAppError, type AppError, type TableInfo } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useCase, useTable } from '../state/case-store.ts';
import { busy } from '../state/idle.ts';
import { selectRow, useSelection, type SelectionState } from '../state/selection.ts';
import { useSettings } from '../state/settings-store.ts';
import { changeTableView, loadTableView, queryOf, tableViewOf, useTableView, type ColumnLayout } from '../state/table-views.ts';
import { useTimeRange } from '../state/time-range.ts';
import { useTags } from '../state/tags.ts';
import type { ViewProps } from '../shell/view-registry.ts';
import { gridTheme, rowHeights } from './ag-setup.ts';
import { cellText } from './cell-text.ts';
import { arrangeColumns, defaultWidth, tagColumnWidth } from './columns.ts';
import type { GridContext } from './grid-context.ts';
import { keepPlace, loadPlace, type GridPlace } from './grid-place.ts';
import { Gutter, TagCell } from './gutter.tsx';
import { HeaderCell } from './header-cell.tsx';
import { cellOf, createPageSource, pageRows, type GridRow } from './page-source.ts';
import { paintRows, rowRules } from './row-paint.ts';
import { ColumnMenu } from './column-menu.tsx';
import { mountGridActions } from './grid-actions.ts';
import { openGridPopover } from './mark-popovers.ts';
import { NoRows } from './no-rows.tsx';
import { GridPopovers } from './popovers.tsx';
import { FacetColumn } from './facet-column.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useGridFacts } from './grid-facts.ts';
import { useCellFormat } from './use-cell-format.ts';
import { usePicking } from './use-picking.ts';
import './grid.css';

const gutterColumn = '$gutter';
const tagColumn = '$tags';

export const GridView = ({ params, viewId }: ViewProps): ReactElement => {
  const table = useTable(params.tableId ?? null);
  if (table === null) {
    return <div className="cb-empty">This table is no longer in the case. Undo brings it back, or close this tab.</div>;
  }
  return <TableGrid key={table.id} table={table} viewId={viewId} />;
};

const TableGrid = ({ table, viewId }: { table: TableInfo; viewId: string }): ReactElement => {
  const tableId = table.id;
  const view = useTableView(tableId);
  const range = useTimeRange((s) => s.range);
  const marksRevision = useCase((s) => s.marksRevision);
  const density = useSettings((s) => s.settings.density);
  const tagsWidth = useTags((s) => tagColumnWidth(s.tags));
  const rowHeight = useRef<number>(rowHeights[density]);
  rowHeight.current = rowHeights[density];
  const format = useCellFormat();
  const root = useRef<HTMLDivElement>(null);
  const api = useRef<GridApi<GridRow> | null>(null);
  const [loaded, setLoaded] = useState(false);
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState<AppError | null>(null);
  const matched = useGridFacts((s) => s.counts[tableId]?.matched);
  const release = useRef<(() => void) | null>(null);
  useEffect(() => () => release.current?.(), []);
  const [menu, setMenu] = useState<{ column: string; anchor: DOMRect } | null>(null);

  /** Where the table was left, until it is there again. */
  const left = useRef<GridPlace | null>(null);
  useEffect(() => {
    void Promise.allSettled([loadTableView(tableId), loadPlace(tableId).then((place) => (left.current = place))]).then(() => setLoaded(true));
  }, [tableId]);

  const shown = useMemo(() => arrangeColumns(table, view.columns), [table, view.columns]);
  const visible = useMemo(() => shown.filter((c) => !c.layout.hidden), [shown]);
  const names = useMemo(() => visible.map((c) => c.info.name), [visible]);

  // The page source reads the query in force when AG Grid asks, so a refresh never shows rows of an older filter.
  /** A row chosen elsewhere before this grid was there is brought into sight with its first page. */
  const arrived = useRef(false);
  const showSelected = useRef<() => void>(() => undefined);
  const asked = useRef({ table, names });
  asked.current = { table, names };
  const source = useMemo(
    () =>
      createPageSource(
        () => ({ view: queryOf(asked.current.table, tableViewOf(tableId)), columns: asked.current.names }),
        {
          loading: (active) => {
            setLoading(active);
            release.current?.();
            release.current = active ? busy() : null;
          },
          counted: (matched, of) => {
            setFailed(null);
            useGridFacts.getState().report(tableId, matched, of);
            if (!arrived.current) setTimeout(showSelected.current, 0); // after the grid knows how many rows there are
            arrived.current = true;
          },
          failed: (thrown) => {
            const error = toAppError(thrown);
            if (error.code !== 'cancelled') setFailed(error);
          },
        },
      ),
    [tableId],
  );

  const { filters, search, marks, sort } = view;
  const ownRange = table.timeColumn !== null ? range : null;
  const firstRun = useRef(true);
  useEffect(() => {
    if (!loaded) return;
    if (firstRun.current) {
      firstRun.current = false;
      return;
    }
    api.current?.refreshInfiniteCache();
    api.current?.ensureIndexVisible(0, 'top');
  }, [filters, search, marks, sort, ownRange, loaded]);
  useEffect(() => api.current?.refreshInfiniteCache(), [marksRevision, names]);

  const context = useMemo<GridContext>(() => ({ tableId, openColumnMenu: (column, anchor) => setMenu({ column, anchor }) }), [tableId]);
  const rules = useMemo(() => rowRules(tableId), [tableId]);
  const columnDefs = useMemo<ColDef<GridRow>[]>(
    () => [
      { colId: gutterColumn, headerName: '', width: 74, pinned: 'left', lockPosition: 'left', resizable: false, suppressMovable: true, cellRenderer: Gutter, headerComponent: () => null, cellClass: 'cb-gutter-cell' },
      ...visible.map(
        ({ info, layout }): ColDef<GridRow> => ({
          colId: info.name,
          headerName: info.name,
          width: layout.width ?? defaultWidth(info),
          pinned: layout.pinned,
          resizable: true,
          headerComponent: HeaderCell,
          cellClass: info.type === 'int' || info.type === 'float' ? 'cb-num' : undefined,
          valueGetter: ({ data }) => (data === undefined ? '' : cellText(cellOf(data, info.name), info.type, format)),
          cellClassRules: { 'cb-null': ({ data }) => data !== undefined && cellOf(data, info.name) === null },
        }),
      ),
      ...(tagsWidth > 0
        ? [{ colId: tagColumn, headerName: '', width: tagsWidth, pinned: 'right' as const, lockPosition: 'right' as const, suppressMovable: true, resizable: true, cellRenderer: TagCell, headerComponent: () => null }]
        : []),
    ],
    [visible, format, tagsWidth],
  );

  const saveLayout = useCallback(() => {
    const state = api.current?.getColumnState() ?? [];
    const hidden = arrangeColumns(table, tableViewOf(tableId).columns).filter((c) => c.layout.hidden);
    const layouts = state
      .filter((c) => c.colId !== gutterColumn && c.colId !== tagColumn)
      .map((c): ColumnLayout => ({ name: c.colId, width: c.width ?? null, hidden: false, pinned: c.pinned === 'left' || c.pinned === 'right' ? c.pinned : null }));
    changeTableView(tableId, { columns: [...layouts, ...hidden.map((c) => c.layout)] });
  }, [table, tableId]);

  const keepPlaceNow = (grid: GridApi<GridRow>): void => {
    const { tableId: selected, rowId } = useSelection.getState();
    // a grid that is hidden or going away reports a scroll to its top, which nobody made
    const inSight = root.current !== null && root.current.isConnected && root.current.offsetHeight > 0;
    if (inSight && left.current === null) keepPlace(tableId, { top: Math.max(0, Math.round(grid.getVerticalPixelRange().top / rowHeight.current)), rowId: selected === tableId ? rowId : null });
  };

  const followSelection = useRef<(state: SelectionState, before: SelectionState) => void>(() => undefined);
  followSelection.current = (state, before) => {
    if (root.current !== null) paintRows(root.current, tableId);
    if (state.tableId !== tableId || state.rowId === before.rowId) return;
    if (api.current !== null) keepPlaceNow(api.current);
    if (state.rowId !== null && state.source !== viewId) void scrollTo(state.rowId);
  };
  useEffect(() => useSelection.subscribe((state, before) => followSelection.current(state, before)), []);

  /** Brings a row another view selected into sight. */
  const scrollTo = async (rowId: number): Promise<void> => {
    const { offset } = await engine.call('table.locate', { view: queryOf(asked.current.table, tableViewOf(tableId)), rowId });
    if (offset !== null) api.current?.ensureIndexVisible(offset, 'middle');
  };

  showSelected.current = () => {
    const now = useSelection.getState();
    if (now.tableId === tableId && now.rowId !== null && now.source !== viewId) void scrollTo(now.rowId).catch(() => undefined);
  };

  const picking = usePicking(tableId, viewId, () => queryOf(asked.current.table, tableViewOf(tableId)));
  useEffect(() => picking.orderChanged(), [picking, filters, search, marks, sort, ownRange]);

  const pivots = async (e: CellContextMenuEvent<GridRow>): Promise<void> => {
    const event = e.event as MouseEvent | null | undefined;
    const row = e.data;
    const column = e.column.getColId();
    if (event == null || row === undefined || column.startsWith('$')) return;
    e.api.setFocusedCell(e.rowIndex ?? 0, column);
    await picking.pointed(row, column);
    openGridPopover({ kind: 'pivot', tableId, at: { x: event.clientX, y: event.clientY } });
  };

  useEffect(
    () =>
      mountGridActions(viewId, {
        openColumnMenu: () => {
          const column = useSelection.getState().cell?.column ?? names[0];
          const header = root.current?.querySelector(`.ag-header-cell[col-id="${CSS.escape(column ?? '')}"]`);
          if (column !== undefined && header != null) setMenu({ column, anchor: header.getBoundingClientRect() });
        },
        focusSearch: () => root.current?.closest('.cb-grid-view')?.querySelector<HTMLInputElement>('[data-find="grid"]')?.focus(),
      }),
    [viewId, names],
  );

  /** Once, as soon as the number of rows is known: before that there is nowhere to scroll. */
  const comeBack = (grid: GridApi<GridRow>): void => {
    const place = left.current;
    if (place === null || !grid.isLastRowIndexKnown()) return;
    left.current = null;
    grid.ensureIndexVisible(Math.min(place.top, Math.max(0, grid.getDisplayedRowCount() - 1)), 'top');
    if (place.rowId !== null && useSelection.getState().rowId === null) selectRow(tableId, place.rowId, viewId);
  };
  const paintNow = (): void => {
    if (root.current !== null) paintRows(root.current, tableId);
  };

  return (
    <div className="cb-grid-view" data-view-kind="grid" data-table={table.name}>
      <FilterBar table={table} />
      <div className={loading ? 'cb-progress cb-progress-on' : 'cb-progress'} role="presentation" />
      {failed !== null && (
        <div className="cb-panel-error" role="alert">
          <span>{failed.message}</span>
          <code>{failed.code}</code>
        </div>
      )}
      <div className="cb-grid-body">
        {view.facets.open && <FacetColumn table={table} />}
        <div
          className="cb-grid"
          ref={root}
          onMouseDownCapture={picking.onMouseDownCapture}
          onKeyDownCapture={picking.onKeyDownCapture}
        >
          {matched === 0 && <NoRows table={table} />}
          {loaded && (
            <AgGridReact<GridRow>
              theme={gridTheme}
              rowModelType="infinite"
              datasource={source}
              columnDefs={columnDefs}
              context={context}
              rowClassRules={rules}
              getRowId={({ data }) => String(data.rowId)}
              rowHeight={rowHeights[density]}
              cacheBlockSize={pageRows}
              maxBlocksInCache={8}
              blockLoadDebounceMillis={30}
              maxConcurrentDatasourceRequests={2}
              rowBuffer={8}
              animateRows={false}
              suppressColumnMoveAnimation
              suppressDragLeaveHidesColumns
              maintainColumnOrder
              onGridReady={(e: GridReadyEvent<GridRow>) => {
                api.current = e.api;
              }}
              onColumnMoved={(e) => e.finished && e.source === 'uiColumnMoved' && saveLayout()}
              onColumnResized={(e) => e.finished && e.source === 'uiColumnResized' && saveLayout()}
              onColumnPinned={saveLayout}
              onCellFocused={picking.focused}
              onCellClicked={picking.clicked}
              onCellKeyDown={(e) => 'column' in e && picking.keyDown(e)}
              onCellContextMenu={(e) => void pivots(e)}
              preventDefaultOnContextMenu
              onViewportChanged={paintNow}
              onBodyScrollEnd={(e) => keepPlaceNow(e.api)}
              onModelUpdated={(e) => {
                comeBack(e.api);
                requestAnimationFrame(paintNow);
              }}
            />
          )}
        </div>
      </div>
      <GridPopovers tableId={tableId} />
      {menu !== null && <ColumnMenu table={table} column={menu.column} anchor={menu.anchor} onClose={() => setMenu(null)} />}
    </div>
  );
};
