/** The right side of the import preview: one file or entry with settings, first rows and the rows that can't be read. */
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { useCallback, useState, type ReactElement } from 'react';
import type { ImportOptions, PreviewItem } from '../../main/contract/index.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { useTime } from '../state/use-time.ts';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon } from '../ui/icon.tsx';
import { Segments } from '../ui/toggle.tsx';
import { ImportSettings } from './import-settings.tsx';
import { PreviewTable } from './preview-table.tsx';

const Rejects = ({ item }: { item: PreviewItem }): ReactElement => {
  const [open, setOpen] = useState<number | null>(null);
  const good = item.totalRows;
  return (
    <section className="cb-rejects" aria-label="Rows that can’t be read">
      <div className="cb-rejects-head">
        <span className="cb-warn">
          <Icon of={IconAlertTriangle} size={16} />
        </span>
        <b className="cb-w5">{item.rejected === 1 ? '1 row can’t be read and is kept aside' : `${plural(item.rejected, 'row')} can’t be read and are kept aside`}</b>
        <span className="cb-t2 cb-f12 cb-num">
          {item.totalExact
            ? `${formatCount(good)} good + ${formatCount(item.rejected)} rejected = ${formatCount(good + item.rejected)} in the file`
            : `seen so far; all are counted at import`}
        </span>
      </div>
      <div className="cb-rejects-list">
        {item.rejects.map((r, i) => (
          <button key={`${r.line}-${i}`} type="button" className="cb-reject cb-inset" aria-expanded={open === i} onClick={() => setOpen(open === i ? null : i)}>
            <span className="cb-num cb-t2">line {formatCount(r.line)}</span>
            <span className="cb-el">
              {r.reason}
              {r.alike > 1 && `, ${plural(r.alike, 'row')} like this`}
            </span>
            <span className={open === i ? 'cb-mono cb-t2 cb-reject-full cb-select' : 'cb-mono cb-t2 cb-el'}>
              <EvidenceText text={r.text} />
            </span>
          </button>
        ))}
      </div>
    </section>
  );
};

export const PreviewItemView = ({ item, loading, onChange }: { item: PreviewItem; loading: boolean; onChange(patch: ImportOptions): void }): ReactElement => {
  const [written, setWritten] = useState(false);
  const [shown, setShown] = useState(0);
  const time = useTime();
  const onShown = useCallback((columns: number) => setShown(columns), []);
  return (
    <div className="cb-import-item">
      <div className={loading ? 'cb-progress cb-progress-on' : 'cb-progress'} role="presentation" />
      <div className="cb-import-name">
        <b className="cb-mono cb-el">
          <EvidenceText text={item.label} />
        </b>
        {item.recognisedAs !== null && <span className="cb-badge cb-badge-acc">recognised as {item.recognisedAs}</span>}
        {item.recognisedAs !== null && (
          <span className="cb-t3 cb-f12 cb-num">
            {formatCount(item.matchedColumns)} of {plural(item.columns.length, 'column')} match
          </span>
        )}
        <span className="cb-sp" />
        {item.rememberedUs !== null && (
          <span className="cb-row cb-t2 cb-f12">
            <Icon of={IconHistory} /> Settings remembered from {time.format(item.rememberedUs, 'day')}
          </span>
        )}
      </div>
      {item.error !== null ? (
        <div className="cb-import-error" role="alert">
          <Icon of={IconAlertTriangle} size={16} />
          <div>
            <p>{item.error.message}</p>
            {item.error.detail !== undefined && <code className="cb-select">{item.error.detail}</code>}
          </div>
        </div>
      ) : null}
      <ImportSettings item={item} onChange={onChange} />
      {item.columns.length > 0 && (
        <>
          <div className="cb-import-rows">
            <b className="cb-w6">First {plural(item.rows, 'row')}</b>
            <span className="cb-t3 cb-f12 cb-num">
              {plural(item.columns.length, 'column')}, {formatCount(shown)} in view, click a type to change it
            </span>
            <span className="cb-sp" />
            <Segments
              label="How rows are shown"
              value={written ? 'written' : 'parsed'}
              options={[
                { value: 'parsed', label: 'Parsed' },
                { value: 'written', label: 'As written' },
              ]}
              onChange={(v) => setWritten(v === 'written')}
            />
          </div>
          <PreviewTable item={item} written={written} onChange={onChange} onShown={onShown} />
        </>
      )}
      {item.warnings.map((w) => (
        <p key={w} className="cb-import-warning">
          {w}
        </p>
      ))}
      {item.rejected > 0 && <Rejects item={item} />}
    </div>
  );
};
