/** How the sample case first shows itself: its logons and processes as a grid, their timeline, and the row the story turns on in focus. */
import type { Filter } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useCase } from '../state/case-store.ts';
import { selectRow } from '../state/selection.ts';
import { changeTableView, loadTableView } from '../state/table-views.ts';
import { setTimeRange } from '../state/time-range.ts';
import { useSession } from './session.ts';
import { openView } from './view-registry.ts';
import { useDock } from './dock-store.ts';

export const demoTable = 'SecurityEvent';

const dockReady = async (): Promise<void> => {
  while (useSession.getState().caseId === null || useDock.getState().api === null) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** The evening of the intrusion on the machine where it began. */
const range = { fromUs: Date.UTC(2026, 2, 11, 21, 40) * 1_000, toUs: Date.UTC(2026, 2, 11, 23, 10) * 1_000 };
const filters: Filter[] = [
  { op: 'in', column: 'EventID', values: [4624, 4625, 4672, 4688, 7045] },
  { op: 'in', column: 'Computer', values: ['WS-0142'] },
  { op: 'notIn', column: 'Account', values: ['CORP\\WS-0142$'] },
];

/** Leaves an arrangement that was saved in the sample case alone. */
export const showDemo = async (): Promise<void> => {
  if (useCase.getState().info === null) return;
  await dockReady();
  if (useSession.getState().workspace !== null) return;
  const table = useCase.getState().info?.tables.find((t) => t.name === demoTable);
  if (table === undefined) return;
  await loadTableView(table.id);
  changeTableView(table.id, { filters });
  setTimeRange(range);
  openView('grid', { tableId: table.id });
  openView('timeline', { tableId: table.id });
  openView('inspector');
  openView('grid', { tableId: table.id });
  const page = await engine.call('table.page', {
    view: { tableId: table.id, filters: [...filters, { op: 'contains', column: 'CommandLine', text: '-enc' }], timeRange: range },
    offset: 0,
    limit: 1,
    columns: [],
  });
  const rowId = page.rowIds[0];
  if (rowId === undefined) return;
  await afterMount();
  selectRow(table.id, rowId, 'demo', null);
};

/** The boot itself still counts as work, so quiet can't be waited for here; a few frames let the grid mount. */
const afterMount = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));
