/**
 * The typed array behind a numeric DuckDB vector. The binding keeps it private and offers one call per value, which for a list of
 * millions of row ids holds up the engine; so the array is taken when it is there and has the expected type, and copied value by
 * value when a later binding hides it.
 */
import type { DuckDBVector } from '@duckdb/node-api';

type Inside = { readonly items?: unknown; readonly validity?: { readonly data?: unknown; itemValid?(at: number): boolean } };

const inside = (vector: DuckDBVector): Inside => vector as unknown as Inside;

const numbers = (vector: DuckDBVector, rows: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => {
    const value = vector.getItem(i);
    return value === null ? Number.NaN : Number(value);
  });

/** Values of a DOUBLE, UINTEGER or UTINYINT vector; what stands in place of null is undefined. */
export const numberItems = (vector: DuckDBVector, rows: number): Float64Array | Uint32Array | Uint8Array => {
  const { items } = inside(vector);
  if (items instanceof Float64Array || items instanceof Uint32Array || items instanceof Uint8Array) return items.length === rows ? items : items.subarray(0, rows);
  return numbers(vector, rows);
};

/** Values of a BIGINT vector; what stands in place of null is undefined. */
export const bigintItems = (vector: DuckDBVector, rows: number): BigInt64Array => {
  const { items } = inside(vector);
  if (items instanceof BigInt64Array) return items.length === rows ? items : items.subarray(0, rows);
  return BigInt64Array.from({ length: rows }, (_, i) => (vector.getItem(i) as bigint | null) ?? 0n);
};

/** True when the vector is known to hold no null. */
export const hasNoNulls = (vector: DuckDBVector): boolean => inside(vector).validity?.data === null;

/** Tells nulls of a vector without making the values. */
export const nullTest = (vector: DuckDBVector): ((at: number) => boolean) => {
  const { validity } = inside(vector);
  return typeof validity?.itemValid === 'function' ? (at) => validity.itemValid?.(at) === false : (at) => vector.getItem(at) === null;
};
