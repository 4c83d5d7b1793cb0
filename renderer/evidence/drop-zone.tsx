/** The large drop zone of the start page and of an empty case. The whole window accepts a drop; this says so and offers the dialog. */
import { IconFileImport } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useKeysOf } from '../commands/use-keys.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { chooseEvidence } from './import-flow.ts';

export const DropZone = (): ReactElement => {
  const keys = useKeysOf('evidence.import');
  return (
    <div className="cb-zone">
      <span className="cb-zone-icon">
        <Icon of={IconFileImport} size={36} stroke={1.3} />
      </span>
      <b className="cb-zone-title">Drop files, folders or archives here</b>
      <span className="cb-t2">You see a preview before anything is imported.</span>
      <div className="cb-row cb-zone-act">
        <Button kind="primary" size="large" onClick={() => void chooseEvidence()}>
          Choose files…
        </Button>
        {keys !== null && (
          <span className="cb-row cb-t3 cb-f12">
            or <Keys of={keys} />
          </span>
        )}
      </div>
      <p className="cb-zone-formats">CSV, TSV, JSON and JSON lines, Parquet, pickled DataFrames, and zip, gz, tar.gz of those. Format is read from the content, not the name.</p>
    </div>
  );
};
