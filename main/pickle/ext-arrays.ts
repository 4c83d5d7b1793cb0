/**
 * pandas' own arrays (masked numbers, strings, categories, zoned times, periods, intervals,
 * sparse, arrow-backed) to column vectors.
 * Owns: the state layouts of each pandas version. Must not: know frames or indexes' names.
 */

import { arrowVector } from './arrow.ts';
import type { Ctx } from './context.ts';
import { malformed, unsupported } from './errors.ts';
import { vectorJson, datetimeText } from './json-text.ts';
import { alignedBytes, ndVector, rowOf } from './nd-vector.ts';
import { PyList } from './py-list.ts';
import { objectVector } from './object-vector.ts';
import { dtypeFrequency, periodText } from './period.ts';
import { floatText, intervalText, scalarText } from './scalars.ts';
import { spanText } from './time-text.ts';
import { NdArray, PyDict, PyObject, PyTuple, aType, type PyValue } from './values.ts';
import { isNullAt, stringVector, take, vectorLength, type Vector } from './vector.ts';
import { zoneOf } from './zones.ts';

const ARRAYS = new Set([
  'DatetimeArray', 'TimedeltaArray', 'PeriodArray', 'Categorical', 'IntegerArray', 'FloatingArray', 'BooleanArray', 'StringArray', 'ArrowStringArray',
  'ArrowExtensionArray', 'IntervalArray', 'SparseArray', 'NumpyExtensionArray',
]);

export function isExtensionArray(value: PyValue | undefined): value is PyObject {
  return value instanceof PyObject && ARRAYS.has(value.cls);
}

/** State as named parts. Tuples are (dtype, data, extras) or (data, dtype, extras). */
function stateOf(array: PyObject): PyDict {
  const { state } = array;
  if (state instanceof PyDict) return state;
  const items = state instanceof PyTuple ? state.items : [];
  const [first, second, extras] = items;
  if (items.length === 1 && first instanceof PyDict) return first;
  if (items.length === 2 && first === null && second instanceof PyDict) throw malformed(`the state of a ${array.cls} is not described as expected`);
  if (items.length >= 2 && items.length <= 3) {
    const swapped = first instanceof NdArray;
    const out = new PyDict();
    out.set('_dtype', (swapped ? second : first) ?? null);
    out.set('_ndarray', (swapped ? first : second) ?? null);
    if (extras instanceof PyDict) extras.keys.forEach((key, i) => typeof key === 'string' && !out.has(key) && out.set(key, extras.values[i] as PyValue));
    return out;
  }
  throw malformed(`the state of a ${array.cls} is not described as expected`);
}

function first(state: PyDict, ...names: string[]): PyValue | undefined {
  for (const name of names) if (state.has(name)) return state.get(name);
  return undefined;
}

function arrayPart(state: PyDict, cls: string, ...names: string[]): NdArray {
  const value = first(state, ...names);
  if (!(value instanceof NdArray) || !value.ready) throw malformed(`a ${cls} has no data`);
  return value;
}

/** Shape of the data behind an array: [length] or, in a block, [columns, rows]. */
export function extensionShape(array: PyObject): number[] | null {
  switch (array.cls) {
    case 'DatetimeArray':
    case 'TimedeltaArray':
    case 'PeriodArray':
    case 'Categorical':
    case 'NumpyExtensionArray':
      return arrayPart(stateOf(array), array.cls, '_ndarray', '_data', '_codes').shape;
    default:
      return null;
  }
}

function oneRow(data: NdArray, row: number | null): NdArray {
  if (row !== null && data.shape.length === 2) return rowOf(data, row);
  if (data.shape.length === 2 && data.shape[0] === 1) return rowOf(data, 0);
  return data;
}

/** `row` picks a column when the array is stored as a 2-D block. */
export function extensionVector(array: PyObject, ctx: Ctx, row: number | null = null): Vector {
  const state = stateOf(array);
  switch (array.cls) {
    case 'DatetimeArray': {
      const data = oneRow(arrayPart(state, array.cls, '_ndarray', '_data'), row);
      return ndVector(data, ctx, { zone: zoneOf(dtypeZone(first(state, '_dtype', 'dtype'))) });
    }
    case 'TimedeltaArray':
    case 'NumpyExtensionArray':
      return ndVector(oneRow(arrayPart(state, array.cls, '_ndarray', '_data'), row), ctx);
    case 'PeriodArray':
      return periodVector(oneRow(arrayPart(state, array.cls, '_ndarray', '_data'), row), first(state, '_dtype', '_freq', 'freq'), ctx);
    case 'Categorical':
      return categoricalVector(state, row, ctx);
    case 'IntegerArray':
    case 'FloatingArray':
    case 'BooleanArray':
      return maskedVector(array, state, ctx);
    case 'StringArray':
      return textColumn(ndVector(arrayPart(state, array.cls, '_ndarray', '_data'), ctx));
    case 'ArrowStringArray':
    case 'ArrowExtensionArray':
      return arrowVector(first(state, '_pa_array', '_data'), ctx);
    case 'IntervalArray':
      return intervalVector(state, ctx);
    case 'SparseArray':
      return sparseVector(state, ctx);
    default:
      throw unsupported(`it holds ${aType(array)}, which has no column form`);
  }
}

function dtypeZone(dtype: PyValue | undefined): PyValue {
  if (!(dtype instanceof PyObject) || dtype.cls !== 'DatetimeTZDtype') return null;
  const state = dtype.state;
  return (state instanceof PyDict ? first(state, 'tz', '_tz') : dtype.args[1]) ?? null;
}

function maskedVector(array: PyObject, state: PyDict, ctx: Ctx): Vector {
  const values = ndVector(arrayPart(state, array.cls, '_data'), ctx);
  const mask = arrayPart(state, array.cls, '_mask');
  if (mask.dtype.kind !== 'b' || mask.bytes.length !== vectorLength(values)) throw malformed(`the mask of a ${array.cls} has the wrong length`);
  let nulls: Uint8Array | null = null;
  for (let i = 0; i < mask.bytes.length; i++) {
    if (mask.bytes[i] === 0) continue;
    nulls ??= new Uint8Array(mask.bytes.length);
    nulls[i] = 1;
  }
  if (values.type === 'string' || values.type === 'dynamic') {
    return nulls === null ? values : { ...values, values: values.values.map((v, i) => (nulls[i] === 1 ? null : v)) };
  }
  const inner = values.nulls;
  return { ...values, nulls: nulls === null ? inner : inner === null ? nulls : Uint8Array.from(nulls, (n, i) => n | (inner[i] as number)) };
}

/** A declared text column stays text even when it is empty or holds something else. */
function textColumn(vector: Vector): Vector {
  if (vector.type === 'string') return vector;
  return stringVector(Array.from({ length: vectorLength(vector) }, (_, i) => cellText(vector, i)));
}

function categoricalVector(state: PyDict, row: number | null, ctx: Ctx): Vector {
  const codes = oneRow(arrayPart(state, 'Categorical', '_ndarray', '_codes'), row);
  const dtype = first(state, '_dtype', 'dtype');
  const dtypeState = dtype instanceof PyObject && dtype.cls === 'CategoricalDtype' ? dtype.state : undefined;
  const categories = dtypeState instanceof PyDict ? first(dtypeState, 'categories', '_categories') : dtype instanceof PyObject ? dtype.args[0] : undefined;
  if (categories === undefined || categories === null) throw malformed('a Categorical has no categories');
  ctx.budget.cells(codes.shape[0] ?? 0);
  return take(ctx.vectorOf(categories), smallInts(codes, ctx), 'a category');
}

/** Integer codes as plain numbers. */
export function smallInts(array: NdArray, ctx: Ctx): ArrayLike<number> {
  const { dtype } = array;
  if (dtype.kind !== 'i' || dtype.itemSize > 8) throw malformed('codes are not integers');
  if (dtype.itemSize < 8) {
    const bytes = alignedBytes(array.bytes, dtype.itemSize, dtype.bigEndian);
    const Codes = dtype.itemSize === 1 ? Int8Array : dtype.itemSize === 2 ? Int16Array : Int32Array;
    return new Codes(bytes.buffer, bytes.byteOffset, bytes.length / dtype.itemSize);
  }
  const vector = ndVector(array, ctx);
  if (vector.type !== 'int') throw malformed('codes are not integers');
  return Float64Array.from(vector.values, Number);
}

function periodVector(data: NdArray, dtype: PyValue | undefined, ctx: Ctx): Vector {
  const frequency = dtypeFrequency(dtype);
  const ordinals = ndVector(data, ctx);
  if (ordinals.type !== 'int') throw malformed('periods are not integers');
  const nat = -(2n ** 63n);
  return stringVector(Array.from(ordinals.values, (v) => (v === nat ? null : periodText(v, frequency))));
}

function intervalVector(state: PyDict, ctx: Ctx): Vector {
  const dtype = first(state, '_dtype', 'dtype');
  const dtypeState = dtype instanceof PyObject ? dtype.state : undefined;
  const closed = (dtypeState instanceof PyDict ? first(dtypeState, 'closed', '_closed') : undefined) ?? first(state, '_closed', 'closed') ?? 'right';
  return intervals(ctx.vectorOf(first(state, '_left', 'left')), ctx.vectorOf(first(state, '_right', 'right')), closed);
}

/** Text of intervals from their two sides. */
export function intervals(left: Vector, right: Vector, closed: PyValue): Vector {
  if (vectorLength(left) !== vectorLength(right)) throw malformed('the two sides of intervals differ in length');
  return stringVector(
    Array.from({ length: vectorLength(left) }, (_, i) =>
      isNullAt(left, i) && isNullAt(right, i) ? null : intervalText(cellText(left, i) ?? 'nan', cellText(right, i) ?? 'nan', closed),
    ),
  );
}

/** One cell as text: numbers as Python prints them, times in ISO form. */
export function cellText(vector: Vector, i: number): string | null {
  if (isNullAt(vector, i)) return null;
  switch (vector.type) {
    case 'string':
    case 'dynamic':
      return vector.values[i] as string;
    case 'int':
      return String(vector.values[i]);
    case 'float':
      return floatText(vector.values[i] as number);
    case 'bool':
      return vector.values[i] === 1 ? 'True' : 'False';
    case 'datetime':
      return datetimeText(vector, i).replace(/T00:00:00(\.0+)?$/, '');
    case 'timespan':
      return vector.exactNs === undefined ? spanText((vector.values[i] as bigint) * 1000n) : spanText(vector.exactNs[i] as bigint);
    default:
      return vectorJson(vector, i);
  }
}

function sparseVector(state: PyDict, ctx: Ctx): Vector {
  const index = first(state, '_sparse_index');
  const data = first(state, '_sparse_values');
  const dtype = first(state, '_dtype', 'dtype');
  const dtypeState = dtype instanceof PyObject && dtype.state instanceof PyDict ? dtype.state : undefined;
  const fill = (dtypeState === undefined ? undefined : first(dtypeState, '_fill_value', 'fill_value')) ?? null;
  if (!(index instanceof PyObject) || !(data instanceof NdArray) || data.shape.length !== 1) throw malformed('a sparse column is not described as expected');
  const length = index.args[0];
  if (typeof length !== 'number' || length < 0) throw malformed('a sparse column has no length');
  ctx.budget.cells(length);
  const at = index.cls === 'IntIndex' ? positions(index.args[1], ctx) : blockPositions(index, ctx);
  const count = data.shape[0] as number;
  if (at.length !== count) throw malformed('a sparse column has more values than places');
  const codes = new Float64Array(length).fill(count);
  for (let i = 0; i < count; i++) {
    const place = at[i] as number;
    if (place < 0 || place >= length) throw malformed('a sparse column has a value outside its length');
    codes[place] = i;
  }
  return take(withFill(data, fill, ctx), codes, 'a sparse column');
}

/** The stored values and, after them, the fill value. */
function withFill(data: NdArray, fill: PyValue, ctx: Ctx): Vector {
  const vector = ndVector(data, ctx);
  const n = vectorLength(vector);
  const fillVector = objectVector(PyList.of([fill]), ctx);
  if (vector.type === 'int' && fillVector.type === 'int') {
    const values = new BigInt64Array(n + 1);
    values.set(vector.values);
    values[n] = fillVector.values[0] as bigint;
    return { type: 'int', values, nulls: null };
  }
  if (vector.type === 'bool' && fillVector.type === 'bool') {
    const values = new Uint8Array(n + 1);
    values.set(vector.values);
    values[n] = fillVector.values[0] as number;
    return { type: 'bool', values, nulls: null };
  }
  if (vector.type === 'float' || vector.type === 'int' || vector.type === 'bool') {
    const values = new Float64Array(n + 1);
    for (let i = 0; i < n; i++) values[i] = isNullAt(vector, i) ? NaN : Number(vector.values[i]);
    values[n] = isNullAt(fillVector, 0) ? NaN : fillVector.type === 'float' || fillVector.type === 'int' || fillVector.type === 'bool' ? Number(fillVector.values[0]) : NaN;
    const nulls = Uint8Array.from(values, (v) => (Number.isNaN(v) ? 1 : 0));
    return { type: 'float', values, nulls };
  }
  return stringVector([...Array.from({ length: n }, (_, i) => cellText(vector, i)), isNullAt(fillVector, 0) ? null : scalarText(fill)]);
}

function positions(value: PyValue | undefined, ctx: Ctx): ArrayLike<number> {
  if (!(value instanceof NdArray) || value.shape.length !== 1) throw malformed('a sparse column has no places');
  return smallInts(value, ctx);
}

function blockPositions(index: PyObject, ctx: Ctx): number[] {
  const starts = positions(index.args[1], ctx);
  const lengths = positions(index.args[2], ctx);
  if (starts.length !== lengths.length) throw malformed('a sparse column has no places');
  const out: number[] = [];
  for (let i = 0; i < starts.length; i++) {
    const count = lengths[i] as number;
    if (count < 0) throw malformed('a sparse column has no places');
    ctx.budget.cells(count);
    for (let k = 0; k < count; k++) out.push((starts[i] as number) + k);
  }
  return out;
}

