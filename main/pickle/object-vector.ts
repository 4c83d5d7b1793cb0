/**
 * Object columns: which type fits all their values, and the column of that type.
 * Owns: the inference rules (see README.md). Must not: change the pickled values, except that
 * missing values in an all-text list become null in place to spare a copy.
 */

import type { Ctx } from './context.ts';
import { jsonWriter } from './json-text.ts';
import { bigText, instantOf, isNullValue, kindOf, scalarText, spanNs, type CellKind, type Instant } from './scalars.ts';
import type { PyList } from './py-list.ts';
import { refStore } from './text-store.ts';
import { isoText } from './time-text.ts';
import { PyFloat } from './py-scalars.ts';
import { PyObject, type PyValue } from './values.ts';
import { lazyText, stringVector, type Vector } from './vector.ts';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

export function objectVector(list: PyList, ctx: Ctx): Vector {
  const { refs } = list;
  if (refs !== null) return lazyText(refStore(refs.source, refs.refs));
  const { items } = list;
  const n = items.length;
  const kinds = new Set<CellKind>();
  let texts = 0;
  for (let i = 0; i < n; i++) {
    const value = items[i] as PyValue;
    if (typeof value === 'string') texts++;
    else if (value !== null) kinds.add(kindOf(value));
  }
  if (texts > 0) kinds.add('str');
  const hadNullObjects = kinds.delete('null');

  if (kinds.size === 0 || only(kinds, 'str')) {
    if (hadNullObjects) for (let i = 0; i < n; i++) if (typeof items[i] !== 'string') items[i] = null;
    return stringVector(items as (string | null)[]);
  }
  if (kinds.has('container')) return dynamicVector(items, ctx);
  if (only(kinds, 'bool')) return boolVector(items);
  if (only(kinds, 'int')) return intVector(items);
  if (only(kinds, 'float') || only(kinds, 'int', 'float')) return mixedNumbers(items) ?? textVector(items, ctx);
  if (only(kinds, 'instant') || only(kinds, 'date') || only(kinds, 'instant', 'date')) return instantVector(items, ctx) ?? textVector(items, ctx);
  if (only(kinds, 'span')) return spanVector(items) ?? textVector(items, ctx);
  return textVector(items, ctx);
}

function only(kinds: Set<CellKind>, ...wanted: CellKind[]): boolean {
  return kinds.size === wanted.length && wanted.every((k) => kinds.has(k));
}

function nullMap(items: PyValue[]): Uint8Array | null {
  let nulls: Uint8Array | null = null;
  for (let i = 0; i < items.length; i++) {
    if (!isNullValue(items[i] as PyValue)) continue;
    nulls ??= new Uint8Array(items.length);
    nulls[i] = 1;
  }
  return nulls;
}

function textVector(items: PyValue[], ctx: Ctx): Vector {
  return stringVector(
    items.map((v, i) => {
      if ((i & 0xfff) === 0xfff) ctx.budget.checkTime();
      return typeof v === 'string' ? v : isNullValue(v) ? null : scalarText(v);
    }),
  );
}

function dynamicVector(items: PyValue[], ctx: Ctx): Vector {
  const write = jsonWriter(ctx);
  return { type: 'dynamic', values: items.map((v) => (isNullValue(v) ? null : write(v))) };
}

function boolVector(items: PyValue[]): Vector {
  return { type: 'bool', values: Uint8Array.from(items, (v) => (v === true ? 1 : 0)), nulls: nullMap(items) };
}

function intVector(items: PyValue[]): Vector {
  const values = new BigInt64Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const v = items[i] as PyValue;
    if (typeof v === 'number') values[i] = BigInt(v);
    else if (typeof v === 'bigint') {
      if (v > INT64_MAX || v < INT64_MIN) return stringVector(items.map((x) => (isNullValue(x) ? null : bigText(BigInt(x as number | bigint)))));
      values[i] = v;
    }
  }
  return { type: 'int', values, nulls: nullMap(items) };
}

/** Null when an integer would lose digits as a float. */
function mixedNumbers(items: PyValue[]): Vector | null {
  const values = new Float64Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const v = items[i] as PyValue;
    if (v instanceof PyFloat) values[i] = v.value;
    else if (typeof v === 'number') values[i] = v;
    else if (typeof v === 'bigint') return null;
    else values[i] = NaN;
  }
  return { type: 'float', values, nulls: nullMap(items) };
}

/** Null when a time does not fit 64 bits of microseconds. */
function instantVector(items: PyValue[], ctx: Ctx): Vector | null {
  const n = items.length;
  const values = new BigInt64Array(n);
  const zones = new Set<string | null>();
  let lossy = false;
  const instants: (Instant | null)[] = new Array<Instant | null>(n);
  for (let i = 0; i < n; i++) {
    if ((i & 0xfff) === 0xfff) ctx.budget.checkTime();
    const v = items[i] as PyValue;
    if (!(v instanceof PyObject) || isNullValue(v) || kindOf(v) === 'null') {
      instants[i] = null;
      continue;
    }
    const instant = instantOf(v);
    const us = BigInt(instant.second) * 1_000_000n + BigInt(Math.floor(instant.nano / 1000));
    if (us > INT64_MAX || us < INT64_MIN) return null;
    values[i] = us;
    instants[i] = instant;
    zones.add(instant.zone === null ? null : instant.zone.name);
    if (instant.nano % 1000 !== 0 || (instant.zone !== null && !instant.zone.isUtc)) lossy = true;
  }
  if (zones.size > 1) lossy = true;
  let nulls: Uint8Array | null = null;
  let original: (string | null)[] | null = null;
  if (lossy) {
    original = instants.map((t) => (t === null ? null : isoText(t.second, t.nano, t.zone === null ? null : t.zone.offsetAt(t.second), 9)));
  }
  instants.forEach((t, i) => {
    if (t === null) (nulls ??= new Uint8Array(n))[i] = 1;
  });
  const [zone] = zones;
  return { type: 'datetime', values, nulls, original, zone: zones.size === 1 ? (zone ?? null) : null };
}

function spanVector(items: PyValue[]): Vector | null {
  const n = items.length;
  const values = new BigInt64Array(n);
  const exact = new BigInt64Array(n);
  let nulls: Uint8Array | null = null;
  let subMicro = false;
  for (let i = 0; i < n; i++) {
    const v = items[i] as PyValue;
    if (!(v instanceof PyObject) || kindOf(v) === 'null') {
      (nulls ??= new Uint8Array(n))[i] = 1;
      continue;
    }
    const ns = spanNs(v);
    const us = ns / 1000n - (ns % 1000n < 0n ? 1n : 0n);
    if (us > INT64_MAX || us < INT64_MIN) return null;
    values[i] = us;
    if (ns % 1000n !== 0n) subMicro = true;
    exact[i] = BigInt.asIntN(64, ns);
  }
  return subMicro ? { type: 'timespan', values, nulls, exactNs: exact } : { type: 'timespan', values, nulls };
}
