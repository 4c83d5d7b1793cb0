/** A small table as views know it. */
import type { ColumnType, TableInfo } from '../../../../main/contract/index.ts';

export const tableOf = (columns: Record<string, ColumnType>, more: Partial<TableInfo> = {}): TableInfo => ({
  id: 't1', name: 'SecurityEvent', kind: 'evidence', rows: 100, rejected: 0,
  columns: Object.entries(columns).map(([name, type]) => ({ name, type, hasOriginal: false, role: null })),
  timeColumn: null, fromUs: null, toUs: null, evidenceId: null, entry: '', rejectsTableId: null, truncated: null, warnings: [], sha256: 'a', sizeBytes: 1, createdUs: 0,
  ...more,
});
