/** Everything the case knows of a table and the file it came from. */
import type { ReactElement } from 'react';
import type { EvidenceInfo, TableInfo } from '../../main/contract/index.ts';
import { formatBytes, formatCount } from '../../main/shared/format.ts';
import { useTime } from '../state/use-time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { copyText } from './table-actions.ts';

export type PropertiesOf = { table?: TableInfo | undefined; evidence?: EvidenceInfo | undefined };

const Facts = ({ rows }: { rows: readonly (readonly [string, string | null, boolean?])[] }): ReactElement => (
  <dl className="cb-pairs cb-pairs-wide">
    {rows.map(([name, value, evidence]) =>
      value === null || value === '' ? null : (
        <div key={name} className="cb-pair">
          <dt>{name}</dt>
          <dd className={evidence === true ? 'cb-mono cb-select' : 'cb-select'}>
            <EvidenceText text={value} />
          </dd>
        </div>
      ),
    )}
  </dl>
);

export const PropertiesDialog = ({ of: { table, evidence }, onClose }: { of: PropertiesOf; onClose(): void }): ReactElement => {
  const time = useTime();
  const long = (us: number | null): string | null => (us === null ? null : time.format(us, 'long'));
  return (
    <Dialog title={table?.name ?? evidence?.name ?? 'Properties'} width={620} onClose={onClose}>
      <div className="cb-form">
        {table !== undefined && (
          <Facts
            rows={[
              ['Rows', `${formatCount(table.rows)} good + ${formatCount(table.rejected)} rejected = ${formatCount(table.rows + table.rejected)}`],
              ['Columns', formatCount(table.columns.length)],
              ['Time column', table.timeColumn ?? 'none'],
              ['First event', long(table.fromUs)],
              ['Last event', long(table.toUs)],
              ['Entry', table.entry, true],
              ['Stored as', `${formatBytes(table.sizeBytes)}, made ${time.format(table.createdUs, 'dateMinute')}`],
              ['SHA-256 of the table', table.sha256, true],
            ]}
          />
        )}
        {table !== undefined && table.warnings.length > 0 && (
          <ul className="cb-warnings">
            {table.warnings.map((w) => (
              <li key={w}>{w}</li>
            ))}
          </ul>
        )}
        {evidence !== undefined && (
          <>
            {table !== undefined && <b className="cb-w6">Source</b>}
            <Facts
              rows={[
                ['File', evidence.name, true],
                ['Folder', evidence.folder, true],
                ['Size', formatBytes(evidence.sizeBytes)],
                ['Changed', long(evidence.modifiedUs)],
                ['Imported', `${time.format(evidence.importedUs, 'dateMinute')}, as ${evidence.importer}`],
                ['Original', evidence.copied ? 'copied into the case' : 'stays where it was; path and SHA-256 are kept'],
                ['SHA-256', evidence.sha256, true],
              ]}
            />
          </>
        )}
        <div className="cb-form-foot">
          <Button kind="ghost" onClick={() => copyText(evidence?.sha256 ?? table?.sha256 ?? '')}>
            Copy SHA-256
          </Button>
          <Button kind="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
