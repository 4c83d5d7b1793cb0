/**
 * Thrift's compact protocol as plain trees: read a struct, change it, write it. Just enough for the footer of a Parquet file;
 * unknown fields go through unchanged.
 */

export const kind = { yes: 1, no: 2, i8: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, set: 10, map: 11, struct: 12 } as const;

export type Value =
  | { kind: 1 | 2 }
  | { kind: 3 | 4 | 5 | 6; int: bigint }
  | { kind: 7 | 8; bytes: Uint8Array }
  | { kind: 9 | 10; of: number; items: Value[] }
  | { kind: 11; keys: number; values: number; entries: [Value, Value][] }
  | { kind: 12; fields: Map<number, Value> };

export type Struct = Extract<Value, { kind: 12 }>;
export type List = Extract<Value, { kind: 9 | 10 }>;

export const int = (value: number | bigint, size: 'i16' | 'i32' | 'i64'): Value => ({ kind: kind[size], int: BigInt(value) });
export const text = (value: string): Value => ({ kind: 8, bytes: Buffer.from(value, 'utf8') });
export const bytes = (value: Uint8Array): Value => ({ kind: 8, bytes: value });
export const list = (of: number, items: Value[]): List => ({ kind: 9, of, items });
export const struct = (fields: Iterable<[number, Value]>): Struct => ({ kind: 12, fields: new Map(fields) });

const maxDepth = 32;

/** Reads one struct from the start of `input`. Throws on anything that is not one. */
export const readStruct = (input: Uint8Array): Struct => {
  let at = 0;
  const byte = (): number => {
    const value = input[at];
    if (value === undefined) throw new Error('thrift: ends early');
    at += 1;
    return value;
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return value;
    }
    throw new Error('thrift: number too long');
  };
  const zigzag = (): bigint => {
    const value = varint();
    return (value >> 1n) ^ -(value & 1n);
  };
  const take = (length: number): Uint8Array => {
    if (at + length > input.length) throw new Error('thrift: ends early');
    at += length;
    return input.subarray(at - length, at);
  };
  const read = (type: number, depth: number): Value => {
    if (depth > maxDepth) throw new Error('thrift: too deep');
    switch (type) {
      case 1:
      case 2:
        return { kind: type };
      case 3:
        return { kind: 3, int: BigInt.asIntN(8, BigInt(byte())) };
      case 4:
      case 5:
      case 6:
        return { kind: type, int: zigzag() };
      case 7:
        return { kind: 7, bytes: take(8) };
      case 8:
        return { kind: 8, bytes: take(Number(varint())) };
      case 9:
      case 10: {
        const head = byte();
        const of = head & 0x0f;
        const size = head >> 4 === 15 ? Number(varint()) : head >> 4;
        // in a list, truth values are bytes
        const items = Array.from({ length: size }, () => (of === 1 || of === 2 ? ({ kind: byte() === 1 ? 1 : 2 } as const) : read(of, depth + 1)));
        return { kind: type, of, items };
      }
      case 11: {
        const size = Number(varint());
        const types = size === 0 ? 0 : byte();
        const keys = types >> 4;
        const values = types & 0x0f;
        return { kind: 11, keys, values, entries: Array.from({ length: size }, () => [read(keys, depth + 1), read(values, depth + 1)]) };
      }
      case 12: {
        const fields = new Map<number, Value>();
        for (let id = 0; ; ) {
          const head = byte();
          if (head === 0) return { kind: 12, fields };
          id = head >> 4 === 0 ? Number(zigzag()) : id + (head >> 4);
          fields.set(id, read(head & 0x0f, depth + 1));
        }
      }
      default:
        throw new Error(`thrift: no type ${type}`);
    }
  };
  const value = read(12, 0);
  if (value.kind !== 12) throw new Error('thrift: not a struct');
  return value;
};

export const writeStruct = (value: Struct): Buffer => {
  const out: number[] = [];
  const parts: Buffer[] = [];
  const flush = (): void => {
    if (out.length > 0) parts.push(Buffer.from(out));
    out.length = 0;
  };
  const varint = (given: bigint): void => {
    let rest = given;
    while (rest >= 0x80n) {
      out.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    out.push(Number(rest));
  };
  const zigzag = (n: bigint): void => varint(BigInt.asUintN(64, (n << 1n) ^ (n >> 63n)));
  const write = (v: Value): void => {
    switch (v.kind) {
      case 1:
      case 2:
        return;
      case 3:
        out.push(Number(BigInt.asUintN(8, v.int)));
        return;
      case 4:
      case 5:
      case 6:
        zigzag(v.int);
        return;
      case 7:
      case 8:
        if (v.kind === 8) varint(BigInt(v.bytes.length));
        flush();
        parts.push(Buffer.from(v.bytes));
        return;
      case 9:
      case 10:
        if (v.items.length < 15) out.push((v.items.length << 4) | v.of);
        else {
          out.push(0xf0 | v.of);
          varint(BigInt(v.items.length));
        }
        for (const item of v.items) {
          if (item.kind === 1 || item.kind === 2) out.push(item.kind);
          else write(item);
        }
        return;
      case 11:
        varint(BigInt(v.entries.length));
        if (v.entries.length > 0) out.push((v.keys << 4) | v.values);
        for (const [key, entry] of v.entries) {
          write(key);
          write(entry);
        }
        return;
      case 12: {
        let last = 0;
        for (const [id, field] of [...v.fields].sort((a, b) => a[0] - b[0])) {
          const step = id - last;
          if (step > 0 && step < 16) out.push((step << 4) | field.kind);
          else {
            out.push(field.kind);
            zigzag(BigInt(id));
          }
          last = id;
          write(field);
        }
        out.push(0);
      }
    }
  };
  write(value);
  flush();
  return Buffer.concat(parts);
};
