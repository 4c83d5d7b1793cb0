/**
 * Gives a finished Parquet file its row numbers: a first column `_rid` (0…rows-1) is added behind the data, and helper columns at
 * the end are dropped from the footer. Numbering rows inside the query would make DuckDB write with one thread. Knows the flat,
 * unencrypted files DuckDB writes and refuses anything else. Runs in the worker.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { ridColumn } from '../../case/types.ts';
import { bytes, int, kind, list, readStruct, struct, text, writeStruct, type List, type Struct, type Value } from './thrift.ts';

// field numbers of the Parquet format
const file = { schema: 2, rowGroups: 4, columnOrders: 7 } as const;
const element = { type: 1, repetition: 3, name: 4, children: 5 } as const;
const group = { columns: 1, byteSize: 2, rows: 3, compressedSize: 6 } as const;
const chunk = { offset: 2, meta: 3 } as const;
const meta = { type: 1, encodings: 2, path: 3, codec: 4, values: 5, rawSize: 6, size: 7, dataPage: 9, statistics: 12 } as const;
const int64Type = 2;
const required = 0;
const uncompressed = 0;
const encoding = { plain: 0, rle: 3, delta: 5 } as const;

const blockSize = 128;
const miniblocks = 4;

const varint = (given: bigint): number[] => {
  const out: number[] = [];
  let rest = given;
  for (; rest >= 0x80n; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
  out.push(Number(rest));
  return out;
};

/** DELTA_BINARY_PACKED of first, first+1, …: every delta is 1, so every miniblock has width 0. */
const consecutive = (first: number, count: number): Buffer => {
  const head = [...varint(BigInt(blockSize)), ...varint(BigInt(miniblocks)), ...varint(BigInt(count)), ...varint(BigInt(first) * 2n)];
  const blocks = Math.ceil(Math.max(0, count - 1) / blockSize);
  const block = Buffer.from([2, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from(head), ...Array.from({ length: blocks }, () => block)]);
};

const littleEndian = (n: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigInt64LE(BigInt(n));
  return out;
};

const page = (first: number, count: number): Buffer => {
  const data = consecutive(first, count);
  const header = struct([
    [1, int(0, 'i32')],
    [2, int(data.length, 'i32')],
    [3, int(data.length, 'i32')],
    [5, struct([[1, int(count, 'i32')], [2, int(encoding.delta, 'i32')], [3, int(encoding.rle, 'i32')], [4, int(encoding.rle, 'i32')]])],
  ]);
  return Buffer.concat([writeStruct(header), data]);
};

const columnChunk = (offset: number, size: number, first: number, count: number): Struct =>
  struct([
    [chunk.offset, int(offset, 'i64')],
    [chunk.meta, struct([
      [meta.type, int(int64Type, 'i32')],
      [meta.encodings, list(kind.i32, [int(encoding.delta, 'i32')])],
      [meta.path, list(kind.binary, [text(ridColumn)])],
      [meta.codec, int(uncompressed, 'i32')],
      [meta.values, int(count, 'i64')],
      [meta.rawSize, int(size, 'i64')],
      [meta.size, int(size, 'i64')],
      [meta.dataPage, int(offset, 'i64')],
      [meta.statistics, struct([[3, int(0, 'i64')], [5, bytes(littleEndian(first + count - 1))], [6, bytes(littleEndian(first))]])],
    ])],
  ]);

const asStruct = (value: Value | undefined): Struct => {
  if (value?.kind !== 12) throw new Error('parquet footer: a struct is missing');
  return value;
};
const asList = (value: Value | undefined): List => {
  if (value?.kind !== 9) throw new Error('parquet footer: a list is missing');
  return value;
};
const asNumber = (value: Value | undefined): number => {
  if (value === undefined || !('int' in value)) throw new Error('parquet footer: a number is missing');
  return Number(value.int);
};

/** @param dropLast helper columns at the end that readers must not see. */
export const addRowIds = (path: string, dropLast: number): { rows: number } => {
  const fd = openSync(path, 'r+');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(8);
    readSync(fd, tail, 0, 8, size - 8);
    if (tail.toString('latin1', 4) !== 'PAR1') throw new Error('parquet footer: not where it should be');
    const footerSize = tail.readUInt32LE(0);
    const footerAt = size - 8 - footerSize;
    const raw = Buffer.alloc(footerSize);
    readSync(fd, raw, 0, footerSize, footerAt);
    const footer = readStruct(raw);

    const schema = asList(footer.fields.get(file.schema));
    const root = asStruct(schema.items[0]);
    const leaves = schema.items.length - 1;
    if (asNumber(root.fields.get(element.children)) !== leaves || leaves < dropLast) throw new Error('parquet footer: columns are nested');
    const rid = struct([[element.type, int(int64Type, 'i32')], [element.repetition, int(required, 'i32')], [element.name, text(ridColumn)]]);
    schema.items = [root, rid, ...schema.items.slice(1, leaves + 1 - dropLast)];
    root.fields.set(element.children, int(leaves - dropLast + 1, 'i32'));
    const orders = footer.fields.get(file.columnOrders);
    if (orders !== undefined) {
      const each = asList(orders);
      const first = each.items[0];
      each.items = [...(first === undefined ? [] : [first]), ...each.items.slice(0, each.items.length - dropLast)];
    }

    const pages: Buffer[] = [];
    let at = footerAt;
    let row = 0;
    for (const item of asList(footer.fields.get(file.rowGroups)).items) {
      const rowGroup = asStruct(item);
      const count = asNumber(rowGroup.fields.get(group.rows));
      const data = page(row, count);
      const columns = asList(rowGroup.fields.get(group.columns));
      let raws = data.length;
      let sizes = data.length;
      const kept = columns.items.slice(0, columns.items.length - dropLast);
      for (const column of kept) {
        const about = asStruct(asStruct(column).fields.get(chunk.meta));
        raws += asNumber(about.fields.get(meta.rawSize));
        sizes += asNumber(about.fields.get(meta.size));
      }
      columns.items = [columnChunk(at, data.length, row, count), ...kept];
      rowGroup.fields.set(group.byteSize, int(raws, 'i64'));
      if (rowGroup.fields.has(group.compressedSize)) rowGroup.fields.set(group.compressedSize, int(sizes, 'i64'));
      pages.push(data);
      at += data.length;
      row += count;
    }
    const written = writeStruct(footer);
    const end = Buffer.alloc(8);
    end.writeUInt32LE(written.length, 0);
    end.write('PAR1', 4, 'latin1');
    const all = Buffer.concat([...pages, written, end]);
    ftruncateSync(fd, footerAt);
    for (let done = 0; done < all.length; ) done += writeSync(fd, all, done, all.length - done, footerAt + done);
    return { rows: row };
  } finally {
    closeSync(fd);
  }
};
