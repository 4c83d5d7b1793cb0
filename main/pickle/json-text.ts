/**
 * Containers and mixed cells as JSON text (the `dynamic` columns).
 * Owns: that text. Must not: build JavaScript objects from evidence keys, or unfold shared
 * references without charging them to the budget.
 *
 * dict → object (keys as Python prints them; an array of pairs when two keys print alike);
 * list, tuple, set, array → array; frame → array of records; missing values → null.
 */

import { Buffer } from 'node:buffer';
import type { Ctx } from './context.ts';
import { limitReached } from './errors.ts';
import type { Budget } from './limits.ts';
import { ndItems } from './nd-items.ts';
import { PyList } from './py-list.ts';
import { bigText, floatText, isNullValue, kindOf, scalarText } from './scalars.ts';
import { PyBytes, PyFloat } from './py-scalars.ts';
import { NdArray, NpDtype, PyDict, PyObject, PySet, PyTuple, typeName, type PyValue } from './values.ts';
import { isoText, spanText } from './time-text.ts';
import { isNullAt, type Vector } from './vector.ts';

/** Shorter texts are as quickly written again. */
const MIN_REMEMBERED = 128;

/** A writer that remembers the text of larger containers for as long as it lives. */
export function jsonWriter(ctx: Ctx): (value: PyValue) => string {
  const { budget } = ctx;
  const texts = new Map<object, string>();

  function write(value: PyValue, depth: number): string {
    if (typeof value === 'string') {
      budget.chars(value.length + 2);
      return JSON.stringify(value);
    }
    if (isNullValue(value)) return 'null';
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (typeof value === 'number') return String(value);
    if (typeof value === 'bigint') {
      const text = bigText(value);
      return text.includes('x') ? `"${text}"` : text;
    }
    if (value instanceof PyFloat) return Number.isFinite(value.value) ? floatText(value.value) : `"${floatText(value.value)}"`;
    if (kindOf(value) !== 'container') return kindOf(value) === 'null' ? 'null' : JSON.stringify(scalarText(value));
    const known = texts.get(value as object);
    if (known !== undefined) {
      // At the top of a cell the text is shared; inside another one it is copied.
      if (depth > 0) budget.chars(known.length);
      return known;
    }
    if (depth >= budget.limits.maxDepth) throw limitReached(`a value is nested deeper than ${budget.limits.maxDepth} levels, or contains itself`);
    const text = container(value, depth + 1);
    if (text.length > MIN_REMEMBERED) texts.set(value as object, text);
    return text;
  }

  function list(items: PyValue[], depth: number): string {
    budget.cells(items.length);
    return `[${items.map((v) => write(v, depth)).join(',')}]`;
  }

  function container(value: PyValue, depth: number): string {
    if (value instanceof PyList || value instanceof PyTuple || value instanceof PySet) return list(value.items, depth);
    if (value instanceof PyDict) return dict(value, depth);
    if (value instanceof PyBytes) {
      budget.chars(value.bytes.length * 2);
      return bytesJson(value.bytes);
    }
    if (value instanceof NdArray) return nested(ndItems(value, budget), value.shape, depth);
    if (value instanceof NpDtype) return JSON.stringify(`dtype(${value.kind}${value.itemSize})`);
    if (value instanceof PyObject) return object(value, depth);
    return 'null';
  }

  function dict(value: PyDict, depth: number): string {
    budget.cells(value.size);
    const keys = value.keys.map((key) => {
      const text = typeof key === 'string' ? key : keyText(key, budget);
      budget.chars(text.length + 4);
      return text;
    });
    // Text keys are distinct already.
    if (value.keys.some((key) => typeof key !== 'string') && new Set(keys).size !== keys.length) {
      return `[${value.keys.map((key, i) => `[${write(key, depth)},${write(value.values[i] as PyValue, depth)}]`).join(',')}]`;
    }
    return `{${keys.map((key, i) => `${JSON.stringify(key)}:${write(value.values[i] as PyValue, depth)}`).join(',')}}`;
  }

  function nested(items: PyValue[], shape: number[], depth: number): string {
    if (shape.length === 0) return write(items[0] ?? null, depth);
    if (shape.length === 1) return list(items, depth);
    if (items.length === 0) return '[]';
    const [first = 0, ...rest] = shape;
    const step = items.length / first;
    return `[${Array.from({ length: first }, (_, i) => nested(items.slice(i * step, (i + 1) * step), rest, depth)).join(',')}]`;
  }

  /** A frame, series, index or pandas array inside a cell. */
  function object(value: PyObject, depth: number): string {
    const table = ctx.nestedTable(value, depth);
    const rows: string[] = [];
    budget.cells(table.rows * Math.max(1, table.columns.length));
    for (let i = 0; i < table.rows; i++) {
      const text = table.plainValues
        ? vectorJson((table.columns[0] as { vector: Vector }).vector, i)
        : `{${table.columns.map((c) => `${JSON.stringify(c.name)}:${vectorJson(c.vector, i)}`).join(',')}}`;
      budget.chars(text.length);
      rows.push(text);
    }
    return `[${rows.join(',')}]`;
  }

  return (value) => write(value, 0);
}

/** Bytes that are clean text read as text; others as tagged hex. */
function bytesJson(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.test(text)) return JSON.stringify(text);
  return `{"$bytes":"${buffer.toString('hex')}"}`;
}

function keyText(key: PyValue, budget: Budget, depth = 0): string {
  if (typeof key === 'string') return depth === 0 ? key : `'${key}'`;
  if (key instanceof PyTuple) {
    if (depth > 8) return '(…)';
    budget.cells(key.items.length);
    const items = key.items.map((v) => keyText(v, budget, depth + 1));
    return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
  }
  if (key instanceof PyBytes) return `b'${Buffer.from(key.bytes).toString('latin1')}'`;
  return kindOf(key) === 'container' ? typeName(key) : scalarText(key);
}

/** One cell of a finished column as JSON. */
export function vectorJson(vector: Vector, i: number): string {
  if (isNullAt(vector, i)) {
    if (vector.type === 'datetime' && vector.original?.[i]) return JSON.stringify(vector.original[i]);
    return 'null';
  }
  switch (vector.type) {
    case 'int':
      return String(vector.values[i]);
    case 'float': {
      const value = vector.values[i] as number;
      return Number.isFinite(value) ? floatText(value) : `"${floatText(value)}"`;
    }
    case 'bool':
      return vector.values[i] === 1 ? 'true' : 'false';
    case 'datetime':
      return JSON.stringify(datetimeText(vector, i));
    case 'timespan':
      return JSON.stringify(spanText(vector.exactNs === undefined ? (vector.values[i] as bigint) * 1000n : (vector.exactNs[i] as bigint)));
    case 'string':
      return JSON.stringify(vector.values[i]);
    case 'dynamic':
      return vector.values[i] as string;
  }
}

/** ISO text of a datetime cell: the original where there is one. */
export function datetimeText(vector: Vector & { type: 'datetime' }, i: number): string {
  const original = vector.original?.[i];
  if (original !== null && original !== undefined) return original;
  const us = vector.values[i] as bigint;
  const second = us / 1_000_000n - (us % 1_000_000n < 0n ? 1n : 0n);
  const micro = Number(us - second * 1_000_000n);
  return isoText(Number(second), micro * 1000, vector.zone === null ? null : 0, 'auto');
}
