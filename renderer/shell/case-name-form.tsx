/** The name of a case and the folder it goes to: one field, a default folder, a button to choose another. Used wherever a case begins. */
import { IconFolder } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { FileHandle } from '../../main/contract/index.ts';
import { shell } from '../engine/bridge.ts';
import { notifyError } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';

export type NewCase = { name: string; parent: FileHandle | null };

/** `signin-logs.csv` gives `signin-logs`: a name to begin with, never the last word. */
export const caseNameFor = (fileName: string | undefined): string => {
  const base = (fileName ?? '').replace(/(\.(csv|tsv|txt|log|json|jsonl|ndjson|parquet|pkl|pickle|zip|gz|tar|tgz|zst|bz2|xz))+$/i, '').trim();
  return base.slice(0, 120) || 'New case';
};

export const CaseNameFields = ({ value, onChange, problem }: { value: NewCase; onChange(next: NewCase): void; problem: string | null }): ReactElement => {
  const choose = async (): Promise<void> => {
    try {
      const { folder } = await shell('shell.pickFolder', { purpose: 'newCase' });
      if (folder !== null) onChange({ ...value, parent: folder });
    } catch (thrown) {
      notifyError(thrown);
    }
  };
  return (
    <div className="cb-case-name">
      <label className="cb-grow">
        <span className="cb-label">Name of the case</span>
        <span className={problem === null ? 'cb-in' : 'cb-in cb-in-bad'}>
          <input data-autofocus value={value.name} maxLength={120} spellCheck={false} onFocus={(e) => e.target.select()} onChange={(e) => onChange({ ...value, name: e.target.value })} />
        </span>
      </label>
      <div className="cb-case-folder">
        <span className="cb-label">Folder</span>
        <Button icon={IconFolder} onClick={() => void choose()}>
          <span className="cb-el">{value.parent === null ? 'Cases, the default' : value.parent.name}</span>
        </Button>
      </div>
      {problem !== null && (
        <p className="cb-err cb-f12" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
};
