/**
 * Results of free SQL in the contract's column shapes: any DuckDB type becomes one of our seven, without rounding a whole number
 * or a time. Lists, structs and maps become dynamic (JSON); what has no better place is text.
 */
import { DuckDBTypeId, JsonDuckDBValueConverter, type DuckDBDataChunk, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import type { ColumnData, ColumnType } from '../contract/index.ts';
import { microsOf } from './read-columns.ts';

const wholeIds: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT, DuckDBTypeId.SMALLINT, DuckDBTypeId.INTEGER, DuckDBTypeId.BIGINT, DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT, DuckDBTypeId.USMALLINT, DuckDBTypeId.UINTEGER, DuckDBTypeId.UBIGINT, DuckDBTypeId.UHUGEINT, DuckDBTypeId.BIGNUM,
]);
const floatIds: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE, DuckDBTypeId.DECIMAL]);
const timeIds: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TIMESTAMP, DuckDBTypeId.TIMESTAMP_S, DuckDBTypeId.TIMESTAMP_MS, DuckDBTypeId.TIMESTAMP_NS, DuckDBTypeId.TIMESTAMP_TZ, DuckDBTypeId.DATE,
]);
const nestedIds: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.LIST, DuckDBTypeId.ARRAY, DuckDBTypeId.STRUCT, DuckDBTypeId.MAP, DuckDBTypeId.UNION, DuckDBTypeId.VARIANT]);

export const columnTypeOf = (type: DuckDBType): ColumnType => {
  const id = type.typeId;
  if (wholeIds.has(id)) return 'int';
  if (floatIds.has(id)) return 'float';
  if (timeIds.has(id)) return 'datetime';
  if (nestedIds.has(id) || type.alias === 'JSON') return 'dynamic';
  if (id === DuckDBTypeId.BOOLEAN) return 'bool';
  return id === DuckDBTypeId.INTERVAL ? 'timespan' : 'string';
};

type Part = { readonly [key: string]: unknown };

/** Microseconds of any of DuckDB's time values; finer parts are cut. Null for the infinities. */
const microsIn = (value: DuckDBValue, id: DuckDBTypeId): bigint | null => {
  const part = value as unknown as Part;
  const dayUs = 86_400_000_000n;
  switch (id) {
    case DuckDBTypeId.DATE: {
      const days = Number(part['days']);
      return Math.abs(days) >= 2_147_483_647 ? null : BigInt(days) * dayUs;
    }
    case DuckDBTypeId.TIMESTAMP_S: return finite(BigInt(String(part['seconds'])), 1_000_000n);
    case DuckDBTypeId.TIMESTAMP_MS: return finite(BigInt(String(part['millis'] ?? part['milliseconds'])), 1_000n);
    case DuckDBTypeId.TIMESTAMP_NS: {
      const nanos = BigInt(String(part['nanos'] ?? part['nanoseconds']));
      return finite(nanos, 1n) === null ? null : (nanos - (((nanos % 1_000n) + 1_000n) % 1_000n)) / 1_000n;
    }
    default: return finite(BigInt(String(part['micros'])), 1n);
  }
};
const finite = (value: bigint, unit: bigint): bigint | null => (value >= 9_223_372_036_854_775_807n || value <= -9_223_372_036_854_775_807n ? null : value * unit);

const spanIn = (value: DuckDBValue): bigint | null => {
  const { months, days, micros } = value as unknown as { months: number; days: number; micros: bigint };
  return months === 0 ? BigInt(days) * 86_400_000_000n + micros : null;
};

/** Collects the values of one column over the chunks of a result. */
export type Collector = { add(chunk: DuckDBDataChunk, index: number, rows: number): void; finish(): ColumnData; readonly chars: number };

const exactNumber = (value: bigint): boolean => value <= 9_007_199_254_740_991n && value >= -9_007_199_254_740_991n;

export const createCollector = (name: string, duckType: DuckDBType): Collector => {
  const type = columnTypeOf(duckType);
  const id = duckType.typeId;
  const texts: (string | null)[] = [];
  const numbers: (number | null)[] = [];
  let wide = false;
  let chars = 0;
  const whole = (value: bigint | null): void => {
    if (type === 'int') {
      if (value !== null && !exactNumber(value)) wide = true;
      texts.push(value === null ? null : String(value));
    }
    numbers.push(value === null ? null : type === 'datetime' ? microsOf(value) : Number(value));
  };
  const asText = (value: DuckDBValue): string => {
    if (typeof value === 'string') return value;
    if (nestedIds.has(id)) return JSON.stringify(JsonDuckDBValueConverter(value, duckType, JsonDuckDBValueConverter));
    return String(value);
  };
  const one = (value: DuckDBValue | null): void => {
    if (type === 'string' || type === 'dynamic') {
      const text = value === null ? null : asText(value);
      chars += text?.length ?? 0;
      texts.push(text);
    } else if (type === 'int') whole(value === null ? null : BigInt(value as number | bigint));
    else if (type === 'datetime') whole(value === null ? null : microsIn(value, id));
    else if (type === 'timespan') {
      const us = value === null ? null : spanIn(value);
      // months have no fixed length: a column that holds some is shown as text
      if (value !== null && us === null) wide = true;
      texts.push(value === null ? null : String(value));
      numbers.push(us === null ? null : Number(us));
    } else numbers.push(value === null ? null : type === 'bool' ? Number(value) : Number(typeof value === 'number' ? value : String(value)));
  };
  return {
    get chars() {
      return chars;
    },
    add(chunk, index, rows) {
      const vector = chunk.getColumnVector(index);
      for (let i = 0; i < rows; i += 1) one(vector.getItem(i));
    },
    finish() {
      if (type === 'string' || type === 'dynamic' || wide) return { kind: 'text', name, type: wide && type === 'timespan' ? 'string' : type, values: texts, cut: null };
      const nulls = numbers.some((n) => n === null) ? Uint8Array.from(numbers, (n) => (n === null ? 1 : 0)) : null;
      return { kind: 'number', name, type, values: Float64Array.from(numbers, (n) => n ?? 0), nulls };
    },
  };
};
