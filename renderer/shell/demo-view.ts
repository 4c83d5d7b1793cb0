/**
 * How the sample case first shows itself: logons and processes of one computer with their timeline, the hour and a half of the
 * intrusion, the row it turns on. Everything here could be done by hand in the same views.
 */
import type { Filter, TableInfo } from '../../main/contract/index.ts';
import { usPerMinute } from '../../main/shared/time.ts';
import { runCommand, useCommands } from '../commands/registry.ts';
import { engine } from '../engine/bridge.ts';
import { currentTable, useCase } from '../state/case-store.ts';
import { selectRow } from '../state/selection.ts';
import { changeTableView } from '../state/table-views.ts';
import { setTimeRange } from '../state/time-range.ts';
import { arrangeDefault } from './arrange.ts';
import { useDock } from './dock-store.ts';
import { preferTable, useSession } from './session.ts';

const demoTable = 'SecurityEvent';
const demoRange = { beforeUs: 20 * usPerMinute, lengthUs: 90 * usPerMinute, stepUs: 10 * usPerMinute } as const;

/** Logons, special logons, processes and services by people on the computer where it begins; only on columns the table has. */
const demoFilters = (table: TableInfo): Filter[] =>
  [
    { op: 'in' as const, column: 'EventID', values: [4624, 4625, 4672, 4688, 7045] },
    { op: 'eq' as const, column: 'Computer', value: 'WS-0142' },
    { op: 'notRegex' as const, column: 'Account', pattern: '\\$$', caseSensitive: false },
  ].filter((f) => table.columns.some((c) => c.name === f.column));

/** Runs a view's command as soon as the view is there to take it; gives up after two seconds. */
const whenPossible = async (id: string): Promise<void> => {
  for (let i = 0; i < 100; i++) {
    const can = useCommands.getState().commands.get(id)?.when?.() ?? true;
    if (can === true) return runCommand(id);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** The dock is drawn a moment after the case is known; a window that is closing never gets there. */
const dockReady = async (): Promise<void> => {
  for (let i = 0; i < 250 && (useSession.getState().caseId === null || useDock.getState().api === null); i++) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** The first row whose command line carries encoded PowerShell, and its time. */
const turningPoint = async (tableId: string): Promise<{ rowId: number; us: number } | null> => {
  const table = currentTable(tableId);
  const column = table?.columns.find((c) => c.name === 'CommandLine');
  if (table == null || table.timeColumn === null || column === undefined) return null;
  const page = await engine.call('table.page', {
    view: { tableId, filters: [{ op: 'contains', column: column.name, text: '-enc' }] },
    offset: 0,
    limit: 1,
    columns: [table.timeColumn],
  });
  const [rowId] = page.rowIds;
  const [times] = page.columns;
  const us = times?.kind === 'number' ? times.values[0] : undefined;
  return rowId === undefined || us === undefined ? null : { rowId, us };
};

/** Leaves an arrangement that was saved in the sample case alone. */
export const showDemo = async (): Promise<void> => {
  await dockReady();
  if (useSession.getState().workspace !== null) return;
  const table = useCase.getState().info?.tables.find((t) => t.name === demoTable);
  if (table === undefined) return;
  const found = await turningPoint(table.id);
  if (found !== null) {
    const fromUs = Math.floor((found.us - demoRange.beforeUs) / demoRange.stepUs) * demoRange.stepUs;
    setTimeRange({ fromUs, toUs: fromUs + demoRange.lengthUs });
    selectRow(table.id, found.rowId, 'demo', null);
  }
  changeTableView(table.id, { filters: demoFilters(table) });
  preferTable(demoTable);
  arrangeDefault();
  for (const id of ['timeline.toBrush', 'timeline.reference']) await whenPossible(id);
};
