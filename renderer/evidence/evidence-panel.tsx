/** The side panel of the evidence: find a table, the tree, the case board. */
import { IconDots, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import { useKeysOf } from '../commands/use-keys.ts';
import { openView } from '../shell/view-registry.ts';
import { verifyCase } from '../shell/case-actions.ts';
import { useCase } from '../state/case-store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { CaseBoard } from './case-board.tsx';
import { EvidenceTree } from './evidence-tree.tsx';
import { chooseEvidence } from './import-flow.ts';

export const EvidencePanel = (): ReactElement | null => {
  const info = useCase((s) => s.info);
  const keys = useKeysOf('evidence.import');
  const notesKeys = useKeysOf('view.notes');
  const [search, setSearch] = useState('');
  if (info == null) return null;
  return (
    <>
      <div className="cb-ph">
        Evidence
        <span className="cb-sp" />
        <IconButton size="small" icon={IconPlus} label="Import evidence" keys={keys} disabledReason={info.readOnly ? 'Import: the case is open read-only' : null} onClick={() => void chooseEvidence()} />
        <MenuButton
          position="bottom-end"
          entries={[
            { kind: 'item', label: 'Marked rows', keys: notesKeys, run: () => openView('notes') },
            { kind: 'item', label: 'Verify evidence and log', run: () => void verifyCase() },
          ]}
        >
          <button type="button" className="cb-ib cb-ib-s" aria-label="Evidence menu">
            <Icon of={IconDots} />
          </button>
        </MenuButton>
      </div>
      {info.tables.length === 0 && info.evidence.length === 0 ? (
        <div className="cb-side-empty">
          <p>No evidence yet. Drop files anywhere in this window.</p>
          <Button size="small" disabled={info.readOnly} onClick={() => void chooseEvidence()}>
            Choose files…
          </Button>
        </div>
      ) : (
        <>
          <div className="cb-side-find">
            <label className="cb-in cb-in-s">
              <Icon of={IconSearch} size={13} />
              <input
                value={search}
                placeholder="Find a table"
                aria-label="Find a table"
                spellCheck={false}
                onChange={(e) => setSearch(e.target.value)}
                onKeyDown={(e) => e.key === 'Escape' && setSearch('')}
              />
            </label>
          </div>
          <div className="cb-side-scroll">
            <EvidenceTree info={info} search={search} />
          </div>
        </>
      )}
      <CaseBoard items={info.board} readOnly={info.readOnly} />
    </>
  );
};
