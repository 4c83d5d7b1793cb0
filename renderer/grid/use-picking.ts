/**
 * Keeps picked rows in step with AG Grid's focus, clicks and keys. AG Grid reports a new focus before the click that caused it, so what
 * the mouse or key means is noted as it goes down. Which rows that makes is picking.ts's business.
 */
import type { CellClickedEvent, CellFocusedEvent, CellKeyDownEvent } from 'ag-grid-community';
import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { ViewQueryInput } from '../../main/contract/index.ts';
import { formatCount } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { selectRows, useSelection, type FocusedCell } from '../state/selection.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { cellOf, isCut, type GridRow } from './page-source.ts';
import { maxPickedRows, pickRange } from './pick-range.ts';
import { moveFocus, nothingPicked, pickOne, spacePicked, spanTo, togglePicked, type Picked } from './picking.ts';

type Intent = 'plain' | 'toggle' | 'span' | 'spanKeys' | 'context';
export type Picking = {
  onMouseDownCapture(e: MouseEvent): void;
  onKeyDownCapture(e: KeyboardEvent): void;
  focused(e: CellFocusedEvent<GridRow>): void;
  clicked(e: CellClickedEvent<GridRow>): void;
  keyDown(e: CellKeyDownEvent<GridRow>): void;
  /** A cell was asked for its menu: it gets the focus, its row is picked unless it is already; settles when its whole value is known. */
  pointed(row: GridRow, column: string): Promise<void>;
  /** Rows stand elsewhere now: Shift has nothing to count from. */
  orderChanged(): void;
};

/** @param query the view's query now. */
export const usePicking = (tableId: string, viewId: string, query: () => ViewQueryInput): Picking => {
  const latest = useRef(query);
  latest.current = query;
  const state = useRef({ anchor: null as number | null, held: false, intent: 'plain' as Intent, turn: 0 });

  // picked elsewhere (all rows, another view): held only if it names more than one row
  useEffect(
    () =>
      useSelection.subscribe((s) => {
        if (s.source !== viewId) state.current.held = s.tableId === tableId && s.rows !== 'all' && s.rows.size > 1;
      }),
    [tableId, viewId],
  );

  return useMemo(() => {
    const now = (): Picked => {
      const { tableId: selected, rows } = useSelection.getState();
      return selected === tableId ? { rows, anchor: state.current.anchor, held: state.current.held } : nothingPicked;
    };
    const put = (next: Picked): void => {
      state.current.turn += 1;
      state.current.anchor = next.anchor;
      state.current.held = next.held;
      if (useSelection.getState().tableId !== tableId || useSelection.getState().rows !== next.rows) selectRows(tableId, next.rows, viewId);
    };
    const focus = (row: GridRow, cell: FocusedCell | null): void =>
      useSelection.setState((s) => ({ tableId, rowId: row.rowId, cell, source: viewId, rows: s.tableId === tableId ? s.rows : new Set() }));
    /** A shortened value would match nothing: the whole one takes its place as soon as it is there. */
    const completeCell = async (row: GridRow, column: string): Promise<void> => {
      const detail = await engine.call('table.row', { tableId, rowId: row.rowId });
      const whole = detail.cells.find((c) => c.name === column);
      const s = useSelection.getState();
      if (whole !== undefined && s.tableId === tableId && s.rowId === row.rowId && s.cell === null) useSelection.setState({ cell: { column, value: whole.value } });
    };
    const span = async (row: GridRow): Promise<void> => {
      const { from, to, anchor } = spanTo(now(), row);
      const turn = (state.current.turn += 1);
      try {
        const rows = await pickRange(latest.current(), from, to);
        if (turn !== state.current.turn) return;
        put({ rows, anchor, held: true });
        if (to - from + 1 > maxPickedRows) notify(`Picked the first ${formatCount(maxPickedRows)} of ${formatCount(to - from + 1)} rows. Ctrl+A picks all rows of the filter.`);
      } catch (thrown) {
        notifyError(thrown);
      }
    };
    return {
      onMouseDownCapture(e) {
        state.current.intent = e.button === 2 ? 'context' : e.ctrlKey || e.metaKey ? 'toggle' : e.shiftKey ? 'span' : 'plain';
      },
      onKeyDownCapture(e) {
        state.current.intent = e.shiftKey && /^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/.test(e.key) ? 'spanKeys' : 'plain';
      },
      focused(e) {
        const row = e.rowIndex === null ? undefined : e.api.getDisplayedRowAtIndex(e.rowIndex)?.data;
        const column = typeof e.column === 'object' ? e.column?.getColId() : undefined;
        if (row === undefined) return;
        const isData = column !== undefined && !column.startsWith('$');
        const cut = isData && isCut(row, column);
        const before = now();
        focus(row, isData && !cut ? { column, value: cellOf(row, column) } : null);
        if (cut) void completeCell(row, column).catch(() => undefined);
        const { intent } = state.current;
        if (intent === 'plain') put(moveFocus(before, row));
        else if (intent === 'spanKeys') void span(row);
      },
      clicked(e) {
        const row = e.data;
        const event = e.event as globalThis.MouseEvent | null | undefined;
        if (row === undefined || event == null) return;
        if (event.ctrlKey || event.metaKey) put(togglePicked(now(), row));
        else if (event.shiftKey) void span(row);
        else put(pickOne(row));
      },
      keyDown(e) {
        const event = e.event as globalThis.KeyboardEvent | null | undefined;
        const row = e.data;
        if (event == null || row === undefined) return;
        if (event.key === ' ') {
          event.preventDefault();
          put(spacePicked(now(), row));
        }
        if (event.key === 'Escape') {
          const { rows } = now();
          if (rows === 'all' || rows.size !== 1 || state.current.held) put(pickOne(row));
        }
      },
      async pointed(row, column) {
        const { rows } = now();
        const cut = isCut(row, column);
        focus(row, cut ? null : { column, value: cellOf(row, column) });
        if (rows !== 'all' && !rows.has(row.rowId)) put(pickOne(row));
        if (cut) await completeCell(row, column);
      },
      orderChanged() {
        state.current.anchor = null;
        state.current.turn += 1;
      },
    };
  }, [tableId, viewId]);
};
