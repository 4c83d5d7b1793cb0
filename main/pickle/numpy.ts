/**
 * numpy's own pickled forms: dtype, ndarray, scalar, frombuffer.
 * Owns: their validation (shape × item size must equal the bytes that are there).
 * Must not: turn arrays into columns (nd-vector.ts).
 */

import { Buffer } from 'node:buffer';
import { malformed, quoteForMessage, unsupported } from './errors.ts';
import type { Budget } from './limits.ts';
import { ndItems } from './nd-items.ts';
import { PyList } from './py-list.ts';
import { PyBytes } from './py-scalars.ts';
import { NdArray, NpDtype, PyDict, PyTuple, type PyValue } from './values.ts';

const MAX_DIMENSIONS = 32;
const MAX_ITEM_SIZE = 1 << 24;
const MAX_FIELDS = 10_000;
const ITEM_SIZES: Record<'b' | 'i' | 'u' | 'f' | 'c' | 'M' | 'm' | 'O', readonly number[]> = {
  b: [1], i: [1, 2, 4, 8], u: [1, 2, 4, 8], f: [2, 4, 8], c: [8, 16], M: [8], m: [8], O: [4, 8],
};
const ONE_LETTER = new Map([
  ['?', 'b1'], ['b', 'i1'], ['B', 'u1'], ['h', 'i2'], ['H', 'u2'], ['i', 'i4'], ['I', 'u4'], ['l', 'i8'], ['L', 'u8'],
  ['q', 'i8'], ['Q', 'u8'], ['e', 'f2'], ['f', 'f4'], ['d', 'f8'], ['F', 'c8'], ['D', 'c16'], ['O', 'O8'], ['M', 'M8'], ['m', 'm8'],
]);

/** `numpy.dtype(code, align, copy)`. */
export function makeDtype(args: PyValue[]): NpDtype {
  const code = args[0];
  if (typeof code !== 'string') throw malformed('a numpy type has no code');
  const full = ONE_LETTER.get(code) ?? code;
  const match = /^([<>|=]?)([biufcMmOSUV])([0-9]{1,10})$/.exec(full);
  if (match === null) throw unsupported(`it uses the numpy type "${quoteForMessage(code)}", which is not known here`);
  const kind = match[2] as string;
  const size = Number(match[3]) * (kind === 'U' ? 4 : 1);
  if (kind in ITEM_SIZES) {
    if (kind === 'f' && size === 16) throw unsupported('it holds 128-bit floats (numpy longdouble), which have no equivalent here');
    if (!ITEM_SIZES[kind as keyof typeof ITEM_SIZES].includes(size)) throw malformed(`the numpy type "${quoteForMessage(code)}" does not exist`);
  } else if (size > MAX_ITEM_SIZE) {
    throw malformed(`the numpy type "${quoteForMessage(code)}" is larger than ${MAX_ITEM_SIZE} bytes per item`);
  }
  const dtype = new NpDtype(kind, size);
  dtype.bigEndian = match[1] === '>';
  return dtype;
}

/** State of a dtype: (version, order, subdtype, names, fields, itemsize, align, flags, metadata). */
export function buildDtype(dtype: NpDtype, state: PyValue): void {
  if (!(state instanceof PyTuple) || state.items.length < 5) throw malformed('a numpy type has an unknown state');
  if (dtype.built) throw malformed('the state of a numpy type is set twice');
  dtype.built = true;
  const [, order, subdtype, names, fields, itemSize] = state.items;
  if (order !== '<' && order !== '>' && order !== '|' && order !== '=') throw malformed('a numpy type has an unknown byte order');
  if (order === '>' || order === '<') dtype.bigEndian = order === '>';
  if (subdtype !== null) throw unsupported('it holds numpy sub-array types, which have no table form');
  if (dtype.kind === 'V' && typeof itemSize === 'number' && itemSize >= 0) dtype.itemSize = checkItemSize(itemSize);
  if (names !== null && names !== undefined) dtype.fields = structFields(names, fields ?? null, dtype.itemSize);
  const metadata = state.items[8];
  if (dtype.kind === 'M' || dtype.kind === 'm') readTimeUnit(dtype, metadata ?? null);
}

function checkItemSize(size: number): number {
  if (size > MAX_ITEM_SIZE) throw malformed(`a numpy type is larger than ${MAX_ITEM_SIZE} bytes per item`);
  return size;
}

function structFields(names: PyValue, fields: PyValue, itemSize: number): { name: string; dtype: NpDtype; offset: number }[] {
  if (!(names instanceof PyTuple) || !(fields instanceof PyDict) || names.items.length > MAX_FIELDS) {
    throw malformed('the fields of a numpy record type are not listed as expected');
  }
  return names.items.map((name) => {
    const field = typeof name === 'string' ? fields.get(name) : undefined;
    const dtype = field instanceof PyTuple ? field.items[0] : undefined;
    const offset = field instanceof PyTuple ? field.items[1] : undefined;
    if (typeof name !== 'string' || !(dtype instanceof NpDtype) || typeof offset !== 'number' || dtype.fields !== null || dtype.kind === 'O') {
      throw malformed('a field of a numpy record type is not described as expected');
    }
    if (offset < 0 || offset + dtype.itemSize > itemSize) throw malformed('a field of a numpy record type lies outside the record');
    return { name, dtype: dtype.clone(), offset };
  });
}

const TIME_UNITS = new Set(['Y', 'M', 'W', 'D', 'h', 'm', 's', 'ms', 'us', 'ns', 'generic']);

function readTimeUnit(dtype: NpDtype, metadata: PyValue): void {
  const parts = metadata instanceof PyTuple ? metadata.items[1] : undefined;
  if (!(parts instanceof PyTuple)) throw malformed('a numpy time type has no unit');
  const raw = parts.items[0];
  const unit = raw instanceof PyBytes ? Buffer.from(raw.bytes).toString('latin1') : raw;
  const count = parts.items[1];
  if (typeof unit !== 'string' || typeof count !== 'number' || count < 1 || count > 1e9) throw malformed('a numpy time type has an unknown unit');
  if (!TIME_UNITS.has(unit)) throw unsupported(`it holds times in the unit "${quoteForMessage(unit)}", which is not known here`);
  dtype.unit = unit;
  dtype.unitCount = count;
}

/** Checks a shape and returns its number of elements. */
export function shapeSize(shape: PyValue, budget: Budget): { shape: number[]; count: number } {
  const dims = shape instanceof PyTuple ? shape.items : null;
  if (dims === null || dims.length > MAX_DIMENSIONS) throw malformed('an array has no valid shape');
  let count = 1;
  const out: number[] = [];
  for (const dim of dims) {
    if (typeof dim !== 'number' || dim < 0) throw malformed('an array has a negative or fractional size');
    if (dim > budget.limits.maxElements) throw malformed('an array says it is larger than any file');
    out.push(dim);
    count *= dim;
  }
  if (!Number.isSafeInteger(count)) throw malformed('an array says it is larger than any file');
  return { shape: out, count };
}

/** State of an ndarray: (version, shape, dtype, fortran, bytes or list). */
export function buildArray(array: NdArray, state: PyValue, budget: Budget): void {
  if (array.ready) throw malformed('the state of an array is set twice');
  if (!(state instanceof PyTuple) || state.items.length < 4) throw malformed('an array has an unknown state');
  const [shape, dtype, fortran, data] = state.items.length === 4 ? state.items : state.items.slice(1);
  fillArray(array, shape ?? null, dtype ?? null, fortran === true || fortran === 1, data ?? null, budget);
}

function fillArray(array: NdArray, shape: PyValue, dtype: PyValue, fortran: boolean, data: PyValue, budget: Budget): void {
  if (!(dtype instanceof NpDtype)) throw malformed('an array has no type');
  const size = shapeSize(shape, budget);
  array.dtype = dtype.clone();
  array.shape = size.shape;
  // numpy writes objects in C order whatever their order in memory was.
  array.fortran = fortran && size.shape.length > 1 && dtype.kind !== 'O';
  if (dtype.kind === 'O') {
    if (!(data instanceof PyList)) throw malformed('an object array holds raw bytes instead of objects');
    if (data.length !== size.count) throw malformed(`an array of ${size.count} objects holds ${data.length}`);
    array.items = data;
  } else {
    // Protocols 0–2 may carry the bytes as a Python 2 str.
    const raw = data instanceof PyBytes ? data.bytes : typeof data === 'string' && data.length === 0 ? new Uint8Array(0) : null;
    if (raw === null) throw malformed('an array holds no bytes');
    if (raw.length !== size.count * dtype.itemSize) {
      throw malformed(`an array of ${size.count} × ${dtype.itemSize} bytes holds ${raw.length} bytes`);
    }
    array.bytes = raw;
  }
  array.ready = true;
}

/** `numpy.core.numeric._frombuffer(buffer, dtype, shape, order)`. */
export function fromBuffer(args: PyValue[], budget: Budget): NdArray {
  const [data, dtype, shape, order] = args;
  if (args.length !== 4 || !(data instanceof PyBytes) || (order !== 'C' && order !== 'F')) {
    throw malformed('an array buffer is not described as expected');
  }
  const array = new NdArray();
  fillArray(array, shape ?? null, dtype ?? null, order === 'F', data, budget);
  return array;
}

/** `numpy.core.multiarray.scalar(dtype, bytes)`: the plain Python value it stands for. */
export function makeScalar(args: PyValue[], budget: Budget): PyValue {
  const [dtype, data] = args;
  if (!(dtype instanceof NpDtype)) throw malformed('a numpy scalar has no type');
  if (dtype.kind === 'O') return data ?? null;
  const array = new NdArray();
  fillArray(array, new PyTuple([]), dtype, false, data ?? new PyBytes(new Uint8Array(0)), budget);
  return ndItems(array, budget)[0] ?? null;
}
