/**
 * Brings a settled table, and its rejected rows, into Parquet files in the temporary folder, in the layout main/case/types.ts
 * promises. Moving them into the case is the caller's, once everything of the evidence file stands.
 */
import { join } from 'node:path';
import { ridColumn, type StoredColumn } from '../../case/types.ts';
import { sqlName, sqlText } from '../text-kinds.ts';
import type { Duck } from '../duck.ts';
import type { Settled } from './settle.ts';
import { flagCount, parquetOptions, storedColumns } from './stage.ts';

export type WrittenTable = {
  /** In the temporary folder. */
  path: string;
  columns: StoredColumn[];
};

export type WriteOptions = {
  tempDir: string;
  addRowIds(path: string, dropLast: number): Promise<{ rows: number }>;
  onProgress?: ((share: number) => void) | undefined;
};

export const writeTable = async (duck: Duck, settled: Settled, options: WriteOptions): Promise<WrittenTable> => {
  const columns = storedColumns(settled.plan);
  if (settled.file !== null) {
    const { rows } = await options.addRowIds(settled.file, flagCount(settled.plan));
    if (rows !== settled.rows) throw new Error(`${rows} rows were written, ${settled.rows} were read`);
    return { path: settled.file, columns };
  }
  const selected = columns.flatMap((column, i) => [
    `v${i} AS ${sqlName(column.physical)}`,
    ...(column.originalPhysical === null ? [] : [`o${i} AS ${sqlName(column.originalPhysical)}`]),
  ]);
  const path = join(options.tempDir, 'table.parquet');
  await duck.run(`COPY (SELECT n AS ${sqlName(ridColumn)}, ${selected.join(', ')} FROM ${settled.view}) TO ${sqlText(path)} (${parquetOptions})`, options.onProgress);
  return { path, columns };
};

export const rejectColumns: StoredColumn[] = [
  { name: 'line', type: 'int', role: null, hasOriginal: false, physical: 'line', originalPhysical: null },
  { name: 'reason', type: 'string', role: null, hasOriginal: false, physical: 'reason', originalPhysical: null },
  { name: 'text', type: 'string', role: null, hasOriginal: false, physical: 'text', originalPhysical: null },
];

export const writeRejects = async (duck: Duck, tempDir: string): Promise<WrittenTable> => {
  const path = join(tempDir, 'rejects.parquet');
  await duck.run('CREATE TABLE rejects_in_order AS SELECT * FROM rejects ORDER BY line');
  await duck.run(`COPY (SELECT rowid AS ${sqlName(ridColumn)}, line, reason, text FROM rejects_in_order) TO ${sqlText(path)} (${parquetOptions})`);
  return { path, columns: rejectColumns };
};
