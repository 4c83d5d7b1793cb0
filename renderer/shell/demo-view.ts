/** How the sample case first shows itself: its logons and processes as a grid, their timeline, and the row the story turns on in focus. */
import { engine } from '../engine/bridge.ts';
import { useCase } from '../state/case-store.ts';
import { selectRow } from '../state/selection.ts';
import { useSession } from './session.ts';
import { openView } from './view-registry.ts';
import { useDock } from './dock-store.ts';

export const demoTable = 'SecurityEvent';

const dockReady = async (): Promise<void> => {
  while (useSession.getState().caseId === null || useDock.getState().api === null) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** Leaves an arrangement that was saved in the sample case alone. */
export const showDemo = async (): Promise<void> => {
  if (useCase.getState().info === null) return;
  await dockReady();
  if (useSession.getState().workspace !== null) return;
  const table = useCase.getState().info?.tables.find((t) => t.name === demoTable);
  if (table === undefined) return;
  openView('grid', { tableId: table.id });
  const column = table.columns.find((c) => c.name === 'CommandLine');
  if (column === undefined) return;
  const page = await engine.call('table.page', {
    view: { tableId: table.id, filters: [{ op: 'contains', column: column.name, text: '-enc' }] },
    offset: 0,
    limit: 1,
    columns: [column.name],
  });
  const rowId = page.rowIds[0];
  if (rowId === undefined) return;
  await afterMount();
  selectRow(table.id, rowId, 'demo', null);
};

/** The boot itself still counts as work, so quiet can't be waited for here; a few frames let the grid mount. */
const afterMount = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));
