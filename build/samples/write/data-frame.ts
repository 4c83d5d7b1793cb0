/**
 * A DataFrame as `DataFrame.to_pickle` of pandas 2 writes it (protocol 4): a BlockManager with one block per dtype, object
 * cells as a list, numbers and times as little-endian bytes. Written without Python so that the samples can be rebuilt
 * anywhere; pandas 2.2, 2.3 and 3.0 read the result.
 */
import { createPickleWriter } from './pickle.ts';
import type { PickleWriter } from './pickle.ts';

export type FrameColumn =
  | { readonly name: string; readonly dtype: 'object'; readonly values: readonly (string | boolean | number | null)[] }
  /** `null` becomes NaN, as pandas does with a number column that has gaps. */
  | { readonly name: string; readonly dtype: 'float64'; readonly values: readonly (number | null)[] }
  | { readonly name: string; readonly dtype: 'int64'; readonly values: readonly number[] }
  | { readonly name: string; readonly dtype: 'bool'; readonly values: readonly boolean[] }
  /** Microseconds UTC; stored as nanoseconds without a zone, as most exported frames are. */
  | { readonly name: string; readonly dtype: 'datetime64[ns]'; readonly values: readonly number[] };

type Dtype = FrameColumn['dtype'];
const TYPE_CODE: Record<Dtype, string> = { object: 'O8', float64: 'f8', int64: 'i8', bool: 'b1', 'datetime64[ns]': 'M8' };

function writeTuple(out: PickleWriter, ...items: (() => void)[]): void {
  if (items.length > 3) out.op('mark');
  for (const item of items) item();
  out.op(items.length === 0 ? 'emptyTuple' : items.length === 1 ? 'tuple1' : items.length === 2 ? 'tuple2' : items.length === 3 ? 'tuple3' : 'tuple');
}

function writeDtype(out: PickleWriter, dtype: Dtype): void {
  out.global('numpy', 'dtype');
  writeTuple(
    out,
    () => out.text(TYPE_CODE[dtype]),
    () => out.op('false'),
    () => out.op('true'),
  );
  out.op('reduce');
  const isTime = dtype === 'datetime64[ns]';
  const order = dtype === 'object' || dtype === 'bool' ? '|' : '<';
  const none = (): void => out.op('none');
  const state = [
    () => out.int(isTime ? 4 : 3),
    () => out.text(order),
    none,
    none,
    none,
    () => out.int(-1),
    () => out.int(-1),
    () => out.int(dtype === 'object' ? 63 : 0),
  ];
  if (isTime) {
    const unit = (): void =>
      writeTuple(
        out,
        () => out.bytes(new TextEncoder().encode('ns')),
        () => out.int(1),
        () => out.int(1),
        () => out.int(1),
      );
    state.push(() => writeTuple(out, none, unit));
  }
  writeTuple(out, ...state);
  out.op('build');
}

/** `numpy.ndarray` through its ordinary reconstruct-then-set-state form. */
function writeArray(out: PickleWriter, dtype: Dtype, shape: readonly number[], payload: () => void): void {
  out.global('numpy.core.multiarray', '_reconstruct');
  writeTuple(
    out,
    () => out.global('numpy', 'ndarray'),
    () => writeTuple(out, () => out.int(0)),
    () => out.bytes(new TextEncoder().encode('b')),
  );
  out.op('reduce');
  writeTuple(
    out,
    () => out.int(1),
    () => writeTuple(out, ...shape.map((size) => () => out.int(size))),
    () => writeDtype(out, dtype),
    () => out.op('false'),
    payload,
  );
  out.op('build');
}

function packNumbers(columns: readonly FrameColumn[], rows: number): Uint8Array {
  const width = columns[0]?.dtype === 'bool' ? 1 : 8;
  const view = new DataView(new ArrayBuffer(columns.length * rows * width));
  let offset = 0;
  for (const column of columns) {
    for (const value of column.values) {
      if (column.dtype === 'bool') view.setUint8(offset, value === true ? 1 : 0);
      else if (column.dtype === 'float64') view.setFloat64(offset, value === null ? Number.NaN : Number(value), true);
      else view.setBigInt64(offset, column.dtype === 'int64' ? BigInt(Number(value)) : BigInt(Number(value)) * 1_000n, true);
      offset += width;
    }
  }
  return new Uint8Array(view.buffer);
}

function writeObjectList(out: PickleWriter, values: readonly unknown[], repeated: ReadonlySet<string>): void {
  out.op('emptyList');
  out.op('mark');
  for (const value of values) {
    if (value === null || value === undefined) out.op('none');
    else if (typeof value === 'boolean') out.op(value ? 'true' : 'false');
    else if (typeof value === 'number') Number.isInteger(value) ? out.int(value) : out.float(value);
    else if (repeated.has(String(value))) out.text(String(value));
    else out.textOnce(String(value));
  }
  out.op('appends');
}

function repeatedTexts(values: readonly unknown[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'string') continue;
    if (seen.has(value)) repeated.add(value);
    else seen.add(value);
  }
  return repeated;
}

function writeBlockValues(out: PickleWriter, columns: readonly FrameColumn[], rows: number): void {
  const dtype = columns[0]?.dtype ?? 'object';
  const shape = [columns.length, rows];
  if (dtype === 'object') {
    const cells = columns.flatMap((column): unknown[] => [...column.values]);
    return writeArray(out, dtype, shape, () => writeObjectList(out, cells, repeatedTexts(cells)));
  }
  const array = (): void => writeArray(out, dtype, shape, () => out.bytes(packNumbers(columns, rows)));
  if (dtype !== 'datetime64[ns]') return array();
  out.global('pandas._libs.arrays', '__pyx_unpickle_NDArrayBacked');
  writeTuple(
    out,
    () => out.global('pandas.core.arrays.datetimes', 'DatetimeArray'),
    () => out.int(82_904_607),
    () => out.op('none'),
  );
  out.op('reduce');
  const attributes = (): void => {
    out.op('emptyDict');
    out.op('mark');
    out.text('_freq');
    out.op('none');
    out.op('setItems');
  };
  writeTuple(out, () => writeDtype(out, dtype), array, attributes);
  out.op('build');
}

/** Positions of a block's columns: a slice when they lie side by side, else an array of positions. */
function writePlacement(out: PickleWriter, positions: readonly number[]): void {
  const first = positions[0] ?? 0;
  if (positions.every((position, index) => position === first + index)) {
    out.global('builtins', 'slice');
    writeTuple(
      out,
      () => out.int(first),
      () => out.int(first + positions.length),
      () => out.int(1),
    );
    return out.op('reduce');
  }
  const packed = packNumbers([{ name: '', dtype: 'int64', values: positions }], positions.length);
  writeArray(out, 'int64', [positions.length], () => out.bytes(packed));
}

function writeIndex(out: PickleWriter, module: string, name: string, entries: readonly (readonly [string, () => void])[]): void {
  out.global('pandas.core.indexes.base', '_new_Index');
  const dict = (): void => {
    out.op('emptyDict');
    out.op('mark');
    for (const [key, value] of entries) {
      out.text(key);
      value();
    }
    out.op('setItems');
  };
  writeTuple(out, () => out.global(module, name), dict);
  out.op('reduce');
}

/** All columns must have the same number of values. */
export function pickleDataFrame(columns: readonly FrameColumn[]): Uint8Array {
  const rows = columns[0]?.values.length ?? 0;
  if (columns.some((column) => column.values.length !== rows)) throw new Error('Columns of a frame must have one length');
  const out = createPickleWriter();
  const dtypes: readonly Dtype[] = ['object', 'datetime64[ns]', 'int64', 'float64', 'bool'];

  const writeBlocks = (): void => {
    const blocks = dtypes
      .map((dtype) => columns.map((column, position) => ({ column, position })).filter((entry) => entry.column.dtype === dtype))
      .filter((block) => block.length > 0)
      .map((block) => () => {
        out.global('pandas._libs.internals', '_unpickle_block');
        const values = (): void =>
          writeBlockValues(
            out,
            block.map((entry) => entry.column),
            rows,
          );
        writeTuple(
          out,
          values,
          () =>
            writePlacement(
              out,
              block.map((entry) => entry.position),
            ),
          () => out.int(2),
        );
        out.op('reduce');
      });
    writeTuple(out, ...blocks);
  };
  const writeAxes = (): void => {
    out.op('emptyList');
    out.op('mark');
    const names = columns.map((column) => column.name);
    writeIndex(out, 'pandas.core.indexes.base', 'Index', [
      ['data', () => writeArray(out, 'object', [names.length], () => writeObjectList(out, names, new Set()))],
      ['name', () => out.op('none')],
    ]);
    writeIndex(out, 'pandas.core.indexes.range', 'RangeIndex', [
      ['name', () => out.op('none')],
      ['start', () => out.int(0)],
      ['stop', () => out.int(rows)],
      ['step', () => out.int(1)],
    ]);
    out.op('appends');
  };

  out.global('pandas.core.frame', 'DataFrame');
  out.op('emptyTuple');
  out.op('newObject');
  out.op('emptyDict');
  out.op('mark');
  out.text('_mgr');
  out.global('pandas.core.internals.managers', 'BlockManager');
  writeTuple(out, writeBlocks, writeAxes);
  out.op('reduce');
  out.text('_typ');
  out.text('dataframe');
  out.text('_metadata');
  out.op('emptyList');
  out.text('attrs');
  out.op('emptyDict');
  out.text('_flags');
  out.op('emptyDict');
  out.op('mark');
  out.text('allows_duplicate_labels');
  out.op('true');
  out.op('setItems');
  out.op('setItems');
  out.op('build');
  return out.finish();
}
