/** What the dock shows without tabs: an import under way, in an empty case the page that takes evidence in, else the way back to a table. */
import { IconFileImport, IconTable } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { EmptyCasePage } from '../evidence/index.ts';
import { useCase } from '../state/case-store.ts';
import { useJobs } from '../state/jobs-store.ts';
import { openDialog } from '../state/ui-store.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { JobMeter } from './job-meter.tsx';
import { progressText } from './job-text.ts';
import { openView } from './view-registry.ts';

/** Jobs at whose end there are tables. */
const bringsTables: ReadonlySet<string> = new Set(['evidence.import', 'case.openDemo']);

export const EmptyDock = (): ReactElement => {
  const tables = useCase((s) => s.info?.tables ?? []);
  const importing = useJobs((s) => s.jobs.find((j) => j.state === 'running' && bringsTables.has(j.op)));
  const first = tables.find((t) => t.kind !== 'rejects');
  if (importing !== undefined && first === undefined) {
    return (
      <div className="cb-empty" role="status">
        <Icon of={IconFileImport} size={36} stroke={1.3} />
        <span className="cb-empty-title">{importing.label}</span>
        <JobMeter job={importing} width={240} />
        <p className="cb-num">{progressText(importing)}</p>
      </div>
    );
  }
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
