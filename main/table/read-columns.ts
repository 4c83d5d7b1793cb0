/**
 * Table columns out of DuckDB and into the contract's shapes: what to select so that a value crosses exactly, and typed arrays or
 * texts made of the chunks that come back. Hot path: no objects per row.
 * Times beyond ±2^53 µs (years before 1684, after 2255) cross in steps of 64 µs, cut, so that 9999-12-31 stays in its year.
 */
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { StoredColumn } from '../case/types.ts';
import type { ColumnData, ColumnType, Scalar } from '../contract/index.ts';
import { cutText } from '../shared/text.ts';
import { sqlColumn } from './column-of.ts';
import { nameQuoted } from './quote.ts';
import { bigintItems, hasNoNulls, nullTest, numberItems } from './vector-items.ts';

/** A value so that `readColumn` can take it. With `maxChars`, texts come one character longer than that at most. */
export const selectedAs = (type: ColumnType, expression: string, maxChars: number | null): string => {
  switch (type) {
    case 'string':
    case 'dynamic':
      return maxChars === null ? expression : `left(${expression}, ${maxChars + 1})`;
    case 'int':
    case 'timespan':
      return `CAST(${expression} AS BIGINT)`;
    case 'float':
      return `CAST(${expression} AS DOUBLE)`;
    case 'bool':
      return `CAST(${expression} AS UTINYINT)`;
    case 'datetime':
      return `epoch_us(${expression})`;
  }
};

export const selected = (column: StoredColumn, maxChars: number | null): string => selectedAs(column.type, sqlColumn(column), maxChars);

/** The text as written, or null where the column keeps none. */
export const selectedOriginal = (column: StoredColumn): string => (column.originalPhysical === null ? 'CAST(NULL AS VARCHAR)' : nameQuoted(column.originalPhysical));

const wideStepUs = 64n;

const exact = (value: bigint): boolean => value <= 9_007_199_254_740_991n && value >= -9_007_199_254_740_991n;

/** Microseconds as a number; see the head of this file for what lies beyond 2^53. */
export const microsOf = (value: bigint): number => Number(exact(value) ? value : (value / wideStepUs) * wideStepUs);

export const rowCountOf = (chunks: readonly DuckDBDataChunk[]): number => chunks.reduce((sum, c) => sum + c.rowCount, 0);

const wholeTypes: readonly ColumnType[] = ['int', 'timespan', 'datetime'];

/** Null flags of one column, made when the first null is met. */
const nullsOf = (chunks: readonly DuckDBDataChunk[], index: number, rows: number): Uint8Array<ArrayBuffer> | null => {
  let nulls: Uint8Array<ArrayBuffer> | null = null;
  let at = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(index);
    const { rowCount } = chunk;
    if (!hasNoNulls(vector)) {
      const isNull = nullTest(vector);
      for (let i = 0; i < rowCount; i += 1) {
        if (!isNull(i)) continue;
        nulls ??= new Uint8Array(rows);
        nulls[at + i] = 1;
      }
    }
    at += rowCount;
  }
  return nulls;
};

/** A column of whole numbers; one int beyond ±2^53 makes all of them decimal texts. */
const readWhole = (chunks: readonly DuckDBDataChunk[], index: number, rows: number, name: string, type: ColumnType): ColumnData => {
  const nulls = nullsOf(chunks, index, rows);
  const values = new Float64Array(rows);
  let wide = false;
  let at = 0;
  for (const chunk of chunks) {
    const items = bigintItems(chunk.getColumnVector(index), chunk.rowCount);
    for (const value of items) {
      if (nulls?.[at] !== 1) {
        if (!exact(value)) wide = true;
        values[at] = type === 'datetime' ? microsOf(value) : Number(value);
      }
      at += 1;
    }
  }
  if (type !== 'int' || !wide) return { kind: 'number', name, type, values, nulls };
  const texts = chunks.flatMap((chunk) => Array.from(bigintItems(chunk.getColumnVector(index), chunk.rowCount), String));
  return { kind: 'text', name, type, values: texts.map((t, i) => (nulls?.[i] === 1 ? null : t)), cut: null };
};

const readNumbers = (chunks: readonly DuckDBDataChunk[], index: number, rows: number, name: string, type: ColumnType): ColumnData => {
  if (wholeTypes.includes(type)) return readWhole(chunks, index, rows, name, type);
  const values = new Float64Array(rows);
  let at = 0;
  for (const chunk of chunks) {
    values.set(numberItems(chunk.getColumnVector(index), chunk.rowCount), at);
    at += chunk.rowCount;
  }
  const nulls = nullsOf(chunks, index, rows);
  if (nulls !== null) for (let i = 0; i < rows; i += 1) if (nulls[i] === 1) values[i] = 0;
  return { kind: 'number', name, type, values, nulls };
};

const readTexts = (chunks: readonly DuckDBDataChunk[], index: number, name: string, type: ColumnType, maxChars: number | null): ColumnData => {
  const values: (string | null)[] = [];
  let cut: Uint8Array<ArrayBuffer> | null = null;
  const rows = rowCountOf(chunks);
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(index);
    const { rowCount } = chunk;
    for (let i = 0; i < rowCount; i += 1) {
      const value = vector.getItem(i) as string | null;
      if (value !== null && maxChars !== null && value.length > maxChars) {
        cut ??= new Uint8Array(rows);
        cut[values.length] = 1;
        values.push(cutText(value, maxChars));
      } else values.push(value);
    }
  }
  return { kind: 'text', name, type, values, cut };
};

/** One column of a result whose column `index` was selected by `selected`. */
export const readColumn = (chunks: readonly DuckDBDataChunk[], index: number, column: Pick<StoredColumn, 'name' | 'type'>, maxChars: number | null): ColumnData => {
  const { name, type } = column;
  return type === 'string' || type === 'dynamic' ? readTexts(chunks, index, name, type, maxChars) : readNumbers(chunks, index, rowCountOf(chunks), name, type);
};

/** A numeric result column as plain numbers; null as NaN. For ids, counts and microseconds of our own. */
export const readFloats = (chunks: readonly DuckDBDataChunk[], index: number): Float64Array<ArrayBuffer> => {
  const out = new Float64Array(rowCountOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(index);
    out.set(numberItems(vector, chunk.rowCount), at);
    if (!hasNoNulls(vector)) {
      const isNull = nullTest(vector);
      for (let i = 0, { rowCount } = chunk; i < rowCount; i += 1) if (isNull(i)) out[at + i] = Number.NaN;
    }
    at += chunk.rowCount;
  }
  return out;
};

/** Value `i` of a column as the contract's scalar: not-a-number and the infinities as text, since JSON numbers don't have them. */
export const scalarAt = (column: ColumnData, i: number): Scalar => {
  if (column.kind === 'text') return column.values[i] ?? null;
  if (column.nulls?.[i] === 1) return null;
  const value = column.values[i] ?? 0;
  if (column.type === 'bool') return value !== 0;
  return Number.isFinite(value) ? value : String(value);
};

/** One value of a result, whose column was selected by `selectedAs`, as the contract's scalar. */
export const readScalar = (chunk: DuckDBDataChunk, index: number, row: number, type: ColumnType, maxChars: number): Scalar => {
  const value = chunk.getColumnVector(index).getItem(row);
  if (typeof value === 'string') return cutText(value, maxChars);
  if (typeof value === 'bigint') return type === 'int' && !exact(value) ? String(value) : type === 'datetime' ? microsOf(value) : Number(value);
  if (typeof value !== 'number') return null;
  if (type === 'bool') return value !== 0;
  return Number.isFinite(value) ? value : String(value);
};

/** A whole result column as scalars: for values that stand alone, such as groups and value counts. */
export const readScalars = (chunks: readonly DuckDBDataChunk[], index: number, type: ColumnType, maxChars: number): Scalar[] =>
  chunks.flatMap((chunk) => Array.from({ length: chunk.rowCount }, (_, row) => readScalar(chunk, index, row, type, maxChars)));

/** The rows of a column in another order: row `i` of the answer is row `order[i]`. */
export const reordered = (column: ColumnData, order: ArrayLike<number>): ColumnData => {
  const n = order.length;
  const pick = (from: Uint8Array | null): Uint8Array<ArrayBuffer> | null => {
    if (from === null) return null;
    const to = new Uint8Array(n);
    for (let i = 0; i < n; i += 1) to[i] = from[order[i] ?? 0] ?? 0;
    return to;
  };
  if (column.kind === 'text') {
    const values: (string | null)[] = [];
    for (let i = 0; i < n; i += 1) values.push(column.values[order[i] ?? 0] ?? null);
    return { ...column, values, cut: pick(column.cut) };
  }
  const values = new Float64Array(n);
  for (let i = 0; i < n; i += 1) values[i] = column.values[order[i] ?? 0] ?? 0;
  return { ...column, values, nulls: pick(column.nulls) };
};
