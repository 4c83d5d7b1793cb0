/**
 * What a pickle as a whole becomes: one table, several, or a clear refusal.
 * Owns: the top-level rules (frames in dicts and lists, records, arrays, plain lists).
 * Must not: convert columns.
 */

import type { Ctx } from './context.ts';
import { limitReached, malformed, unsupported } from './errors.ts';
import { anyVector } from './any-vector.ts';
import { isExtensionArray } from './ext-arrays.ts';
import { finishTable, readFrame, readNested, readSeries, type PickleTable, type RawTable } from './frames.ts';
import { indexLevels, isIndex, labelText, levelNames } from './indexes.ts';
import type { Budget } from './limits.ts';
import { PyList } from './py-list.ts';
import { fieldArray } from './nd-items.ts';
import { ndVector, rowOf } from './nd-vector.ts';
import { objectVector } from './object-vector.ts';
import { NdArray, PyDict, PyObject, PySet, PyTuple, aType, typeName, type PyValue } from './values.ts';
import { vectorLength, type Vector } from './vector.ts';

const MAX_TABLES = 10_000;
const MAX_NESTED_FRAMES = 8;
const MAX_NESTED_ARRAYS = 32;
const CELLS_PER_ARRAY = 64;
const MAX_RECORD_KEYS = 20_000;

export function tablesOf(root: PyValue, budget: Budget): PickleTable[] {
  const tables: PickleTable[] = [];
  const skipped: string[] = [];
  let frameDepth = 0;
  let vectorDepth = 0;

  function context(warnings: string[]): Ctx {
    const ctx: Ctx = {
      budget,
      warn(text) {
        if (warnings.length < 100 && !warnings.includes(text)) warnings.push(text);
      },
      vectorOf(value) {
        if (vectorDepth >= MAX_NESTED_ARRAYS) throw limitReached(`arrays are nested deeper than ${MAX_NESTED_ARRAYS} levels, or contain themselves`);
        // Even an empty array costs work; shared ones could be asked for again and again.
        budget.cells(CELLS_PER_ARRAY);
        vectorDepth++;
        try {
          return anyVector(value, ctx);
        } finally {
          vectorDepth--;
        }
      },
      nestedTable(value) {
        if (frameDepth >= MAX_NESTED_FRAMES) throw limitReached(`frames are nested deeper than ${MAX_NESTED_FRAMES} levels, or contain themselves`);
        frameDepth++;
        try {
          return readNested(value, ctx);
        } finally {
          frameDepth--;
        }
      },
    };
    return ctx;
  }

  function add(name: string | null, read: (ctx: Ctx) => RawTable): void {
    if (tables.length >= MAX_TABLES) throw limitReached(`it holds more than ${MAX_TABLES} tables`);
    const warnings: string[] = [];
    const raw = read(context(warnings));
    tables.push(finishTable(name, raw, warnings));
  }

  /** Adds what `value` holds when it is tabular by itself; false when it is not. */
  function addTabular(name: string | null, value: PyValue): boolean {
    if (value instanceof PyObject) {
      if (value.cls === 'DataFrame') add(name, (ctx) => readFrame(value, ctx));
      else if (value.cls === 'Series') add(name, (ctx) => readSeries(value, ctx));
      else if (isIndex(value)) add(name, (ctx) => indexTable(value, ctx));
      else if (isExtensionArray(value)) add(name, (ctx) => single(ctx.vectorOf(value)));
      else return false;
      return true;
    }
    if (value instanceof NdArray && value.shape.length > 0 && value.shape.length <= 2) {
      add(name, (ctx) => arrayTable(value, ctx));
      return true;
    }
    return false;
  }

  /** Frames inside dicts and lists, named by their path. */
  function addNested(path: string, value: PyValue, depth: number): void {
    if (addTabular(path, value)) return;
    if (depth < 4 && holdsTables(value, depth)) {
      if (value instanceof PyDict) {
        value.keys.forEach((key, i) => addNested(`${path}.${keyName(key)}`, value.values[i] as PyValue, depth + 1));
      } else {
        (listItems(value) ?? []).forEach((item, i) => addNested(`${path}.${i}`, item, depth + 1));
      }
      return;
    }
    if (isRecords(value)) add(path, (ctx) => recordTable(listItems(value) as PyDict[], ctx));
    else skipped.push(`"${path}" (${typeName(value)})`);
  }

  if (!addTabular(null, root)) {
    const list = listItems(root);
    if (root instanceof PyDict && holdsTables(root, 0)) {
      root.keys.forEach((key, i) => addNested(keyName(key), root.values[i] as PyValue, 1));
    } else if (list !== null && holdsTables(root, 0)) {
      list.forEach((item, i) => addNested(String(i), item, 1));
    } else if (isRecords(root)) {
      add(null, (ctx) => recordTable(list as PyDict[], ctx));
    } else if (root instanceof PyDict && root.size > 0) {
      add(null, (ctx) => dictTable(root, ctx));
    } else if (list !== null && list.length > 0) {
      add(null, (ctx) => single(listVector(PyList.of(list.slice()), ctx)));
    } else {
      const what = list !== null || root instanceof PyDict ? `an empty ${typeName(root)}` : aType(root);
      throw unsupported(`it holds ${what}, not a DataFrame or a list of records`);
    }
  }
  if (skipped.length > 0 && tables[0] !== undefined) {
    const shown = skipped.slice(0, 20).join(', ');
    tables[0].warnings.push(`Not part of any table and left out: ${shown}${skipped.length > 20 ? ` and ${skipped.length - 20} more` : ''}`);
  }
  return tables;
}

function listItems(value: PyValue): PyValue[] | null {
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PySet) return value.items;
  return null;
}

function keyName(key: PyValue): string {
  return labelText(key);
}

/** Whether a dict or list holds at least one frame, series or array of records at some depth. */
function holdsTables(value: PyValue, depth: number): boolean {
  const items = value instanceof PyDict ? value.values : listItems(value);
  if (items === null) return false;
  return items.some((item) => {
    if (item instanceof PyObject) return item.cls === 'DataFrame' || item.cls === 'Series' || isIndex(item);
    if (item instanceof NdArray) return item.shape.length > 0 && item.shape.length <= 2;
    return depth < 3 && (item instanceof PyDict || item instanceof PyList || item instanceof PyTuple) && looksSmall(item) && holdsTables(item, depth + 1);
  });
}

/** Searching for frames inside big plain data is pointless. */
function looksSmall(value: PyValue): boolean {
  if (value instanceof PyDict) return value.size <= 1000;
  return value instanceof PyList ? value.length <= 1000 : value instanceof PyTuple && value.items.length <= 1000;
}

function isRecords(value: PyValue): boolean {
  const items = listItems(value);
  return items !== null && items.length > 0 && items.every((item) => item instanceof PyDict);
}

function single(vector: Vector): RawTable {
  return { rows: vectorLength(vector), columns: [{ name: 'value', vector }], indexKept: false };
}

function listVector(list: PyList, ctx: Ctx): Vector {
  ctx.budget.cells(list.length);
  return objectVector(list, ctx);
}

function indexTable(index: PyObject, ctx: Ctx): RawTable {
  const levels = indexLevels(index, ctx);
  const names = levelNames(levels);
  return {
    rows: vectorLength((levels[0] as { vector: Vector }).vector),
    columns: levels.map((l, i) => ({ name: names[i] as string, vector: l.vector })),
    indexKept: true,
  };
}

function arrayTable(array: NdArray, ctx: Ctx): RawTable {
  if (!array.ready) throw malformed('an array has no content');
  if (array.dtype.fields !== null && array.shape.length === 1) {
    const columns = array.dtype.fields.map((field) => ({ name: field.name, vector: ndVector(fieldArray(array, field), ctx) }));
    return { rows: array.shape[0] as number, columns, indexKept: false };
  }
  if (array.shape.length === 1) return single(ndVector(array, ctx));
  const [rows = 0, count = 0] = array.shape;
  if (count > MAX_RECORD_KEYS || rows > ctx.budget.limits.maxElements) throw limitReached(`an array has ${count} columns`);
  // Columns of a C-ordered array are the rows of its transpose.
  const transposed = new NdArray();
  Object.assign(transposed, array, { shape: [count, rows], fortran: !array.fortran });
  const columns = Array.from({ length: count }, (_, i) => ({ name: String(i), vector: ndVector(rowOf(transposed, i), ctx) }));
  return { rows, columns, indexKept: false };
}

/** A list of dicts: the union of their keys in order of first appearance. */
function recordTable(records: PyDict[], ctx: Ctx): RawTable {
  const columns = new Map<string, PyValue[]>();
  records.forEach((record, row) => {
    ctx.budget.cells(record.size + 1);
    record.keys.forEach((key, i) => {
      const name = labelText(key);
      let values = columns.get(name);
      if (values === undefined) {
        if (columns.size >= MAX_RECORD_KEYS) throw limitReached(`records have more than ${MAX_RECORD_KEYS} different keys`);
        ctx.budget.cells(records.length);
        values = new Array<PyValue>(records.length).fill(null);
        columns.set(name, values);
      }
      values[row] = record.values[i] as PyValue;
    });
  });
  return {
    rows: records.length,
    columns: [...columns].map(([name, values]) => ({ name, vector: objectVector(PyList.of(values), ctx) })),
    indexKept: false,
  };
}

/** A plain dict: columns when all values are lists of one length, else one row. */
function dictTable(dict: PyDict, ctx: Ctx): RawTable {
  if (dict.size > MAX_RECORD_KEYS) throw limitReached(`a dict has more than ${MAX_RECORD_KEYS} keys`);
  const lists = dict.values.map((v) => (v instanceof PyList ? v : null));
  const length = lists[0]?.length;
  const asColumns = length !== undefined && length > 0 && lists.every((l) => l !== null && l.length === length);
  if (!asColumns) return recordTable([dict], ctx);
  return {
    rows: length,
    columns: dict.keys.map((key, i) => ({ name: labelText(key), vector: listVector(lists[i] as PyList, ctx) })),
    indexKept: false,
  };
}

