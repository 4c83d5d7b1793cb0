/**
 * numpy arrays as lists of Python values, for nested cells, labels and the rare item types
 * (text, bytes, complex, records) that have no numeric column.
 * Owns: element decoding. Must not: make columns (nd-vector.ts has the fast paths).
 */

import { Buffer } from 'node:buffer';
import type { Budget } from './limits.ts';
import { halfToNumber } from './half.ts';
import { malformed } from './errors.ts';
import { shrinkInt } from './text-decode.ts';
import { PY_NAN, PY_NAT, PyBytes, PyComplex, PyFloat } from './py-scalars.ts';
import { NdArray, PyObject, PyTuple, type NpDtype, type PyValue } from './values.ts';

/** Class names under which numpy times appear as scalar objects. */
export const NP_DATETIME = 'numpy.datetime64';
export const NP_TIMEDELTA = 'numpy.timedelta64';

/** All elements in C order. */
export function ndItems(array: NdArray, budget: Budget): PyValue[] {
  if (!array.ready) throw malformed('an array has no content');
  const count = array.shape.reduce((a, b) => a * b, 1);
  budget.cells(count);
  const order = array.fortran ? fortranOrder(array.shape) : null;
  const out: PyValue[] = new Array<PyValue>(count);
  if (array.items !== null) {
    return array.items.items.slice();
  }
  const read = elementReader(array.dtype, array.bytes);
  const step = array.dtype.itemSize;
  for (let i = 0; i < count; i++) out[i] = read((order === null ? i : (order[i] as number)) * step);
  return out;
}

/** For each element in C order, its position in Fortran order. */
function fortranOrder(shape: number[]): number[] {
  const count = shape.reduce((a, b) => a * b, 1);
  const out: number[] = new Array<number>(count);
  const index = shape.map(() => 0);
  const strides: number[] = [];
  let stride = 1;
  for (const dim of shape) {
    strides.push(stride);
    stride *= dim;
  }
  for (let i = 0; i < count; i++) {
    let at = 0;
    for (let d = 0; d < shape.length; d++) at += (index[d] as number) * (strides[d] as number);
    out[i] = at;
    for (let d = shape.length - 1; d >= 0; d--) {
      const next = (index[d] as number) + 1;
      if (next < (shape[d] as number)) {
        index[d] = next;
        break;
      }
      index[d] = 0;
    }
  }
  return out;
}

function float(value: number): PyFloat {
  return Number.isNaN(value) ? PY_NAN : new PyFloat(value);
}

function elementReader(dtype: NpDtype, bytes: Uint8Array): (at: number) => PyValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !dtype.bigEndian;
  const size = dtype.itemSize;
  switch (dtype.kind) {
    case 'b':
      return (at) => bytes[at] !== 0;
    case 'i':
      if (size === 1) return (at) => view.getInt8(at);
      if (size === 2) return (at) => view.getInt16(at, little);
      if (size === 4) return (at) => view.getInt32(at, little);
      return (at) => shrinkInt(view.getBigInt64(at, little));
    case 'u':
      if (size === 1) return (at) => view.getUint8(at);
      if (size === 2) return (at) => view.getUint16(at, little);
      if (size === 4) return (at) => view.getUint32(at, little);
      return (at) => shrinkInt(view.getBigUint64(at, little));
    case 'f':
      if (size === 2) return (at) => float(halfToNumber(view.getUint16(at, little)));
      if (size === 4) return (at) => float(view.getFloat32(at, little));
      return (at) => float(view.getFloat64(at, little));
    case 'c':
      return size === 8
        ? (at) => new PyComplex(view.getFloat32(at, little), view.getFloat32(at + 4, little))
        : (at) => new PyComplex(view.getFloat64(at, little), view.getFloat64(at + 8, little));
    case 'M':
    case 'm': {
      const cls = dtype.kind === 'M' ? NP_DATETIME : NP_TIMEDELTA;
      const unit = dtype.unit ?? 'generic';
      const count = dtype.unitCount;
      return (at) => {
        const value = view.getBigInt64(at, little);
        if (value === -(2n ** 63n)) return PY_NAT;
        return new PyObject(cls, [shrinkInt(value), unit, count]);
      };
    }
    case 'S':
      return (at) => {
        let end = at + size;
        while (end > at && bytes[end - 1] === 0) end--;
        return new PyBytes(bytes.subarray(at, end));
      };
    case 'U':
      return (at) => utf32(view, at, size, little);
    default: {
      const fields = dtype.fields;
      if (fields === null) return (at) => new PyBytes(bytes.subarray(at, at + size));
      const readers = fields.map((f) => ({ offset: f.offset, read: elementReader(f.dtype, bytes) }));
      return (at) => new PyTuple(readers.map((r) => r.read(at + r.offset)));
    }
  }
}

function utf32(view: DataView, at: number, size: number, little: boolean): string {
  let end = at + size;
  while (end > at && view.getUint32(end - 4, little) === 0) end -= 4;
  const units: string[] = [];
  for (let i = at; i < end; i += 4) {
    const code = view.getUint32(i, little);
    if (code > 0x10ffff) throw malformed('a numpy text holds a character that does not exist');
    units.push(String.fromCodePoint(code));
  }
  return units.join('');
}

/** One raw column of a structured array as its own 1-D array. */
export function fieldArray(array: NdArray, field: { dtype: NpDtype; offset: number }): NdArray {
  const rows = array.shape[0] ?? 0;
  const size = field.dtype.itemSize;
  const step = array.dtype.itemSize;
  const bytes = Buffer.alloc(rows * size);
  for (let i = 0; i < rows; i++) {
    bytes.set(array.bytes.subarray(i * step + field.offset, i * step + field.offset + size), i * size);
  }
  const out = new NdArray();
  out.dtype = field.dtype;
  out.shape = [rows];
  out.bytes = bytes;
  out.ready = true;
  return out;
}
