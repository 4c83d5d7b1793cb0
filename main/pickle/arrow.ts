/**
 * pyarrow arrays (`_restore_array`) to column vectors, straight from their buffers.
 * Owns: Arrow's memory layout: validity bits, offsets, children, dictionaries.
 * Must not: trust lengths or offsets; every one is checked against its buffer.
 */

import { isAscii, isUtf8 } from 'node:buffer';
import { arrowType, type ArrowType } from './arrow-types.ts';
import type { Ctx } from './context.ts';
import { malformed } from './errors.ts';
import { jsonWriter, vectorJson } from './json-text.ts';
import { alignedBytes, datetimeVector, ndVector, timespanVector } from './nd-vector.ts';
import { createTextReader, decodeLong } from './text-decode.ts';
import type { TextStore } from './text-store.ts';
import { PyBytes } from './py-scalars.ts';
import { NdArray, NpDtype, PyObject, PyTuple, sequence, type PyValue } from './values.ts';
import { isNullAt, lazyText, stringVector, take, vectorLength, type Vector } from './vector.ts';
import { zoneOf } from './zones.ts';

const MAX_DEPTH = 32;

/** An `_restore_array(data)` or `chunked_array(chunks, type)` value as one column. */
export function arrowVector(value: PyValue | undefined, ctx: Ctx): Vector {
  if (!(value instanceof PyObject)) throw malformed('an arrow array is missing');
  if (value.cls === 'arrow.array') return readArray(value.args[0], ctx, 0);
  if (value.cls === 'arrow.chunked') {
    const chunks = sequence(value.args[0]) ?? [];
    const parts = chunks.map((chunk) => {
      if (!(chunk instanceof PyObject) || chunk.cls !== 'arrow.array') throw malformed('a chunk of an arrow array is missing');
      return readArray(chunk.args[0], ctx, 0);
    });
    return concatVectors(parts);
  }
  throw malformed('an arrow array is missing');
}

/** Chunks of one column, one after the other. */
export function concatVectors(parts: Vector[]): Vector {
  if (parts.length === 1) return parts[0] as Vector;
  if (parts.length === 0) return stringVector([]);
  const type = (parts[0] as Vector).type;
  if (parts.some((p) => p.type !== type)) {
    return { type: 'dynamic', values: parts.flatMap((p) => Array.from({ length: vectorLength(p) }, (_, i) => (isNullAt(p, i) ? null : vectorJson(p, i)))) };
  }
  if (type === 'string' || type === 'dynamic') return { type, values: parts.flatMap((p) => p.values as (string | null)[]) };
  const total = parts.reduce((sum, p) => sum + vectorLength(p), 0);
  const nulls = parts.some((p) => 'nulls' in p && p.nulls !== null) ? new Uint8Array(total) : null;
  const values = type === 'float' ? new Float64Array(total) : type === 'bool' ? new Uint8Array(total) : new BigInt64Array(total);
  let at = 0;
  for (const part of parts) {
    (values as BigInt64Array).set(part.values as BigInt64Array, at);
    if (nulls !== null && 'nulls' in part && part.nulls !== null) nulls.set(part.nulls, at);
    at += vectorLength(part);
  }
  if (type !== 'datetime') return { type, values, nulls } as Vector;
  const dates = parts as (Vector & { type: 'datetime' })[];
  const original = dates.some((p) => p.original !== null) ? dates.flatMap((p) => p.original ?? new Array<null>(vectorLength(p)).fill(null)) : null;
  return { type, values: values as BigInt64Array, nulls, original, zone: (dates[0] as { zone: string | null }).zone };
}

type Layout = { type: ArrowType; length: number; offset: number; buffers: (Uint8Array | null)[]; children: PyValue[]; dictionary: PyValue };

function layoutOf(data: PyValue | undefined, ctx: Ctx): Layout {
  const parts = data instanceof PyTuple ? data.items : [];
  const [type, length, , offset, bufferList, children, dictionary] = parts;
  const buffers = sequence(bufferList);
  if (parts.length < 6 || typeof length !== 'number' || typeof offset !== 'number' || length < 0 || offset < 0 || buffers === null) {
    throw malformed('an arrow array is not described as expected');
  }
  ctx.budget.cells(length);
  return {
    type: arrowType(type),
    length,
    offset,
    buffers: buffers.map((b) => {
      if (b !== null && !(b instanceof PyBytes)) throw malformed('an arrow buffer holds no bytes');
      return b === null ? null : b.bytes;
    }),
    children: sequence(children) ?? [],
    dictionary: dictionary ?? null,
  };
}

function buffer(layout: Layout, index: number, bytes: number): Uint8Array {
  const found = layout.buffers[index] ?? null;
  if (bytes === 0 && found === null) return new Uint8Array(0);
  if (found === null || !(bytes <= found.length)) throw malformed('an arrow buffer is shorter than its array');
  return found;
}

function validity(layout: Layout): Uint8Array | null {
  const bits = layout.buffers[0] ?? null;
  if (bits === null || layout.length === 0) return null;
  const { offset, length } = layout;
  if (bits.length < Math.ceil((offset + length) / 8)) throw malformed('an arrow buffer is shorter than its array');
  const nulls = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const bit = offset + i;
    nulls[i] = (((bits[bit >> 3] as number) >> (bit & 7)) & 1) ^ 1;
  }
  return nulls;
}

function withNulls(vector: Vector, nulls: Uint8Array | null): Vector {
  if (nulls === null) return vector;
  if (vector.type === 'string' || vector.type === 'dynamic') {
    for (let i = 0; i < nulls.length; i++) if (nulls[i] === 1) vector.values[i] = null;
    return vector;
  }
  if (vector.type === 'datetime' && vector.original !== null) {
    for (let i = 0; i < nulls.length; i++) if (nulls[i] === 1) vector.original[i] = null;
  }
  const before = vector.nulls;
  return { ...vector, nulls: before === null ? nulls : Uint8Array.from(nulls, (n, i) => n | (before[i] as number)) };
}

function readArray(data: PyValue | undefined, ctx: Ctx, depth: number): Vector {
  if (depth > MAX_DEPTH) throw malformed('an arrow array is nested too deeply');
  const layout = layoutOf(data, ctx);
  const { type, length, offset } = layout;
  const nulls = type.id === 'null' ? null : validity(layout);
  switch (type.id) {
    case 'null':
      return stringVector(new Array<null>(length).fill(null));
    case 'bool': {
      const bits = buffer(layout, 1, Math.ceil((offset + length) / 8));
      const values = new Uint8Array(length);
      for (let i = 0; i < length; i++) values[i] = ((bits[(offset + i) >> 3] as number) >> ((offset + i) & 7)) & 1;
      return withNulls({ type: 'bool', values, nulls: null }, nulls);
    }
    case 'number':
      return withNulls(numbers(layout, type.code, type.size, ctx), nulls);
    case 'text':
      return texts(layout, type.offsetSize, nulls);
    case 'view':
      return stringVector(views(layout, nulls).map((b) => (b === null ? null : createTextReader(b).utf8(0, b.length))));
    case 'binaryView':
      return binaries(views(layout, nulls), ctx);
    case 'binary': {
      const starts = offsets(layout, type.offsetSize);
      const bytes = buffer(layout, 2, starts[length] ?? 0);
      return binaries(Array.from({ length }, (_, i) => (nulls?.[i] === 1 ? null : bytes.subarray(starts[i], starts[i + 1]))), ctx);
    }
    case 'fixed': {
      const { size } = type;
      const bytes = buffer(layout, 1, (offset + length) * size);
      return binaries(Array.from({ length }, (_, i) => (nulls?.[i] === 1 ? null : bytes.subarray((offset + i) * size, (offset + i + 1) * size))), ctx);
    }
    case 'date':
      return withNulls(datetimeVector(int64s(layout, type.size), type.size === 4 ? 'D' : 'ms', 1, null, ctx), nulls);
    case 'time': {
      const unit = type.unit;
      return withNulls(stringVector(Array.from(int64s(layout, type.size), (v) => clockText(v, unit))), nulls);
    }
    case 'timestamp':
      return withNulls(datetimeVector(blankNulls(int64s(layout, 8), nulls), type.unit, 1, zoneOf(type.zone), ctx), nulls);
    case 'duration':
      return withNulls(timespanVector(blankNulls(int64s(layout, 8), nulls), type.unit, 1, ctx), nulls);
    case 'decimal': {
      const bytes = buffer(layout, 1, (offset + length) * 16);
      const { scale } = type;
      return withNulls(stringVector(Array.from({ length }, (_, i) => decimalText(BigInt(decodeLong(bytes, (offset + i) * 16, 16)), scale))), nulls);
    }
    case 'dictionary': {
      const codes = numbers(layout, type.index.id === 'number' ? type.index.code : 'i', type.index.id === 'number' ? type.index.size : 4, ctx);
      if (codes.type !== 'int') throw malformed('an arrow dictionary has no codes');
      const picks = Float64Array.from(codes.values, (v, i) => (nulls?.[i] === 1 ? -1 : Number(v)));
      return take(readArray(layout.dictionary, ctx, depth + 1), picks, 'an arrow dictionary');
    }
    case 'struct':
      return structs(layout, type.fields, nulls, ctx, depth);
    case 'list':
    case 'map':
      return lists(layout, type.id === 'list' ? type.offsetSize : 4, nulls, ctx, depth);
  }
}

function numbers(layout: Layout, code: string, size: number, ctx: Ctx): Vector {
  const bytes = buffer(layout, 1, (layout.offset + layout.length) * size);
  const array = new NdArray();
  array.dtype = new NpDtype(code, size);
  array.shape = [layout.length];
  array.bytes = bytes.subarray(layout.offset * size, (layout.offset + layout.length) * size);
  array.ready = true;
  return ndVector(array, ctx);
}

function int64s(layout: Layout, size: 4 | 8): BigInt64Array<ArrayBuffer> {
  const { offset, length } = layout;
  const bytes = buffer(layout, 1, (offset + length) * size).subarray(offset * size, (offset + length) * size);
  const words = alignedBytes(bytes, size, false);
  if (size === 8) return new BigInt64Array(words.buffer, words.byteOffset, length);
  return BigInt64Array.from(new Int32Array(words.buffer, words.byteOffset, length), BigInt);
}

/** Null slots hold arbitrary bytes; they must not show up as out-of-range times. */
function blankNulls(values: BigInt64Array<ArrayBuffer>, nulls: Uint8Array | null): BigInt64Array<ArrayBuffer> {
  if (nulls === null) return values;
  const out = values.slice();
  for (let i = 0; i < nulls.length; i++) if (nulls[i] === 1) out[i] = 0n;
  return out;
}

/** Offsets of variable-length values: never negative, never falling. */
function offsets(layout: Layout, size: 4 | 8): ArrayLike<number> {
  const { offset, length } = layout;
  if (length === 0) return [0];
  const bytes = buffer(layout, 1, (offset + length + 1) * size).subarray(offset * size, (offset + length + 1) * size);
  const words = alignedBytes(bytes, 4, false);
  const low = new Uint32Array(words.buffer, words.byteOffset, words.length >> 2);
  const out = size === 4 ? low : new Float64Array(length + 1);
  let before = 0;
  for (let i = 0; i <= length; i++) {
    const value = size === 4 ? (low[i] as number) : (low[2 * i] as number) + (low[2 * i + 1] as number) * 0x1_0000_0000;
    if (value < before) throw malformed('the offsets of an arrow array fall');
    before = value;
    if (size === 8) out[i] = value;
  }
  return out;
}

function texts(layout: Layout, offsetSize: 4 | 8, nulls: Uint8Array | null): Vector {
  const { length } = layout;
  const starts = offsets(layout, offsetSize);
  const data = buffer(layout, 2, starts[length] ?? 0);
  const reader = createTextReader(data);
  const store: TextStore = {
    length,
    decode(from, to) {
      const out: (string | null)[] = new Array<string | null>(to - from);
      let at = starts[from] as number;
      for (let i = from; i < to; i++) {
        const next = starts[i + 1] as number;
        out[i - from] = nulls !== null && nulls[i] === 1 ? null : reader.utf8(at, next - at);
        at = next;
      }
      return out;
    },
  };
  return allValid(data, starts, length) ? lazyText(store) : stringVector(store.decode(0, length));
}

/** Whether every text is sound UTF-8 by itself; if so, decoding can wait. */
function allValid(data: Uint8Array, starts: ArrayLike<number>, length: number): boolean {
  const from = starts[0] ?? 0;
  const to = starts[length] ?? 0;
  const used = data.subarray(from, to);
  if (isAscii(used)) return true;
  if (!isUtf8(used)) return false;
  for (let i = 1; i < length; i++) {
    const at = starts[i] as number;
    if (at < to && ((data[at] as number) & 0xc0) === 0x80) return false;
  }
  return true;
}

/** Arrow's view layout: 12 bytes inline, longer values by buffer and offset. */
function views(layout: Layout, nulls: Uint8Array | null): (Uint8Array | null)[] {
  const { offset, length } = layout;
  const bytes = buffer(layout, 1, (offset + length) * 16);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length }, (_, i) => {
    if (nulls?.[i] === 1) return null;
    const at = (offset + i) * 16;
    const size = view.getInt32(at, true);
    if (size < 0) throw malformed('a length is negative');
    if (size <= 12) return bytes.subarray(at + 4, at + 4 + size);
    const index = view.getInt32(at + 8, true);
    const start = view.getInt32(at + 12, true);
    if (index < 0 || start < 0) throw malformed('an arrow value lies outside its buffer');
    return buffer(layout, 2 + index, start + size).subarray(start, start + size);
  });
}

function binaries(values: (Uint8Array | null)[], ctx: Ctx): Vector {
  const write = jsonWriter(ctx);
  return { type: 'dynamic', values: values.map((b) => (b === null ? null : write(new PyBytes(b)))) };
}

function structs(layout: Layout, fields: { name: string; type: ArrowType }[], nulls: Uint8Array | null, ctx: Ctx, depth: number): Vector {
  const { offset, length } = layout;
  const columns = fields.map((field, i) => ({ key: JSON.stringify(field.name), vector: readArray(layout.children[i], ctx, depth + 1) }));
  if (columns.some((c) => vectorLength(c.vector) < offset + length)) throw malformed('a field of an arrow struct is shorter than the struct');
  return {
    type: 'dynamic',
    values: Array.from({ length }, (_, i) => {
      if (nulls?.[i] === 1) return null;
      const text = `{${columns.map((c) => `${c.key}:${vectorJson(c.vector, offset + i)}`).join(',')}}`;
      ctx.budget.chars(text.length);
      return text;
    }),
  };
}

function lists(layout: Layout, offsetSize: 4 | 8, nulls: Uint8Array | null, ctx: Ctx, depth: number): Vector {
  const { length } = layout;
  const starts = offsets(layout, offsetSize);
  const child = readArray(layout.children[0], ctx, depth + 1);
  if ((starts[length] ?? 0) > vectorLength(child)) throw malformed('an arrow list points outside its values');
  return {
    type: 'dynamic',
    values: Array.from({ length }, (_, i) => {
      if (nulls?.[i] === 1) return null;
      const parts: string[] = [];
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) parts.push(vectorJson(child, k));
      const text = `[${parts.join(',')}]`;
      ctx.budget.chars(text.length);
      return text;
    }),
  };
}

function clockText(value: bigint, unit: string): string {
  const scale = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n }[unit] ?? 1n;
  const ns = value * scale;
  if (ns < 0n || ns >= 86_400_000_000_000n) throw malformed('a time of day is out of range');
  const s = Number(ns / 1_000_000_000n);
  const two = (n: number): string => String(n).padStart(2, '0');
  const fraction = String(ns % 1_000_000_000n).padStart(9, '0').replace(/(000){1,3}$/, '');
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}${fraction === '' ? '' : `.${fraction}`}`;
}

function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return `${value}${'0'.repeat(-scale)}`;
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
