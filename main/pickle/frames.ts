/**
 * DataFrame and Series to tables: block managers of every layout since pandas 0.25.
 * Owns: placement of blocks, row and column counts, names. Must not: convert cells.
 */

import type { Ctx, NestedTable } from './context.ts';
import { malformed } from './errors.ts';
import { extensionShape, extensionVector, isExtensionArray, smallInts } from './ext-arrays.ts';
import { columnLabels, indexLength, indexLevels, isDefaultRange, isIndex, labelText, levelNames } from './indexes.ts';
import { jsonWriter } from './json-text.ts';
import { ndVector, rowOf } from './nd-vector.ts';
import { PyList } from './py-list.ts';
import { NdArray, PyDict, PyObject, aType, sequence, type PyValue } from './values.ts';
import { nameColumn, vectorLength, type PickleColumn, type Vector } from './vector.ts';

export type PickleTable = {
  /** Key of the table in a dict or list of tables; null when the file is one table. */
  name: string | null;
  rows: number;
  columns: PickleColumn[];
  index: 'dropped-range' | 'kept';
  warnings: string[];
};

export type RawTable = { rows: number; columns: { name: string; vector: Vector }[]; indexKept: boolean };

type Block = { values: PyValue; placement: PyValue };
type Manager = { blocks: Block[]; axes: PyValue[] };

function managerOf(value: PyValue | undefined): Manager {
  if (!(value instanceof PyObject) || (value.cls !== 'BlockManager' && value.cls !== 'SingleBlockManager')) {
    throw malformed('a frame has no data');
  }
  const { state } = value;
  const fromState = sequence(state);
  if (fromState !== null) {
    // (axes, values, items, {"0.14.1": {axes, blocks}})
    const extra = fromState[3];
    const layout = extra instanceof PyDict ? extra.get('0.14.1') : undefined;
    if (!(layout instanceof PyDict)) throw malformed('a frame was written by a pandas before 0.25');
    const axes = sequence(layout.get('axes')) ?? [];
    return {
      axes,
      blocks: (sequence(layout.get('blocks')) ?? []).map((block) => {
        if (!(block instanceof PyDict)) throw malformed('a block of a frame is not described as expected');
        return { values: block.get('values') ?? null, placement: block.get('mgr_locs') ?? null };
      }),
    };
  }
  const [blocks, axes] = value.args;
  const blockList = blocks instanceof PyObject ? [blocks] : sequence(blocks);
  const axisList = isIndex(axes) ? [axes] : sequence(axes);
  if (blockList === null || axisList === null) throw malformed('a frame has no data');
  return {
    axes: axisList,
    blocks: blockList.map((block) => {
      if (!(block instanceof PyObject) || block.cls !== 'Block') throw malformed('a block of a frame is not described as expected');
      return { values: block.args[0] ?? null, placement: block.args[1] ?? null };
    }),
  };
}

/** Positions a block's columns take, from a slice or an array. */
function placementOf(value: PyValue, total: number, ctx: Ctx): ArrayLike<number> {
  let places: ArrayLike<number>;
  if (value instanceof PyObject && value.cls === 'slice') {
    const [start, stop, step] = value.args.map((v) => (v === null ? 0 : v));
    const by = step === 0 || step === undefined ? 1 : step;
    if (typeof start !== 'number' || typeof stop !== 'number' || typeof by !== 'number') throw malformed('a block of a frame has no place');
    const count = Math.max(0, Math.ceil((stop - start) / by));
    if (count > total) throw malformed(`a block of a frame has ${count} places of ${total}`);
    places = Array.from({ length: count }, (_, i) => start + i * by);
  } else if (value instanceof NdArray && value.shape.length === 1) {
    places = smallInts(value, ctx);
  } else {
    throw malformed('a block of a frame has no place');
  }
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    if (!(place >= 0 && place < total)) throw malformed(`a block of a frame is placed at column ${place} of ${total}`);
  }
  return places;
}

function stateDict(frame: PyObject): PyDict {
  const { state } = frame;
  if (state instanceof PyDict) return state;
  if (state instanceof PyObject) {
    const out = new PyDict();
    out.set('_mgr', state);
    return out;
  }
  throw malformed(`the state of a ${frame.cls} is not described as expected`);
}

export function readFrame(frame: PyObject, ctx: Ctx): RawTable {
  const state = stateDict(frame);
  const { blocks, axes } = managerOf(state.get('_mgr') ?? state.get('_data'));
  if (axes.length !== 2) throw malformed(`a frame has ${axes.length} axes`);
  const labels = columnLabels(axes[0], ctx);
  const rows = rowCount(axes[1], ctx);
  // Rows without columns exist only as a number in the file.
  if (labels.length === 0) ctx.budget.cells(rows);
  const vectors: (Vector | undefined)[] = new Array<Vector | undefined>(labels.length).fill(undefined);
  for (const block of blocks) {
    const places = placementOf(block.placement, labels.length, ctx);
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number;
      if (vectors[place] !== undefined) throw malformed(`two blocks of a frame claim column ${place}`);
      const vector = blockColumn(block.values, i, places.length, ctx);
      if (vectorLength(vector) !== rows) throw malformed(`column ${place} has ${vectorLength(vector)} values for ${rows} rows`);
      vectors[place] = vector;
      ctx.budget.checkTime();
    }
  }
  warnAboutAttrs(state.get('attrs'), ctx);
  const columns = vectors.map((vector, i) => {
    if (vector === undefined) throw malformed(`column ${i} of a frame has no data`);
    return { name: labels[i] as string, vector };
  });
  return withIndex(axes[1], rows, columns, ctx);
}

function blockColumn(values: PyValue, i: number, count: number, ctx: Ctx): Vector {
  if (values instanceof NdArray) {
    if (!values.ready) throw malformed('a block of a frame has no content');
    if (values.shape.length === 2) {
      if (values.shape[0] !== count) throw malformed(`a block of ${values.shape[0]} columns has ${count} places`);
      return ndVector(rowOf(values, i), ctx);
    }
    if (values.shape.length === 1 && count === 1) return ndVector(values, ctx);
    throw malformed('a block of a frame has an unexpected shape');
  }
  if (isExtensionArray(values)) {
    const shape = extensionShape(values);
    if (shape !== null && shape.length === 2) {
      if (shape[0] !== count) throw malformed(`a block of ${shape[0]} columns has ${count} places`);
      return extensionVector(values, ctx, i);
    }
    if (count !== 1) throw malformed(`a block of 1 column has ${count} places`);
    return extensionVector(values, ctx);
  }
  if (isIndex(values) && count === 1) return ctx.vectorOf(values);
  throw malformed(`a block of a frame is ${aType(values)}`);
}

function rowCount(axis: PyValue | undefined, ctx: Ctx): number {
  const rows = indexLength(axis, ctx);
  if (rows > ctx.budget.limits.maxElements) throw malformed(`a frame says it has ${rows} rows`);
  return rows;
}

function withIndex(axis: PyValue | undefined, rows: number, columns: { name: string; vector: Vector }[], ctx: Ctx): RawTable {
  if (isDefaultRange(axis)) return { rows, columns, indexKept: false };
  const levels = indexLevels(axis, ctx);
  if (levels.some((l) => vectorLength(l.vector) !== rows)) throw malformed('the index of a frame has another length than its rows');
  const names = levelNames(levels);
  return { rows, columns: [...levels.map((l, i) => ({ name: names[i] as string, vector: l.vector })), ...columns], indexKept: true };
}

export function readSeries(series: PyObject, ctx: Ctx): RawTable {
  const state = stateDict(series);
  const { blocks, axes } = managerOf(state.get('_mgr') ?? state.get('_data'));
  const [block] = blocks;
  if (axes.length !== 1 || blocks.length > 1) throw malformed('a Series has more than one column');
  const rows = rowCount(axes[0], ctx);
  const vector = block === undefined ? ctx.vectorOf(new PyList()) : seriesVector(block.values, ctx);
  if (vectorLength(vector) !== rows) throw malformed(`a Series has ${vectorLength(vector)} values for ${rows} rows`);
  const name = state.get('_name') ?? state.get('name') ?? null;
  warnAboutAttrs(state.get('attrs'), ctx);
  return withIndex(axes[0], rows, [{ name: name === null ? 'value' : labelText(name), vector }], ctx);
}

function seriesVector(values: PyValue, ctx: Ctx): Vector {
  if (values instanceof NdArray || isExtensionArray(values) || isIndex(values)) return ctx.vectorOf(values);
  throw malformed(`a block of a Series is ${aType(values)}`);
}

function warnAboutAttrs(attrs: PyValue | undefined, ctx: Ctx): void {
  if (!(attrs instanceof PyDict) || attrs.size === 0) return;
  const text = jsonWriter(ctx)(attrs);
  ctx.warn(`The frame carries attributes that are not part of the table: ${text.length > 500 ? `${text.slice(0, 500)}…` : text}`);
}

/** A frame, series, index or pandas array inside a cell. */
export function readNested(value: PyObject, ctx: Ctx): NestedTable {
  if (value.cls === 'DataFrame') return { ...readFrame(value, ctx), plainValues: false };
  if (value.cls === 'Series') {
    const table = readSeries(value, ctx);
    return { ...table, plainValues: !table.indexKept };
  }
  if (isIndex(value) && value.cls === 'MultiIndex') {
    const levels = indexLevels(value, ctx);
    const names = levelNames(levels);
    const columns = levels.map((l, i) => ({ name: names[i] as string, vector: l.vector }));
    return { rows: vectorLength((columns[0] as { vector: Vector }).vector), columns, plainValues: false };
  }
  const vector = ctx.vectorOf(value);
  return { rows: vectorLength(vector), columns: [{ name: 'value', vector }], plainValues: true };
}

/** Gives every column a name of its own and unfolds exact nanoseconds of durations. */
export function finishTable(name: string | null, raw: RawTable, warnings: string[]): PickleTable {
  const taken = new Set<string>();
  const renamed = new Map<string, number>();
  const unique = (wanted: string, position: number): string => {
    const base = wanted === '' ? `column_${position + 1}` : wanted;
    let candidate = base;
    for (let k = 2; taken.has(candidate); k++) candidate = `${base}_${k}`;
    taken.add(candidate);
    if (candidate !== wanted) renamed.set(wanted, (renamed.get(wanted) ?? 1) + 1);
    return candidate;
  };
  const columns: PickleColumn[] = [];
  const exact: { after: number; column: PickleColumn }[] = [];
  raw.columns.forEach((column, i) => {
    const { vector } = column;
    columns.push(nameColumn(unique(column.name, i), vector));
    const { exactNs } = vector;
    if (exactNs !== undefined && vector.type === 'timespan') {
      exact.push({ after: i, column: { type: 'int', name: '', values: exactNs, nulls: vector.nulls } });
    }
  });
  for (const { after, column } of exact.reverse()) {
    column.name = unique(`${(columns[after] as PickleColumn).name} (ns)`, after);
    columns.splice(after + 1, 0, column);
    warnings.push(`"${(columns[after] as PickleColumn).name}" holds durations finer than a microsecond; the exact nanoseconds are in "${column.name}"`);
  }
  for (const [label, count] of renamed) {
    warnings.push(label === '' ? 'Columns without a name were numbered' : `The column name "${label}" occurs ${count} times; the later ones were numbered`);
  }
  return { name, rows: raw.rows, columns, index: raw.indexKept ? 'kept' : 'dropped-range', warnings };
}
