/** The grid: rows of one table. */
import { IconTable } from '@tabler/icons-react';
import { registerView } from '../shell/view-registry.ts';
import { currentTable } from '../state/case-store.ts';
import { GridView } from './grid-view.tsx';

export { useGridFacts } from './grid-facts.ts';

export const registerGrid = (): void =>
  registerView({
    kind: 'grid',
    icon: IconTable,
    title: (params) => currentTable(params.tableId ?? '')?.name ?? 'Table',
    component: GridView,
    place: 'center',
    key: (params) => `grid:${params.tableId ?? ''}`,
  });
