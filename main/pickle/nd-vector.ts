/**
 * numpy arrays to column vectors, on views where the bytes allow it.
 * Owns: numeric widening, byte order, rows of 2-D blocks. Must not: infer object columns.
 */

import { Buffer } from 'node:buffer';
import type { Ctx } from './context.ts';
import { malformed } from './errors.ts';
import { halfToNumber } from './half.ts';
import { ndItems } from './nd-items.ts';
import { objectVector } from './object-vector.ts';
import { PyList } from './py-list.ts';
import { isoText } from './time-text.ts';
import { splitTime, toMicroseconds, unitsToNs } from './time-units.ts';
import { NdArray } from './values.ts';
import { stringVector, type Vector } from './vector.ts';
import type { Zone } from './zones.ts';

type Words = Uint8Array<ArrayBuffer>;

/** Little-endian bytes at an aligned address: the input itself when it already is. */
export function alignedBytes(bytes: Uint8Array, wordSize: number, bigEndian: boolean): Words {
  if (!bigEndian && bytes.byteOffset % wordSize === 0) return bytes as Words;
  const copy = Buffer.from(Buffer.allocUnsafeSlow(bytes.length).buffer) as Words;
  copy.set(bytes);
  if (bigEndian && wordSize > 1) {
    for (let at = 0; at + wordSize <= copy.length; at += wordSize) copy.subarray(at, at + wordSize).reverse();
  }
  return copy;
}

function int64View(bytes: Uint8Array, bigEndian: boolean): BigInt64Array<ArrayBuffer> {
  const words = alignedBytes(bytes, 8, bigEndian);
  return new BigInt64Array(words.buffer, words.byteOffset, words.length >> 3);
}

/** Row `index` of a 2-D array as a 1-D array; a plain view in C order, gathered in Fortran order. */
export function rowOf(array: NdArray, index: number): NdArray {
  const [rows = 0, columns = 0] = array.shape;
  const out = new NdArray();
  out.dtype = array.dtype;
  out.shape = [columns];
  out.ready = true;
  if (array.items !== null) {
    if (rows === 1) out.items = array.items;
    else if (!array.fortran) out.items = array.items.slice(index * columns, (index + 1) * columns);
    else {
      const { items } = array.items;
      out.items = PyList.of(Array.from({ length: columns }, (_, i) => items[i * rows + index] ?? null));
    }
    return out;
  }
  const size = array.dtype.itemSize;
  if (!array.fortran || rows === 1) {
    out.bytes = array.bytes.subarray(index * columns * size, (index + 1) * columns * size);
    return out;
  }
  const gathered = Buffer.from(Buffer.allocUnsafeSlow(columns * size).buffer);
  const from = array.bytes;
  if (size === 8 && from.byteOffset % 8 === 0) {
    const source = new Float64Array(from.buffer, from.byteOffset, from.length >> 3);
    const target = new BigInt64Array(gathered.buffer, gathered.byteOffset, columns);
    const bits = new BigInt64Array(source.buffer, source.byteOffset, source.length);
    for (let i = 0; i < columns; i++) target[i] = bits[i * rows + index] as bigint;
  } else {
    for (let i = 0, at = index * size; i < columns; i++, at += rows * size) {
      for (let b = 0; b < size; b++) gathered[i * size + b] = from[at + b] as number;
    }
  }
  out.bytes = gathered;
  return out;
}

/** Times without a zone unless one is given. */
export type TimeMeaning = { zone: Zone | null };

/** A 1-D array as a column. */
export function ndVector(array: NdArray, ctx: Ctx, meaning: TimeMeaning = { zone: null }): Vector {
  if (!array.ready) throw malformed('an array has no content');
  if (array.shape.length !== 1) throw malformed('an array with one dimension is expected');
  const n = array.shape[0] as number;
  ctx.budget.cells(n);
  if (array.items !== null) return objectVector(array.items, ctx);
  const { kind, itemSize, bigEndian } = array.dtype;
  switch (kind) {
    case 'b': {
      const values = new Uint8Array(n);
      for (let i = 0; i < n; i++) values[i] = array.bytes[i] === 0 ? 0 : 1;
      return { type: 'bool', values, nulls: null };
    }
    case 'i':
      return { type: 'int', values: widenInts(array, n), nulls: null };
    case 'u':
      return itemSize === 8 ? uint64Vector(array, n) : { type: 'int', values: widenInts(array, n), nulls: null };
    case 'f':
      return floatVector(widenFloats(array, n));
    case 'M':
      return datetimeVector(int64View(array.bytes, bigEndian), array.dtype.unit ?? 'generic', array.dtype.unitCount, meaning.zone, ctx);
    case 'm':
      return timespanVector(int64View(array.bytes, bigEndian), array.dtype.unit ?? 'generic', array.dtype.unitCount, ctx);
    default:
      return objectVector(PyList.of(ndItems(array, ctx.budget)), ctx);
  }
}

function widenInts(array: NdArray, n: number): BigInt64Array<ArrayBuffer> {
  const { kind, itemSize, bigEndian } = array.dtype;
  const bytes = alignedBytes(array.bytes, itemSize, bigEndian);
  if (itemSize === 8) return new BigInt64Array(bytes.buffer, bytes.byteOffset, n);
  const values = new BigInt64Array(n);
  const words = new Int32Array(values.buffer);
  const Narrow = NARROW[`${kind}${itemSize}`];
  if (Narrow === undefined) throw malformed('an integer type does not exist');
  const source = new Narrow(bytes.buffer, bytes.byteOffset, n);
  for (let i = 0; i < n; i++) {
    const value = source[i] as number;
    words[2 * i] = value | 0;
    words[2 * i + 1] = value < 0 ? -1 : 0;
  }
  return values;
}

const NARROW: Record<string, (new (b: ArrayBuffer, o: number, n: number) => ArrayLike<number>) | undefined> = {
  i1: Int8Array, i2: Int16Array, i4: Int32Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
};

/** Beyond int64 the exact digits are kept as text. */
function uint64Vector(array: NdArray, n: number): Vector {
  const values = int64View(array.bytes, array.dtype.bigEndian);
  const words = new Int32Array(values.buffer, values.byteOffset, n * 2);
  let fits = true;
  for (let i = 1; i < words.length && fits; i += 2) fits = (words[i] as number) >= 0;
  if (fits) return { type: 'int', values, nulls: null };
  return stringVector(Array.from(values, (v) => BigInt.asUintN(64, v).toString()));
}

function widenFloats(array: NdArray, n: number): Float64Array<ArrayBuffer> {
  const { itemSize, bigEndian } = array.dtype;
  const bytes = alignedBytes(array.bytes, itemSize, bigEndian);
  if (itemSize === 8) return new Float64Array(bytes.buffer, bytes.byteOffset, n);
  if (itemSize === 4) return Float64Array.from(new Float32Array(bytes.buffer, bytes.byteOffset, n));
  return Float64Array.from(new Uint16Array(bytes.buffer, bytes.byteOffset, n), halfToNumber);
}

/** NaN is null. */
export function floatVector(values: Float64Array): Vector {
  const n = values.length;
  let nulls: Uint8Array | null = null;
  for (let i = 0; i < n; i++) {
    const v = values[i] as number;
    if (v !== v) {
      nulls ??= new Uint8Array(n);
      nulls[i] = 1;
    }
  }
  return { type: 'float', values, nulls };
}

/** Raw times of a unit as instants; `original` only where microseconds UTC lose something. */
export function datetimeVector(raw: BigInt64Array<ArrayBuffer>, unit: string, count: number, zone: Zone | null, ctx: Ctx): Vector {
  if (unit === 'generic') throw malformed('times have no unit');
  const { valuesUs, nulls, subMicro, outOfRange } = toMicroseconds(raw, unit, count);
  const zoned = zone !== null && !zone.isUtc;
  let original: (string | null)[] | null = null;
  if (subMicro || zoned || outOfRange.length > 0) {
    original = new Array<string | null>(raw.length);
    for (let i = 0; i < raw.length; i++) {
      if ((i & 0xfff) === 0xfff) ctx.budget.checkTime();
      original[i] = nulls?.[i] === 1 ? null : rawTimeText(raw, valuesUs, i, unit, count, zone);
    }
    for (const i of outOfRange) {
      const { second, nano } = splitTime(raw[i] as bigint, unit, count);
      original[i] = isoText(second, nano, zone === null ? null : zone.offsetAt(second), 9);
    }
  }
  if (outOfRange.length > 0) ctx.warn(`Outside the years that 64-bit microseconds can hold, kept as text only: ${outOfRange.length} of ${raw.length} times`);
  return { type: 'datetime', values: valuesUs, nulls, original, zone: zone === null ? null : zone.name };
}

function rawTimeText(raw: BigInt64Array, us: BigInt64Array, i: number, unit: string, count: number, zone: Zone | null): string {
  const micro = Number(us[i] as bigint);
  if (!Number.isSafeInteger(micro)) {
    const { second, nano } = splitTime(raw[i] as bigint, unit, count);
    return isoText(second, nano, zone === null ? null : zone.offsetAt(second), 9);
  }
  const second = Math.floor(micro / 1e6);
  let nano = (micro - second * 1e6) * 1000;
  if (unit === 'ns' && count === 1) nano += Number((raw[i] as bigint) - (us[i] as bigint) * 1000n);
  return isoText(second, nano, zone === null ? null : zone.offsetAt(second), 9);
}

export function timespanVector(raw: BigInt64Array<ArrayBuffer>, unit: string, count: number, ctx: Ctx): Vector {
  const known = unit === 'generic' ? 'ns' : unit;
  const { valuesUs, nulls, subMicro, outOfRange } = toMicroseconds(raw, known, count);
  if (outOfRange.length > 0) {
    ctx.warn('Durations beyond 292 000 years are kept as seconds in text');
    return stringVector(Array.from(raw, (v, i) => (nulls?.[i] === 1 && !outOfRange.includes(i) ? null : `${unitsToNs(v, known, count) / 1_000_000_000n} s`)));
  }
  if (!subMicro) return { type: 'timespan', values: valuesUs, nulls };
  return { type: 'timespan', values: valuesUs, nulls, exactNs: raw };
}
