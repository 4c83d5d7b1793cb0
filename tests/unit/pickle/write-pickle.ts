/**
 * A small pickle writer for tests, protocols 0–5.
 * Owns: enough opcodes to write plain values and calls of named constructors.
 * Must not: share code with the reader.
 */

export class Py {
  readonly kind: 'float' | 'tuple' | 'bytes' | 'global' | 'call' | 'build';
  readonly parts: readonly PyIn[];
  constructor(kind: Py['kind'], parts: readonly PyIn[]) {
    this.kind = kind;
    this.parts = parts;
  }
}
export type PyIn = null | boolean | number | bigint | string | Uint8Array | Py | PyIn[] | Map<PyIn, PyIn>;

export const float = (v: number): Py => new Py('float', [v]);
export const tuple = (...items: PyIn[]): Py => new Py('tuple', items);
export const global = (module: string, name: string): Py => new Py('global', [module, name]);
export const call = (target: Py, ...args: PyIn[]): Py => new Py('call', [target, ...args]);
/** `object` given a state. */
export const build = (object: PyIn, state: PyIn): Py => new Py('build', [object, state]);

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n);
  return b;
};

function longBytes(value: bigint): Buffer {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length++;
  let hex = BigInt.asUintN(length * 8, value).toString(16);
  hex = hex.padStart(length * 2, '0');
  return Buffer.from(hex, 'hex').reverse();
}

export function writePickle(value: PyIn, protocol: 0 | 1 | 2 | 3 | 4 | 5): Uint8Array {
  const out: Buffer[] = protocol >= 2 ? [Buffer.of(0x80, protocol)] : [];
  const op = (code: string | number, ...rest: Buffer[]): void => {
    out.push(typeof code === 'string' ? ascii(code) : Buffer.of(code), ...rest);
  };
  const text = (s: string): void => {
    const utf8 = Buffer.from(s, 'utf8');
    if (protocol === 0) {
      const escaped = [...s].map((c) => (c === '\\' || c === '\n' || c.codePointAt(0) === 0 || c === '\r' || c === '\x1a' || (c.codePointAt(0) ?? 0) > 255
        ? (c.length === 1 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`)
        : c)).join('');
      op('V', ascii(`${escaped}\n`));
    } else if (protocol >= 4 && utf8.length < 256) op(0x8c, Buffer.of(utf8.length), utf8);
    else op('X', u32(utf8.length), utf8);
  };
  const int = (v: number | bigint): void => {
    const big = BigInt(v);
    const small = Number(big);
    if (protocol === 0) op('L', ascii(`${big}L\n`));
    else if (big >= 0n && big < 256n) op('K', Buffer.of(small));
    else if (big >= 0n && big < 65536n) op('M', Buffer.of(small & 255, small >> 8));
    else if (big >= -(2n ** 31n) && big < 2n ** 31n) {
      const b = Buffer.alloc(4);
      b.writeInt32LE(small);
      op('J', b);
    } else if (protocol < 2) op('L', ascii(`${big}L\n`));
    else {
      const b = longBytes(big);
      if (b.length < 256) op(0x8a, Buffer.of(b.length), b);
      else op(0x8b, u32(b.length), b);
    }
  };
  const tupleOf = (items: readonly PyIn[]): void => {
    op('(');
    for (const item of items) put(item);
    op('t');
  };
  function special(value: Py): void {
    const [first = null] = value.parts;
    switch (value.kind) {
      case 'float':
        if (protocol === 0) op('F', ascii(`${Object.is(first, -0) ? '-0.0' : String(first).replace('Infinity', 'inf').replace('NaN', 'nan')}\n`));
        else {
          const b = Buffer.alloc(8);
          b.writeDoubleBE(first as number);
          op('G', b);
        }
        return;
      case 'tuple':
        return tupleOf(value.parts);
      case 'global':
        if (protocol >= 4) {
          text(value.parts[0] as string);
          text(value.parts[1] as string);
          op(0x93);
        } else op('c', ascii(`${String(value.parts[0])}\n${String(value.parts[1])}\n`));
        return;
      case 'call':
        put(first);
        tupleOf(value.parts.slice(1));
        return op('R');
      case 'build':
        put(first);
        put(value.parts[1] ?? null);
        return op('b');
      default:
    }
  }
  function put(v: PyIn): void {
    if (v === null) op('N');
    else if (v === true) protocol >= 2 ? op(0x88) : op('I', ascii('01\n'));
    else if (v === false) protocol >= 2 ? op(0x89) : op('I', ascii('00\n'));
    else if (typeof v === 'string') text(v);
    else if (typeof v === 'number' || typeof v === 'bigint') int(v);
    else if (v instanceof Py) special(v);
    else if (v instanceof Uint8Array) {
      if (protocol < 3) special(call(global('_codecs', 'encode'), Buffer.from(v).toString('latin1'), 'latin1'));
      else if (v.length < 256) op('C', Buffer.of(v.length), Buffer.from(v));
      else op('B', u32(v.length), Buffer.from(v));
    } else if (Array.isArray(v)) {
      protocol === 0 ? op('(l') : op(']');
      for (let i = 0; i < v.length; i += 1000) {
        if (protocol === 0) {
          for (const item of v.slice(i, i + 1000)) {
            put(item);
            op('a');
          }
        } else {
          op('(');
          for (const item of v.slice(i, i + 1000)) put(item);
          op('e');
        }
      }
    } else {
      protocol === 0 ? op('(d') : op('}');
      for (const [key, item] of v) {
        put(key);
        put(item);
        op('s');
      }
    }
  }
  put(value);
  op('.');
  return Buffer.concat(out);
}

// ---- pandas shapes ---------------------------------------------------------------------------

const dtypeOf = (code: string): Py => build(call(global('numpy', 'dtype'), code, false, true), tuple(3, '<', null, null, null, -1, -1, 0));

/** An ndarray: bytes for numbers, a list for objects (code `O8`). */
export function ndarray(code: string, shape: number[], data: Uint8Array | PyIn[], fortran = false): Py {
  const empty = call(global('numpy._core.multiarray', '_reconstruct'), global('numpy', 'ndarray'), tuple(0), Buffer.from('b'));
  return build(empty, tuple(1, tuple(...shape), dtypeOf(code), fortran, data));
}

export const objects = (items: PyIn[]): Py => ndarray('O8', [items.length], items);
export const index = (labels: PyIn[], name: PyIn = null): Py =>
  call(global('pandas.core.indexes.base', '_new_Index'), global('pandas', 'Index'), new Map<PyIn, PyIn>([['data', objects(labels)], ['name', name]]));
export const rangeIndex = (stop: number): Py =>
  call(global('pandas.core.indexes.base', '_new_Index'), global('pandas', 'RangeIndex'), new Map<PyIn, PyIn>([['name', null], ['start', 0], ['stop', stop], ['step', 1]]));
export const block = (values: Py, placement: Py): Py => call(global('pandas._libs.internals', '_unpickle_block'), values, placement, 2);
export const slice = (start: number, stop: number, step = 1): Py => call(global('builtins', 'slice'), start, stop, step);
export const int64Bytes = (values: (number | bigint)[]): Uint8Array => new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
export const places = (at: number[]): Py => ndarray('i8', [at.length], int64Bytes(at));

export function dataFrame(blocks: Py[], columns: Py, rows: Py): Py {
  const manager = call(global('pandas.core.internals.managers', 'BlockManager'), tuple(...blocks), [columns, rows]);
  const empty = call(global('copyreg', '__newobj__'), global('pandas', 'DataFrame'));
  return build(empty, new Map<PyIn, PyIn>([['_mgr', manager], ['_typ', 'dataframe'], ['_metadata', []]]));
}
