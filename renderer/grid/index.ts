/** The grid: rows of one table. */
import { IconTable } from '@tabler/icons-react';
import { registerView } from '../shell/view-registry.ts';
import { currentTable } from '../state/case-store.ts';
import { registerGridCommands } from './grid-commands.ts';
import { GridView } from './grid-view.tsx';

export { cellText, nullText, type CellFormat } from './cell-text.ts';
export { copyText } from './copy-actions.ts';
export { keepOnly, toggleLeftOut } from './filter-edit.ts';
export { useGridFacts } from './grid-facts.ts';
export { addNote, setTag, toggleStar } from './mark-actions.ts';
export { openGridPopover } from './mark-popovers.ts';
export { useCellFormat } from './use-cell-format.ts';
export { kindNames, valueKind, type ValueKind } from './value-kind.ts';

export const registerGrid = (): void => {
  registerGridCommands();
  registerView({
    kind: 'grid',
    icon: IconTable,
    title: (params) => currentTable(params.tableId ?? '')?.name ?? 'Table',
    component: GridView,
    place: 'center',
    key: (params) => `grid:${params.tableId ?? ''}`,
  });
};
