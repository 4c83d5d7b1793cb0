/** What can be done with the value in focus, as the pivot menu lists it. Only what works now; each entry says what it costs. */
import {
  IconBookmark, IconClock, IconCopy, IconMinus, IconNote, IconPlus, IconStar, IconTable, IconTag,
} from '@tabler/icons-react';
import { engine } from '../engine/bridge.ts';
import { formatCount } from '../../main/shared/format.ts';
import type { Filter, Scalar, TableInfo } from '../../main/contract/index.ts';
import { rangeAroundSelection } from '../shell/around-selection.ts';
import { putOnBoard } from '../shell/board.ts';
import { openView } from '../shell/view-registry.ts';
import { useCase } from '../state/case-store.ts';
import { changeTableView, loadTableView, tableViewOf } from '../state/table-views.ts';
import type { IconComponent } from '../ui/icon.tsx';
import { copyRows, copyText } from './copy-actions.ts';
import { keepOnly, toggleLeftOut } from './filter-edit.ts';
import { toggleStar } from './mark-actions.ts';
import { openGridPopover } from './mark-popovers.ts';

export type PivotEntry = { id: string; group: 'This table' | 'This case' | 'Row' | 'Copy'; label: string; icon: IconComponent; keys?: string; badge?: string; run(): void };
export type PivotSubject = { table: TableInfo; rowId: number; column: string; value: Scalar; text: string };
export type TableHit = { table: TableInfo; rows: number };

/** The value anywhere in a table. Null and very short values would match everything, so they are not looked for. */
export const isSearchable = (value: Scalar): boolean => value !== null && String(value).length >= 3;
const anywhere = (value: Scalar): Filter => ({ op: 'anyContains', text: String(value) });

/** Rows with the value in every table of the case. */
export const hitsInCase = async (value: Scalar): Promise<TableHit[]> => {
  const tables = (useCase.getState().info?.tables ?? []).filter((t) => t.kind !== 'rejects');
  const counted = await Promise.all(
    tables.map(async (table) => ({ table, rows: (await engine.call('table.count', { view: { tableId: table.id, filters: [anywhere(value)] } })).matched })),
  );
  return counted.filter((hit) => hit.rows > 0);
};

const openHit = async (hit: TableHit, value: Scalar): Promise<void> => {
  await loadTableView(hit.table.id);
  changeTableView(hit.table.id, { filters: [anywhere(value)], search: '' });
  openView('grid', { tableId: hit.table.id });
};

export const pivotEntries = (subject: PivotSubject, hits: readonly TableHit[] | undefined): PivotEntry[] => {
  const { table, column, value, text, rowId } = subject;
  const { filters } = tableViewOf(table.id);
  // evidence text as it is, not as it is shown
  const written = value === null ? '' : typeof value === 'string' ? value : text;
  const entries: PivotEntry[] = [
    { id: 'keep', group: 'This table', label: 'Keep only this value', icon: IconPlus, keys: 'F', run: () => changeTableView(table.id, { filters: keepOnly(filters, column, value) }) },
    { id: 'out', group: 'This table', label: 'Leave this value out', icon: IconMinus, keys: 'Shift+F', run: () => changeTableView(table.id, { filters: toggleLeftOut(filters, column, value) }) },
  ];
  if (table.timeColumn !== null) {
    entries.push({ id: 'around', group: 'This table', label: 'Events ± 5 min around this row', icon: IconClock, keys: 'Ctrl+Shift+T', run: () => void rangeAroundSelection() });
  }
  for (const hit of hits ?? []) {
    entries.push({ id: `case:${hit.table.id}`, group: 'This case', label: `Rows in ${hit.table.name}`, icon: IconTable, badge: `${formatCount(hit.rows)} rows`, run: () => void openHit(hit, value) });
  }
  entries.push({ id: 'board', group: 'This case', label: 'Put on the case board', icon: IconBookmark, keys: 'B', run: () => void putOnBoard({ kind: 'value', payload: { tableId: table.id, column, value } }, text) });
  entries.push(
    { id: 'star', group: 'Row', label: 'Star', icon: IconStar, keys: 'S', run: () => void toggleStar() },
    { id: 'tag', group: 'Row', label: 'Tag…', icon: IconTag, keys: 'T', run: () => openGridPopover({ kind: 'tag', tableId: table.id }) },
    { id: 'note', group: 'Row', label: 'Note…', icon: IconNote, keys: 'N', run: () => openGridPopover({ kind: 'note', tableId: table.id, rowId }) },
    { id: 'copyValue', group: 'Copy', label: 'Copy value, defanged', icon: IconCopy, run: () => void copyText(written, { defang: true }) },
    { id: 'copyRaw', group: 'Copy', label: 'Copy value as written', icon: IconCopy, run: () => void copyText(written, { defang: false }) },
    { id: 'copyRows', group: 'Copy', label: 'Copy rows, defanged', icon: IconCopy, keys: 'Ctrl+C', run: () => void copyRows({ defang: true }) },
    { id: 'copyJson', group: 'Copy', label: 'Copy rows as JSON', icon: IconCopy, run: () => void copyRows({ defang: true, format: 'json' }) },
    { id: 'copyCsv', group: 'Copy', label: 'Copy rows as CSV', icon: IconCopy, run: () => void copyRows({ defang: true, format: 'csv' }) },
  );
  return entries;
};
