/**
 * pandas indexes: as columns (rows' labels) and as names (columns' labels).
 * Owns: reading Index, RangeIndex, MultiIndex and the typed indexes. Must not: know blocks.
 */

import type { Ctx } from './context.ts';
import { malformed } from './errors.ts';
import { cellText, intervals, smallInts } from './ext-arrays.ts';
import { ndItems } from './nd-items.ts';
import { ndVector } from './nd-vector.ts';
import { periodText, offsetFrequency } from './period.ts';
import { kindOf, scalarText } from './scalars.ts';
import { NdArray, PyDict, PyObject, PyTuple, aType, sequence, typeName, type PyValue } from './values.ts';
import { stringVector, take, vectorLength, type Vector } from './vector.ts';
import { zoneOf } from './zones.ts';

/** Longer tuples are no names. */
const MAX_LABEL_PARTS = 32;

const INDEXES = new Set([
  'Index', 'RangeIndex', 'MultiIndex', 'DatetimeIndex', 'TimedeltaIndex', 'PeriodIndex', 'IntervalIndex', 'CategoricalIndex',
]);

export function isIndex(value: PyValue | undefined): value is PyObject {
  return value instanceof PyObject && INDEXES.has(value.cls);
}

function parts(index: PyObject): PyDict {
  const dict = index.args[0];
  if (!(dict instanceof PyDict)) throw malformed(`a ${index.cls} is not described as expected`);
  return dict;
}

export type Range = { start: number; step: number; length: number };

function rangeOf(index: PyObject): Range {
  const dict = parts(index);
  const [start, stop, step] = ['start', 'stop', 'step'].map((key) => {
    const value = dict.get(key);
    if (typeof value !== 'number') throw malformed(`a RangeIndex has no ${key}`);
    return value;
  }) as [number, number, number];
  if (step === 0) throw malformed('a RangeIndex has step 0');
  return { start, step, length: Math.max(0, Math.ceil((stop - start) / step)) };
}

/** The range of a RangeIndex that only counts the rows from 0 and has no name. */
export function isDefaultRange(index: PyValue | undefined): boolean {
  if (!isIndex(index) || index.cls !== 'RangeIndex') return false;
  const { start, step } = rangeOf(index);
  return start === 0 && step === 1 && (parts(index).get('name') ?? null) === null;
}

/** Number of entries; computed without making them. */
export function indexLength(index: PyValue | undefined, ctx: Ctx): number {
  if (isIndex(index)) {
    if (index.cls === 'RangeIndex') return rangeOf(index).length;
    if (index.cls === 'MultiIndex') {
      const [codes] = multiParts(index).codes;
      return codes === undefined ? 0 : (codes.shape[0] ?? 0);
    }
    const data = parts(index).get('data');
    if (data instanceof NdArray && data.shape.length === 1) return data.shape[0] as number;
    return vectorLength(indexVector(index, ctx));
  }
  return vectorLength(ctx.vectorOf(index));
}

function multiParts(index: PyObject): { levels: PyValue[]; codes: NdArray[]; names: PyValue[] } {
  const dict = parts(index);
  const list = (key: string): PyValue[] => {
    return sequence(dict.get(key)) ?? [];
  };
  const levels = list('levels');
  const codes = (dict.has('codes') ? list('codes') : list('labels')).map((c) => {
    if (!(c instanceof NdArray) || c.shape.length !== 1) throw malformed('a MultiIndex has no codes');
    return c;
  });
  if (levels.length === 0 || levels.length !== codes.length || levels.length > 1000) throw malformed('a MultiIndex has levels and codes of different number');
  if (codes.some((c) => c.shape[0] !== codes[0]?.shape[0])) throw malformed('the levels of a MultiIndex differ in length');
  return { levels, codes, names: list('names') };
}

/** A one-level index as a column. */
export function indexVector(index: PyObject, ctx: Ctx): Vector {
  if (!isIndex(index)) throw malformed(`${aType(index)} stands where an index is expected`);
  const dict = parts(index);
  const data = dict.get('data');
  switch (index.cls) {
    case 'RangeIndex': {
      const { start, step, length } = rangeOf(index);
      ctx.budget.cells(length);
      const values = new BigInt64Array(length);
      for (let i = 0; i < length; i++) values[i] = BigInt(start + i * step);
      return { type: 'int', values, nulls: null };
    }
    case 'MultiIndex': {
      const levels = indexLevels(index, ctx);
      const n = vectorLength((levels[0] as { vector: Vector }).vector);
      return stringVector(Array.from({ length: n }, (_, i) => `(${levels.map((l) => cellText(l.vector, i) ?? 'nan').join(', ')})`));
    }
    case 'IntervalIndex':
      if (data === undefined) return intervals(ctx.vectorOf(dict.get('left')), ctx.vectorOf(dict.get('right')), dict.get('closed') ?? 'right');
      return ctx.vectorOf(data);
    case 'DatetimeIndex':
      if (data instanceof NdArray) return ndVector(data, ctx, { zone: zoneOf(dict.get('tz')) });
      return ctx.vectorOf(data);
    case 'PeriodIndex': {
      if (!(data instanceof NdArray)) return ctx.vectorOf(data);
      const ordinals = ndVector(data, ctx);
      const frequency = offsetFrequency(dict.get('freq') ?? null);
      if (ordinals.type !== 'int') throw malformed('periods are not integers');
      return stringVector(Array.from(ordinals.values, (v) => (v === -(2n ** 63n) ? null : periodText(v, frequency))));
    }
    default:
      return ctx.vectorOf(data);
  }
}

export type IndexLevel = { name: PyValue; vector: Vector };

/** The columns an index becomes: one, or one per level. */
export function indexLevels(index: PyValue | undefined, ctx: Ctx): IndexLevel[] {
  if (!isIndex(index)) return [{ name: null, vector: ctx.vectorOf(index) }];
  if (index.cls !== 'MultiIndex') return [{ name: parts(index).get('name') ?? null, vector: indexVector(index, ctx) }];
  const { levels, codes, names } = multiParts(index);
  ctx.budget.cells(levels.length * (codes[0]?.shape[0] ?? 0));
  return levels.map((level, i) => ({
    name: names[i] ?? (isIndex(level) && level.cls !== 'MultiIndex' ? (parts(level).get('name') ?? null) : null),
    vector: take(ctx.vectorOf(level), smallInts(codes[i] as NdArray, ctx), 'a MultiIndex'),
  }));
}

/** Names for index columns: their own, else `index`, else `level_0`, `level_1`… */
export function levelNames(levels: IndexLevel[]): string[] {
  return levels.map((level, i) => (level.name === null ? (levels.length === 1 ? 'index' : `level_${i}`) : labelText(level.name)));
}

/** Text of one label; tuples and levels are joined by `_`, leaving empty parts out. */
export function labelText(label: PyValue, depth = 0): string {
  if (label instanceof PyTuple) {
    if (depth > 1 || label.items.length > MAX_LABEL_PARTS) return 'tuple';
    return label.items.map((part) => labelText(part, depth + 1)).filter((p) => p !== '').join('_');
  }
  if (kindOf(label) === 'container') return typeName(label);
  return scalarText(label).replace(/T00:00:00$/, '');
}

/** The names of a frame's columns. */
export function columnLabels(index: PyValue | undefined, ctx: Ctx): string[] {
  if (isIndex(index) && index.cls === 'MultiIndex') {
    const levels = indexLevels(index, ctx);
    const n = vectorLength((levels[0] as IndexLevel).vector);
    return Array.from({ length: n }, (_, i) => levels.map((l) => cellText(l.vector, i) ?? '').filter((p) => p !== '').join('_'));
  }
  const data = isIndex(index) ? parts(index).get('data') : index;
  if (data instanceof NdArray && data.dtype.kind === 'O') return ndItems(data, ctx.budget).map((label) => labelText(label));
  const vector = isIndex(index) ? indexVector(index, ctx) : ctx.vectorOf(index);
  return Array.from({ length: vectorLength(vector) }, (_, i) => cellText(vector, i) ?? 'None');
}
