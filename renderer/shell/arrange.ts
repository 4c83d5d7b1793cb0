/** Ready-made arrangements of the dock: the default one, and one for wide windows. What was open is closed; nothing of the case changes. */
import type { TableInfo } from '../../main/contract/index.ts';
import { activeTableId } from '../state/active-view.ts';
import { useCase } from '../state/case-store.ts';
import { openInDock, useDock } from './dock-store.ts';
import { takePreferredTable } from './session.ts';

/** The table an arrangement is made around: the one asked for, the one in view, else the first that has times. */
const mainTable = (): TableInfo | undefined => {
  const wanted = takePreferredTable();
  const shown = activeTableId();
  const tables = useCase.getState().info?.tables ?? [];
  const good = tables.filter((t) => t.kind !== 'rejects' && t.rows > 0);
  return tables.find((t) => t.name === wanted) ?? tables.find((t) => t.id === shown) ?? good.find((t) => t.timeColumn !== null) ?? good[0] ?? tables[0];
};

/** `beside`: the timeline in a column of its own, right of the table, else below it. The inspector stands at the right edge. */
const arrange = (beside: boolean): void => {
  const table = mainTable();
  if (table === undefined) return;
  useDock.getState().api?.clear();
  openInDock('grid', { tableId: table.id }, { beside: false });
  openInDock('timeline', { tableId: table.id }, { beside, inactive: true });
  openInDock('inspector', {}, { beside: false, inactive: true });
};

export const arrangeDefault = (): void => arrange(false);
/** For windows with room for a second column in the centre. */
export const arrangeWide = (): void => arrange(true);
