/**
 * Writes a settled table, and its rejected rows, as Parquet files into the temporary folder, in the layout main/case/types.ts
 * promises. Moving them into the case is the caller's, once everything of the evidence file stands.
 */
import { join } from 'node:path';
import { ridColumn, type StoredColumn } from '../../case/types.ts';
import { originalNames, physicalNames } from '../names.ts';
import { sqlName, sqlText } from '../text-kinds.ts';
import type { Duck } from '../duck.ts';
import type { Settled } from './settle.ts';

export type WrittenTable = {
  /** In the temporary folder. */
  path: string;
  columns: StoredColumn[];
};

const parquet = 'FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2';

export const storedColumns = (settled: Pick<Settled, 'plan'>): StoredColumn[] => {
  const names = physicalNames(settled.plan.map((column) => column.name));
  const originals = originalNames(names, settled.plan.map((column) => column.original !== null));
  return settled.plan.map((column, i) => {
    const original = originals[i] ?? null;
    return { name: column.name, type: column.type, role: column.role, hasOriginal: original !== null, physical: names[i] ?? column.name, originalPhysical: original };
  });
};

export const writeTable = async (duck: Duck, settled: Settled, tempDir: string, fileName: string, onProgress?: (share: number) => void): Promise<WrittenTable> => {
  const columns = storedColumns(settled);
  const selected = columns.flatMap((column, i) => [
    `v${i} AS ${sqlName(column.physical)}`,
    ...(column.originalPhysical === null ? [] : [`o${i} AS ${sqlName(column.originalPhysical)}`]),
  ]);
  const path = join(tempDir, fileName);
  await duck.run(`COPY (SELECT rowid AS ${sqlName(ridColumn)}, ${selected.join(', ')} FROM ${settled.table}) TO ${sqlText(path)} (${parquet})`, onProgress);
  return { path, columns };
};

export const rejectColumns: StoredColumn[] = [
  { name: 'line', type: 'int', role: null, hasOriginal: false, physical: 'line', originalPhysical: null },
  { name: 'reason', type: 'string', role: null, hasOriginal: false, physical: 'reason', originalPhysical: null },
  { name: 'text', type: 'string', role: null, hasOriginal: false, physical: 'text', originalPhysical: null },
];

export const writeRejects = async (duck: Duck, tempDir: string, fileName: string): Promise<WrittenTable> => {
  const path = join(tempDir, fileName);
  await duck.run('CREATE TABLE rejects_in_order AS SELECT * FROM rejects ORDER BY line');
  await duck.run(`COPY (SELECT rowid AS ${sqlName(ridColumn)}, line, reason, text FROM rejects_in_order) TO ${sqlText(path)} (${parquet})`);
  return { path, columns: rejectColumns };
};
