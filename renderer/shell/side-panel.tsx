/** The panel beside the rail: evidence with the case board, or history. Its width is kept in the case. */
import type { ReactElement } from 'react';
import { EvidencePanel } from '../evidence/index.ts';
import { HistoryPanel } from '../history/index.ts';
import { setSideWidth, sideWidths, useUi } from '../state/ui-store.ts';
import { Resizer } from '../ui/resizer.tsx';

export const SidePanel = (): ReactElement | null => {
  const side = useUi((s) => s.side);
  const width = useUi((s) => s.sideWidth);
  if (side === null) return null;
  return (
    <aside className="cb-side" style={{ width }} data-region="side" aria-label={side === 'evidence' ? 'Evidence' : 'History'}>
      {side === 'evidence' ? <EvidencePanel /> : <HistoryPanel />}
      <Resizer label="Width of the side panel" width={width} min={sideWidths.min} max={sideWidths.max} onWidth={setSideWidth} onReset={() => setSideWidth(sideWidths.start)} />
    </aside>
  );
};
