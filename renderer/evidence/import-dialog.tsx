/** The import preview: files at the left with their state, the chosen one at the right, totals and the start of the job below. */
import { IconAlertTriangle, IconFile, IconFileText, IconFileTypeZip, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, ReactElement } from 'react';
import { formatBytes, formatCount, plural } from '../../main/shared/format.ts';
import { useCase } from '../state/case-store.ts';
import { CaseNameFields } from '../shell/case-name-form.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { CheckBox, Toggle } from '../ui/toggle.tsx';
import { changeOptions, closeImport, includedItems, leaveOut, removeFile, roundedRows, startImport, totalsOf, useImport, type ImportFile } from './import-flow.ts';
import { PreviewItemView } from './preview-item.tsx';
import './import.css';

const iconOf = (f: ImportFile): IconComponent => {
  const items = f.preview?.items ?? [];
  if (items.length > 1 || /\.(zip|gz|tar|tgz|bz2|xz|zst)$/i.test(f.file.name)) return IconFileTypeZip;
  return items[0] !== undefined && ['csv', 'json', 'jsonl', 'text'].includes(items[0].format) ? IconFileText : IconFile;
};

const StateBadge = ({ file }: { file: ImportFile }): ReactElement => {
  const items = includedItems(file);
  const rejected = items.reduce((sum, i) => sum + i.rejected, 0);
  if (file.loading && file.preview === null) return <span className="cb-badge">reading</span>;
  if (file.error !== null || items.length === 0) return <span className="cb-badge cb-badge-err">{file.error === null && file.preview !== null && file.left.size > 0 ? 'left out' : 'can’t be read'}</span>;
  if (rejected > 0) return <span className="cb-badge cb-badge-warn cb-num">{formatCount(rejected)} rejected</span>;
  return <span className="cb-badge cb-badge-ok">ready</span>;
};

const FileRow = ({ file, active }: { file: ImportFile; active: { handle: string; itemId: string } | null }): ReactElement => {
  const { handle, name } = file.file;
  const items = file.preview?.items ?? [];
  const size = file.preview?.sizeBytes ?? file.file.sizeBytes;
  const on = active?.handle === handle;
  const show = (itemId: string): void => useImport.setState({ active: { handle, itemId } });
  return (
    <li>
      <div className={on ? 'cb-import-file cb-import-file-on' : 'cb-import-file'}>
        <button type="button" className="cb-import-file-button cb-inset" aria-current={on} onClick={() => show(items[0]?.itemId ?? '')}>
          <span className="cb-t3">
            <Icon of={iconOf(file)} size={15} />
          </span>
          <span className="cb-mono cb-el" title={name}>
            <EvidenceText text={name} />
          </span>
          <span />
          <span className="cb-row cb-f11">
            <span className="cb-t3 cb-num">
              {size === null ? '' : formatBytes(size)}
              {items.length > 1 && `, ${plural(items.length, 'table')}`}
            </span>
            <span className="cb-sp" />
            <StateBadge file={file} />
          </span>
        </button>
        <IconButton size="small" iconSize={12} icon={IconX} label={`Leave out ${name}`} onClick={() => removeFile(handle)} />
      </div>
      {on && items.length > 1 && (
        <ul className="cb-import-entries">
          {items.map((item) => (
            <li key={item.itemId} className={active.itemId === item.itemId ? 'cb-import-entry cb-import-entry-on' : 'cb-import-entry'}>
              <CheckBox checked={!file.left.has(item.itemId) && item.error === null} disabled={item.error !== null} onChange={(checked) => leaveOut(handle, item.itemId, !checked)}>
                <span className="cb-hidden">Import {item.label}</span>
              </CheckBox>
              <button type="button" className="cb-mono cb-el cb-inset" title={item.label} onClick={() => show(item.itemId)}>
                <EvidenceText text={item.label} />
              </button>
              {item.error !== null && (
                <span className="cb-err">
                  <Icon of={IconAlertTriangle} size={13} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

const Chosen = ({ file, itemId }: { file: ImportFile; itemId: string }): ReactElement => {
  const item = file.preview?.items.find((i) => i.itemId === itemId) ?? file.preview?.items[0];
  if (file.error !== null) {
    return (
      <div className="cb-empty">
        <Icon of={IconAlertTriangle} size={36} stroke={1.3} />
        <span className="cb-empty-title">{file.file.name} can’t be read</span>
        <p className="cb-import-why">{file.error.message}</p>
        {file.error.detail !== undefined && <code className="cb-t3 cb-select">{file.error.detail}</code>}
        <Button onClick={() => removeFile(file.file.handle)}>Leave this file out</Button>
      </div>
    );
  }
  if (item === undefined) {
    return (
      <div className="cb-empty" aria-busy={file.loading}>
        {file.loading ? <p>Reading the beginning of {file.file.name}</p> : <p>{file.file.name} holds nothing that can become a table.</p>}
      </div>
    );
  }
  return <PreviewItemView key={item.itemId} item={item} loading={file.loading} onChange={(patch) => changeOptions(file.file.handle, item.itemId, patch)} />;
};

export const ImportDialog = (): ReactElement | null => {
  const { open, files, active, copyOriginals, remember, newCase, problem } = useImport();
  const inCase = useCase((s) => s.info != null);
  if (!open) return null;
  const totals = totalsOf(files);
  const bytes = files.reduce((sum, f) => sum + (f.preview?.sizeBytes ?? f.file.sizeBytes ?? 0), 0);
  const current = files.find((f) => f.file.handle === active?.handle) ?? files[0];
  const can = totals.tables > 0 && !totals.loading && (inCase || newCase.name.trim() !== '');
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || !can) return;
    e.preventDefault();
    void startImport();
  };
  return (
    <Dialog
      title={
        <span className="cb-row">
          Import preview
          <span className="cb-t2 cb-f12 cb-num cb-import-sum">
            {plural(files.length, 'file')}
            {bytes > 0 && `, ${formatBytes(bytes)}`}
          </span>
        </span>
      }
      width={1280}
      height="min(856px, 96dvh)"
      className="cb-import"
      onClose={closeImport}
      foot={
        <>
          <CheckBox checked={remember} onChange={(next) => useImport.setState({ remember: next })}>
            Remember for files with these columns
          </CheckBox>
          <span className="cb-sp" />
          <span className="cb-t2 cb-f12 cb-num" role="status">
            {totals.loading ? 'reading' : totals.tables === 0 ? 'nothing to import' : `${plural(totals.tables, 'table')}, ${totals.exact ? plural(totals.rows, 'row') : `about ${plural(roundedRows(totals.rows), 'row')}`}`}
          </span>
          <Button kind="ghost" size="large" onClick={closeImport}>
            Cancel
          </Button>
          <Button kind="primary" size="large" disabled={!can} onClick={() => void startImport()}>
            Import {plural(totals.files, 'file')} <Keys of="Ctrl+Enter" />
          </Button>
        </>
      }
    >
      <div className="cb-import-body" onKeyDown={onKeyDown} role="presentation">
        <div className="cb-import-side">
          <ul className="cb-import-files" aria-label="Files">
            {files.map((f) => (
              <FileRow key={f.file.handle} file={f} active={active} />
            ))}
          </ul>
          <div className="cb-import-copy">
            <Toggle checked={copyOriginals} onChange={(next) => useImport.setState({ copyOriginals: next })}>
              Copy originals into the case
            </Toggle>
            <p className="cb-t3 cb-f11">Off keeps the path and SHA-256 only.</p>
          </div>
        </div>
        <div className="cb-import-main">
          {!inCase && (
            <div className="cb-import-case">
              <CaseNameFields value={newCase} onChange={(next) => useImport.setState({ newCase: next, problem: null })} problem={problem} />
            </div>
          )}
          {inCase && problem !== null && (
            <div className="cb-panel-error" role="alert">
              <Icon of={IconAlertTriangle} />
              <span>{problem}</span>
            </div>
          )}
          {current !== undefined && <Chosen file={current} itemId={active?.itemId ?? ''} />}
        </div>
      </div>
    </Dialog>
  );
};
