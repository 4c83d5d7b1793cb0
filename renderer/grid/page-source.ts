/**
 * Pages of a table view for AG Grid's infinite row model. A grid row is a pointer into a page's column arrays, so that no object is
 * built per cell. Owns no state that outlives the grid; answers of a superseded query are dropped.
 */
import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import type { ColumnData, RowMarks, Scalar, TablePage, ViewQueryInput } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

export const pageRows = 200;

type IndexedPage = { page: TablePage; byName: ReadonlyMap<string, ColumnData>; marks: ReadonlyMap<number, RowMarks> };
export type GridRow = { readonly source: IndexedPage; readonly index: number; readonly rowId: number; readonly position: number };

export const cellOf = (row: GridRow, column: string): Scalar => {
  const data = row.source.byName.get(column);
  if (data === undefined) return null;
  if (data.kind === 'text') return data.values[row.index] ?? null;
  if (data.nulls?.[row.index] === 1) return null;
  const value = data.values[row.index] ?? null;
  return data.type === 'bool' && value !== null ? value === 1 : value;
};

export const isCut = (row: GridRow, column: string): boolean => {
  const data = row.source.byName.get(column);
  return data?.kind === 'text' && data.cut?.[row.index] === 1;
};

export const marksOf = (row: GridRow): RowMarks | null => row.source.marks.get(row.rowId) ?? null;

export type PageSourceEvents = {
  loading(active: boolean): void;
  counted(matched: number, of: number): void;
  failed(thrown: unknown): void;
};

/** `query` is read at each request, so that a refresh uses the filters in force. */
export const createPageSource = (query: () => { view: ViewQueryInput; columns: string[] } | null, events: PageSourceEvents): IDatasource => {
  let open = 0;
  const change = (by: number): void => {
    open += by;
    if (open === (by > 0 ? 1 : 0)) events.loading(open > 0);
  };
  const load = async (params: IGetRowsParams): Promise<void> => {
    const asked = query();
    if (asked === null) return params.failCallback();
    change(1);
    try {
      const page = await engine.call('table.page', {
        view: asked.view,
        columns: asked.columns,
        offset: params.startRow,
        limit: Math.min(pageRows, params.endRow - params.startRow),
      });
      const source: IndexedPage = {
        page,
        byName: new Map(page.columns.map((c) => [c.name, c])),
        marks: new Map(page.marks.map((m) => [m.rowId, m])),
      };
      const rows = Array.from(page.rowIds, (rowId, index): GridRow => ({ source, index, rowId, position: page.offset + index }));
      events.counted(page.matched, page.of);
      params.successCallback(rows, page.matched);
    } catch (thrown) {
      events.failed(thrown);
      params.failCallback();
    } finally {
      change(-1);
    }
  };
  return { getRows: (params) => void load(params) };
};
