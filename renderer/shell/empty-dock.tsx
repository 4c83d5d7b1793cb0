/** What the dock shows without tabs: in an empty case the page that takes evidence in, else the way back to a table. */
import { IconTable } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { EmptyCasePage } from '../evidence/index.ts';
import { useCase } from '../state/case-store.ts';
import { openDialog } from '../state/ui-store.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { openView } from './view-registry.ts';

export const EmptyDock = (): ReactElement => {
  const tables = useCase((s) => s.info?.tables ?? []);
  const first = tables.find((t) => t.kind !== 'rejects');
  if (first === undefined) return <EmptyCasePage />;
  return (
    <div className="cb-empty">
      <Icon of={IconTable} size={36} stroke={1.3} />
      <span className="cb-empty-title">No view is open</span>
      <p>Open a table from the evidence tree, or find one by name.</p>
      <div className="cb-row">
        <Button kind="primary" onClick={() => openView('grid', { tableId: first.id })}>
          Open {first.name}
        </Button>
        <Button onClick={() => openDialog({ kind: 'palette', text: '#' })}>Find a table</Button>
      </div>
    </div>
  );
};
