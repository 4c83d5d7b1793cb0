/**
 * Emits the opcodes of pickle protocol 4 that a pickled DataFrame needs, framed as Python frames them. Knows nothing of
 * pandas (see `data-frame.ts`) and only writes: nothing here reads or runs a pickle.
 */
import { utf8 } from './text-tables.ts';

const FRAME_TARGET_BYTES = 64 * 1_024;

const OP = {
  proto: 0x80,
  frame: 0x95,
  stop: 0x2e,
  mark: 0x28,
  none: 0x4e,
  true: 0x88,
  false: 0x89,
  int1: 0x4b,
  int2: 0x4d,
  int4: 0x4a,
  long1: 0x8a,
  float: 0x47,
  text1: 0x8c,
  text4: 0x58,
  bytes1: 0x43,
  bytes4: 0x42,
  memoize: 0x94,
  get1: 0x68,
  get4: 0x6a,
  stackGlobal: 0x93,
  emptyTuple: 0x29,
  tuple1: 0x85,
  tuple2: 0x86,
  tuple3: 0x87,
  tuple: 0x74,
  emptyList: 0x5d,
  appends: 0x65,
  emptyDict: 0x7d,
  setItems: 0x75,
  newObject: 0x81,
  reduce: 0x52,
  build: 0x62,
} as const;

export type PickleOp = keyof typeof OP;

export type PickleWriter = {
  op(name: PickleOp): void;
  int(value: number): void;
  float(value: number): void;
  bytes(value: Uint8Array): void;
  /** Repeated text is written once and fetched from the memo afterwards. */
  text(value: string): void;
  /** A class or function by module and name. Nothing is called by naming it. */
  global(module: string, name: string): void;
  /** Text known to come up once: no memo entry. */
  textOnce(value: string): void;
  finish(): Uint8Array;
};

export function createPickleWriter(): PickleWriter {
  const done: Uint8Array[] = [Uint8Array.of(OP.proto, 4)];
  let frame: Uint8Array[] = [];
  let frameBytes = 0;
  let memoSize = 0;
  const memo = new Map<string, number>();

  const closeFrame = (): void => {
    if (frameBytes === 0) return;
    const head = new DataView(new ArrayBuffer(9));
    head.setUint8(0, OP.frame);
    head.setBigUint64(1, BigInt(frameBytes), true);
    done.push(new Uint8Array(head.buffer), ...frame);
    frame = [];
    frameBytes = 0;
  };
  /** One whole opcode with its argument: a frame never ends inside one. */
  const put = (...parts: Uint8Array[]): void => {
    for (const part of parts) {
      frame.push(part);
      frameBytes += part.length;
    }
    if (frameBytes >= FRAME_TARGET_BYTES) closeFrame();
  };
  const sized = (small: number, large: number, payload: Uint8Array): void => {
    if (payload.length < 256) return put(Uint8Array.of(small, payload.length), payload);
    const head = new DataView(new ArrayBuffer(5));
    head.setUint8(0, large);
    head.setUint32(1, payload.length, true);
    put(new Uint8Array(head.buffer), payload);
  };
  const op = (name: PickleOp): void => put(Uint8Array.of(OP[name]));
  const remember = (key: string): void => {
    op('memoize');
    memo.set(key, memoSize);
    memoSize += 1;
  };
  const recall = (key: string): boolean => {
    const index = memo.get(key);
    if (index === undefined) return false;
    if (index < 256) put(Uint8Array.of(OP.get1, index));
    else {
      const head = new DataView(new ArrayBuffer(5));
      head.setUint8(0, OP.get4);
      head.setUint32(1, index, true);
      put(new Uint8Array(head.buffer));
    }
    return true;
  };

  const textOnce = (value: string): void => sized(OP.text1, OP.text4, utf8(value));
  const text = (value: string): void => {
    if (recall(`text:${value}`)) return;
    textOnce(value);
    remember(`text:${value}`);
  };

  return {
    op,
    text,
    textOnce,
    int: (value) => {
      if (!Number.isInteger(value) || Math.abs(value) > 0x7fff_ffff) throw new Error(`Out of range for a pickled int: ${value}`);
      if (value >= 0 && value < 256) return put(Uint8Array.of(OP.int1, value));
      if (value >= 0 && value < 65_536) return put(Uint8Array.of(OP.int2, value & 255, value >> 8));
      const head = new DataView(new ArrayBuffer(5));
      head.setUint8(0, OP.int4);
      head.setInt32(1, value, true);
      put(new Uint8Array(head.buffer));
    },
    float: (value) => {
      const head = new DataView(new ArrayBuffer(9));
      head.setUint8(0, OP.float);
      head.setFloat64(1, value, false);
      put(new Uint8Array(head.buffer));
    },
    bytes: (value) => sized(OP.bytes1, OP.bytes4, value),
    global: (module, name) => {
      const key = `global:${module}.${name}`;
      if (recall(key)) return;
      text(module);
      text(name);
      op('stackGlobal');
      remember(key);
    },
    finish: () => {
      op('stop');
      closeFrame();
      return new Uint8Array(Buffer.concat(done));
    },
  };
}
