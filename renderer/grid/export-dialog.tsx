/** Export of the filtered view to a file: format, columns, safety for spreadsheets. The job's end says what was written and its SHA-256. */
import { useState, type ReactElement } from 'react';
import { exportFormats, type EngineInput } from '../../main/contract/index.ts';
import { formatBytes, formatCount, plural } from '../../main/shared/format.ts';
import { engine, shell } from '../engine/bridge.ts';
import { useTable } from '../state/case-store.ts';
import { queryOf, useTableView } from '../state/table-views.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckBox, Segments } from '../ui/toggle.tsx';
import { arrangeColumns } from './columns.ts';
import { closeExport, useExport } from './export-state.ts';
import { useGridFacts } from './grid-facts.ts';

type Format = EngineInput<'table.export'>['format'];
const labels: Record<Format, string> = { csv: 'CSV', tsv: 'TSV', jsonl: 'JSON lines', parquet: 'Parquet' };

export const ExportDialog = (): ReactElement | null => {
  const tableId = useExport((s) => s.tableId);
  const table = useTable(tableId);
  const view = useTableView(tableId ?? '');
  const counts = useGridFacts((s) => s.counts[tableId ?? '']);
  const [format, setFormat] = useState<Format>('csv');
  const [columns, setColumns] = useState<'visible' | 'all'>('visible');
  const [neutralise, setNeutralise] = useState(true);
  const [defang, setDefang] = useState(false);
  if (table === null) return null;
  const shown = arrangeColumns(table, view.columns).filter((c) => !c.layout.hidden);
  const isText = format === 'csv' || format === 'tsv';

  const run = async (): Promise<void> => {
    try {
      const { file } = await shell('shell.pickSave', { suggestedName: `${table.name}.${format}`, extension: format });
      if (file === null) return;
      closeExport();
      const job = await engine.start('table.export', {
        view: queryOf(table, view),
        columns: columns === 'all' ? null : shown.map((c) => c.info.name),
        format,
        saveHandle: file.handle,
        neutraliseFormulas: neutralise,
        defang,
      });
      const done = await job.finished;
      notify(`Wrote ${plural(done.rows, 'row')} to ${done.fileName}, ${formatBytes(done.bytes)}. SHA-256 ${done.sha256.slice(0, 12)}…`, {
        label: 'Copy SHA-256',
        run: () => void shell('shell.copyText', { text: done.sha256 }),
      });
    } catch (thrown) {
      notifyError(thrown);
    }
  };

  return (
    <Dialog
      title={`Export ${table.name}`}
      width={460}
      onClose={closeExport}
      foot={
        <>
          <span className="cb-t3">{formatCount(counts?.matched ?? table.rows)} of {plural(counts?.of ?? table.rows, 'row')}</span>
          <span className="cb-sp" />
          <Button kind="ghost" onClick={closeExport}>Cancel</Button>
          <Button kind="primary" onClick={() => void run()}>Choose file…</Button>
        </>
      }
    >
      <div className="cb-export">
        <span className="cb-label">Format</span>
        <Segments<Format> label="Format" value={format} onChange={setFormat} options={exportFormats.map((value) => ({ value, label: labels[value] }))} />
        <span className="cb-label">Columns</span>
        <Segments<'visible' | 'all'>
          label="Columns"
          value={columns}
          onChange={setColumns}
          options={[
            { value: 'visible', label: `Visible (${shown.length})` },
            { value: 'all', label: `All (${table.columns.length})` },
          ]}
        />
        {isText && (
          <CheckBox checked={neutralise} onChange={setNeutralise}>
            Make text that starts with = + − @ harmless to spreadsheets
          </CheckBox>
        )}
        <CheckBox checked={defang} onChange={setDefang}>
          Defang addresses, domains and URLs
        </CheckBox>
        <p className="cb-t3 cb-f11">
          {isText
            ? 'Such text gets a leading apostrophe, numbers stay as they are. Times are written as ISO 8601 in UTC.'
            : 'Values are written with their types. Times are in UTC.'}
        </p>
      </div>
    </Dialog>
  );
};
