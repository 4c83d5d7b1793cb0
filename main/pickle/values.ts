/**
 * What the opcode machine builds: Python values as inert data.
 * Owns: the classes below. Must not: interpret pandas, run anything, or use evidence text as
 * a property name (dict keys live in arrays and Maps only).
 *
 * str = string, int = number when safe else bigint, float = PyFloat, None = null, list = PyList.
 */

import { malformed } from './errors.ts';
import { PyList } from './py-list.ts';
import { PyBytes, PyComplex, PyFloat, PySingleton } from './py-scalars.ts';

export class PyTuple {
  readonly items: PyValue[];
  constructor(items: PyValue[]) {
    this.items = items;
  }
}

/** An allowed global that the file refers to (a class handed over as an argument). */
export class PyGlobal {
  readonly cls: string;
  constructor(cls: string) {
    this.cls = cls;
  }
}

/**
 * An instance of an allowed class: its canonical name, constructor arguments and state, all
 * still uninterpreted. State can be set once.
 */
export class PyObject {
  readonly cls: string;
  readonly args: PyValue[];
  state: PyValue | undefined = undefined;
  constructor(cls: string, args: PyValue[]) {
    this.cls = cls;
    this.args = args;
  }
}

/** numpy dtype; `unit` for M and m, `fields` for structured types. */
export class NpDtype {
  kind: string;
  itemSize: number;
  bigEndian = false;
  unit: string | null = null;
  unitCount = 1;
  fields: { name: string; dtype: NpDtype; offset: number }[] | null = null;
  built = false;
  constructor(kind: string, itemSize: number) {
    this.kind = kind;
    this.itemSize = itemSize;
  }
  clone(): NpDtype {
    const copy = new NpDtype(this.kind, this.itemSize);
    copy.bigEndian = this.bigEndian;
    copy.unit = this.unit;
    copy.unitCount = this.unitCount;
    copy.fields = this.fields === null ? null : this.fields.map((f) => ({ ...f, dtype: f.dtype.clone() }));
    return copy;
  }
}

/** numpy array; raw `bytes`, or `items` for object arrays (always in C order). Shape and size agree once `ready`. */
export class NdArray {
  dtype: NpDtype = new NpDtype('i', 1);
  shape: number[] = [0];
  fortran = false;
  bytes: Uint8Array = new Uint8Array(0);
  items: PyList | null = null;
  ready = false;
}

/** The elements of a list or tuple; null for anything else. */
export function sequence(value: PyValue | undefined): PyValue[] | null {
  return value instanceof PyList || value instanceof PyTuple ? value.items : null;
}

export type PyValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | PyTuple
  | PyBytes
  | PyComplex
  | PySingleton
  | PyGlobal
  | PyObject
  | PyDict
  | PySet
  | NpDtype
  | NdArray
  | PyList;

type HashKey = string | number | bigint | null | object;

/** Python's idea of equal keys: 1 == 1.0 == True, tuples by content, other objects by identity. */
function hashKey(key: PyValue, depth = 0): HashKey {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'number' || typeof key === 'bigint' || key === null) return key;
  if (typeof key === 'boolean') return key ? 1 : 0;
  if (key instanceof PyFloat) return key.value;
  if (key instanceof PyTuple) {
    if (depth > 8 || key.items.length > 64) return key;
    let text = 't';
    for (const item of key.items) {
      const part = hashKey(item, depth + 1);
      if (typeof part === 'object' && part !== null) return key;
      const piece = typeof part === 'string' ? part : `n${String(part)}`;
      text += `${piece.length}:${piece}`;
      if (text.length > 100_000) return key;
    }
    return text;
  }
  if (key instanceof PyList || key instanceof PyDict || key instanceof NdArray || (key instanceof PySet && !key.frozen)) {
    throw malformed('a list, dict, set or array is used as a key');
  }
  return key;
}

/** Insertion-ordered dict with Python key equality. `__proto__` is a key like any other. */
export class PyDict {
  readonly keys: PyValue[] = [];
  readonly values: PyValue[] = [];
  private readonly slots = new Map<HashKey, number>();

  get size(): number {
    return this.keys.length;
  }
  set(key: PyValue, value: PyValue): void {
    const hash = hashKey(key);
    const slot = this.slots.get(hash);
    if (slot === undefined) {
      this.slots.set(hash, this.keys.length);
      this.keys.push(key);
      this.values.push(value);
    } else {
      this.values[slot] = value;
    }
  }
  /** Value under a str key; undefined when absent. */
  get(key: string): PyValue | undefined {
    const slot = this.slots.get(`s${key}`);
    return slot === undefined ? undefined : this.values[slot];
  }
  has(key: string): boolean {
    return this.slots.has(`s${key}`);
  }
}

export class PySet {
  readonly items: PyValue[] = [];
  readonly frozen: boolean;
  private readonly seen = new Set<HashKey>();
  constructor(frozen: boolean) {
    this.frozen = frozen;
  }
  add(value: PyValue): void {
    const hash = hashKey(value);
    if (this.seen.has(hash)) return;
    this.seen.add(hash);
    this.items.push(value);
  }
}

/** A value's type with its article, for messages: `an int`, `a dict`, `None`. */
export function aType(value: PyValue): string {
  const name = typeName(value);
  if (value === null) return name;
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** A short name of a value's type, for messages. */
export function typeName(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || typeof value === 'bigint') return 'int';
  if (typeof value === 'string') return 'str';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof PyTuple) return 'tuple';
  if (value instanceof PyBytes) return 'bytes';
  if (value instanceof PyComplex) return 'complex';
  if (value instanceof PyDict) return 'dict';
  if (value instanceof PySet) return value.frozen ? 'frozenset' : 'set';
  if (value instanceof NpDtype) return 'numpy.dtype';
  if (value instanceof NdArray) return 'numpy.ndarray';
  if (value instanceof PySingleton) return value.text;
  if (value instanceof PyGlobal) return `type ${value.cls}`;
  if (value instanceof PyObject) return value.cls;
  return 'list';
}
