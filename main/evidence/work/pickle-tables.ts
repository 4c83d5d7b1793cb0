/**
 * Tables of a pickle written as CSV for DuckDB, with their types beside: nothing is guessed, pandas said what they are. The pickle
 * is read by main/pickle, which runs nothing. Runs in the worker.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CasebenchError, type ErrorCode } from '../../contract/index.ts';
import { planColumns, type ColumnPlan, type PlanOptions } from '../build/plan.ts';
import { PickleError, readPickle, type PickleColumn, type PickleTable } from '../../pickle/index.ts';
import type { RawBase, RawColumn } from '../types.ts';
import { createTextWriter } from './text-writer.ts';

export type WrittenPickle = {
  part: string;
  path: string;
  /** Columns in the CSV: one a column, and one more after all for each that keeps a text. */
  columns: RawColumn[];
  bases: RawBase[];
  /** Position in the CSV of the text kept for a column, or null. */
  originals: (number | null)[];
  width: number;
  longest: number;
  plan: ColumnPlan[];
  warnings: string[];
};

const codes: Record<PickleError['code'], ErrorCode> = {
  'pickle.refused': 'import.refused',
  'pickle.malformed': 'import.malformed',
  'pickle.limit': 'limit',
  'pickle.unsupported': 'import.unsupported',
};

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** One cell as CSV; '' is null, `""` an empty text. */
const cellOf = (column: PickleColumn): ((row: number) => string) => {
  if (column.type === 'string' || column.type === 'dynamic') {
    const { values } = column;
    return (row) => {
      const value = values[row] ?? null;
      return value === null ? '' : quoted(value);
    };
  }
  const { values, nulls } = column;
  const isFloat = column.type === 'float';
  const isBool = column.type === 'bool';
  return (row) => {
    if (nulls?.[row] === 1) return '';
    const value = values[row] ?? 0;
    if (isBool) return value ? 'true' : 'false';
    if (isFloat) return Number.isNaN(value) ? '' : String(value);
    return String(value);
  };
};

/** So that string columns may be looked at again when nothing else could be the time of the table. */
const samplesOf = (column: PickleColumn): string[] => {
  if (column.type !== 'string') return [];
  const samples: string[] = [];
  for (let row = 0; row < column.values.length && samples.length < 400; row += 1) {
    const value = column.values[row] ?? null;
    if (value !== null && value !== '') samples.push(value);
  }
  return samples;
};

const writeTable = (table: PickleTable, path: string, planOptions: PlanOptions): WrittenPickle => {
  const hasTime = table.columns.some((column) => column.type === 'datetime');
  const columns = table.columns.map((column): RawColumn => ({
    name: column.name, base: column.type, samples: hasTime ? [] : samplesOf(column), role: null,
    declared: column.type === 'string' && hasTime ? 'string' : column.type === 'string' ? null : column.type,
  }));
  let width = table.columns.length;
  const originals = table.columns.map((column) => {
    if (column.type !== 'datetime' || column.original === null) return null;
    width += 1;
    return width - 1;
  });
  columns.forEach((column, i) => {
    const at = originals[i];
    if (at !== null && at !== undefined) column.original = `c${at}`;
  });
  const cells = [
    ...table.columns.map(cellOf),
    ...table.columns.flatMap((column) => (column.type === 'datetime' && column.original !== null ? [cellOf({ name: '', type: 'string', values: column.original })] : [])),
  ];
  const out = createTextWriter(path);
  let longest = 0;
  try {
    for (let row = 0; row < table.rows; row += 1) {
      const line = cells.map((cell) => cell(row)).join(',').toWellFormed();
      if (line.length > longest) longest = line.length;
      // a lone null would be a blank line
      out.write(width === 1 && line === '' ? '\n' : `${line}\n`);
    }
  } finally {
    out.close();
  }
  return { part: table.name ?? '', path, columns, bases: table.columns.map((column) => column.type), originals, width, longest, plan: planColumns(columns, planOptions), warnings: table.warnings };
};

export const pickleTables = ({ path, outDir, planOptions }: { path: string; outDir: string; planOptions: PlanOptions }): WrittenPickle[] => {
  try {
    return readPickle(readFileSync(path)).map((table, i) => writeTable(table, join(outDir, `frame-${i}.csv`), planOptions));
  } catch (thrown) {
    if (thrown instanceof PickleError) throw new CasebenchError(codes[thrown.code], thrown.message);
    throw thrown;
  }
};
