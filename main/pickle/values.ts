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

/** Longer tuples are equal only to themselves; hashing them again and again would cost too much. */
const MAX_TUPLE_TEXT = 1024;

type HashKey = string | number | bigint | null | object;

/**
 * Python's idea of equal keys: 1 == 1.0 == True, tuples by content, other objects by identity.
 * Text and tuples of the same spelling must differ, so text is marked.
 */
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
      if (text.length > MAX_TUPLE_TEXT) return key;
    }
    return text;
  }
  if (key instanceof PyList || key instanceof PyDict || key instanceof NdArray || (key instanceof PySet && !key.frozen)) {
    throw malformed('a list, dict, set or array is used as a key');
  }
  return key;
}

/** Up to this many keys a scan is faster, and far smaller, than a Map. */
const SCAN_KEYS = 8;

/** Insertion-ordered dict with Python key equality. `__proto__` is a key like any other. */
export class PyDict {
  keys: PyValue[] = [];
  values: PyValue[] = [];
  private slots: Map<HashKey, number> | null = null;

  get size(): number {
    return this.keys.length;
  }
  private find(key: PyValue): number {
    if (this.keys.length > SCAN_KEYS) {
      this.slots ??= new Map(this.keys.map((k, i) => [hashKey(k), i]));
      return this.slots.get(hashKey(key)) ?? -1;
    }
    if (typeof key === 'string') return this.keys.indexOf(key);
    const hash = hashKey(key);
    return this.keys.findIndex((k) => typeof k !== 'string' && Object.is(hashKey(k), hash));
  }
  set(key: PyValue, value: PyValue): void {
    const slot = this.find(key);
    if (slot >= 0) {
      this.values[slot] = value;
      return;
    }
    this.keys.push(key);
    this.values.push(value);
    if (this.slots !== null) this.slots.set(hashKey(key), this.keys.length - 1);
  }
  /** Sets key, value, key, value… A dict that is still empty gets arrays of the right size. */
  setPairs(pairs: PyValue[]): void {
    const count = pairs.length >> 1;
    if (this.size > 0 || count > SCAN_KEYS) {
      for (let i = 0; i < pairs.length; i += 2) this.set(pairs[i] as PyValue, pairs[i + 1] as PyValue);
      return;
    }
    const keys: PyValue[] = new Array<PyValue>(count);
    const values: PyValue[] = new Array<PyValue>(count);
    for (let i = 0; i < count; i++) {
      keys[i] = pairs[2 * i] as PyValue;
      values[i] = pairs[2 * i + 1] as PyValue;
    }
    this.keys = keys;
    this.values = values;
    for (let i = 1; i < count; i++) {
      if (this.find(keys[i] as PyValue) === i) continue;
      this.keys = [];
      this.values = [];
      for (let k = 0; k < pairs.length; k += 2) this.set(pairs[k] as PyValue, pairs[k + 1] as PyValue);
      return;
    }
    // A first key that cannot be a key is noticed as well.
    if (count > 0 && typeof keys[0] === 'object') hashKey(keys[0]);
  }
  /** Value under a str key; undefined when absent. */
  get(key: string): PyValue | undefined {
    const slot = this.find(key);
    return slot < 0 ? undefined : this.values[slot];
  }
  has(key: string): boolean {
    return this.find(key) >= 0;
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
