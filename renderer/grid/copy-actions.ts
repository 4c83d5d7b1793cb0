/** Copying rows or one cell: defanged unless raw is asked for, and the toast says which. */
import type { EngineInput } from '../../main/contract/index.ts';
import { defang } from '../../main/shared/defang.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { engine, shell } from '../engine/bridge.ts';
import { currentTable } from '../state/case-store.ts';
import { tableViewOf } from '../state/table-views.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { arrangeColumns } from './columns.ts';
import { targetRows } from './target-rows.ts';

type CopyFormat = NonNullable<EngineInput<'table.copy'>['format']>;

export const copyRows = async (options: { defang: boolean; format?: CopyFormat }): Promise<void> => {
  const target = targetRows();
  const table = target === null ? null : currentTable(target.tableId);
  if (target === null || table === null) return;
  try {
    const columns = arrangeColumns(table, tableViewOf(table.id).columns).filter((c) => !c.layout.hidden).map((c) => c.info.name);
    const { text, rows, cut } = await engine.call('table.copy', { rows: target.rows, columns, format: options.format ?? 'tsv', defang: options.defang });
    await shell('shell.copyText', { text });
    notify(`Copied ${plural(rows, 'row')}${cut ? ` of ${formatCount(target.count)}; export copies all` : ''}, ${options.defang ? 'indicators defanged' : 'as written'}.`);
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const copyText = async (text: string, options: { defang: boolean }): Promise<void> => {
  try {
    await shell('shell.copyText', { text: options.defang ? defang(text) : text });
    notify(options.defang ? 'Copied, indicators defanged.' : 'Copied as written.');
  } catch (thrown) {
    notifyError(thrown);
  }
};
