/**
 * The closed table of names a pickle may mention, and what each may do.
 * Owns: the allow-list; lookups by exact (module, name). Must not: resolve dotted paths, match
 * by prefix, import, or call anything but the constructors below, which only make inert data.
 */

import { Buffer } from 'node:buffer';
import { limitReached, malformed, quoteForMessage, refused, refusedGlobal } from './errors.ts';
import type { Budget } from './limits.ts';
import { buildArray, buildDtype, fromBuffer, makeDtype, makeScalar } from './numpy.ts';
import { PyList } from './py-list.ts';
import { CLASS_NAMES, VALUE_NAMES, FUNCTION_NAMES } from './names.ts';
import { PyBytes, PyComplex, PyFloat, PY_NAT } from './py-scalars.ts';
import { NdArray, NpDtype, PyDict, PyGlobal, PyObject, PySet, PyTuple, aType, sequence, type PyValue } from './values.ts';
import { assertZoneName } from './zone-names.ts';

type Maker = (args: PyValue[], budget: Budget) => PyValue;

/** "module\nname" → canonical class. Neither part of a GLOBAL line can hold a line feed. */
const TABLE = new Map<string, PyGlobal>();
const VALUES = new Map<string, PyValue>();
for (const [cls, modules, name] of [...CLASS_NAMES, ...FUNCTION_NAMES]) {
  const ref = new PyGlobal(cls);
  for (const module of modules) TABLE.set(`${module}\n${name}`, ref);
}
for (const [value, modules, name] of VALUE_NAMES) {
  for (const module of modules) VALUES.set(`${module}\n${name}`, value);
}
const PLAIN_CLASSES = new Set(CLASS_NAMES.map(([cls]) => cls));

/** The reference for an allowed name; throws `pickle.refused` for every other. */
export function resolveGlobal(module: string, name: string): PyValue {
  const key = `${module}\n${name}`;
  const ref = module.includes('\n') || name.includes('\n') ? undefined : TABLE.get(key);
  if (ref !== undefined) return ref;
  const value = VALUES.get(key);
  if (value !== undefined && !module.includes('\n')) return value;
  throw refusedGlobal(module, name);
}

/** REDUCE, INST and OBJ. */
export function callGlobal(target: PyValue, args: PyValue[], budget: Budget): PyValue {
  if (!(target instanceof PyGlobal)) throw malformed(`${aType(target)} is called as if it were a type`);
  const maker = MAKERS.get(target.cls);
  if (maker !== undefined) return maker(args, budget);
  if (PLAIN_CLASSES.has(target.cls)) return new PyObject(target.cls, args);
  throw malformed(`${target.cls} cannot be called`);
}

/** NEWOBJ and NEWOBJ_EX. */
export function newObject(target: PyValue, args: PyValue[], budget: Budget): PyValue {
  if (!(target instanceof PyGlobal)) throw malformed(`an object is made from ${aType(target)}, not from a type`);
  if (PLAIN_CLASSES.has(target.cls) || NEW_ALLOWED.has(target.cls)) return callGlobal(target, args, budget);
  throw malformed(`${target.cls} cannot be made this way`);
}

/** BUILD: sets the state of an object, once. */
export function buildState(target: PyValue, state: PyValue, budget: Budget): void {
  if (target instanceof NdArray) return buildArray(target, state, budget);
  if (target instanceof NpDtype) return buildDtype(target, state);
  if (!(target instanceof PyObject)) throw malformed(`${aType(target)} is given a state`);
  if (target.state !== undefined) throw malformed(`the state of a ${target.cls} is set twice`);
  target.state = state;
}

function arity(args: PyValue[], min: number, max: number, what: string): void {
  if (args.length < min || args.length > max) throw malformed(`${what} is given ${args.length} arguments`);
}

function iterable(value: PyValue | undefined, what: string): PyValue[] {
  if (value === undefined) return [];
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PySet) return value.items;
  throw malformed(`${what} is made from ${aType(value)}`);
}

function toBytes(args: PyValue[]): PyBytes {
  arity(args, 0, 1, 'bytes');
  const data = args[0];
  if (data === undefined) return new PyBytes(new Uint8Array(0));
  if (data instanceof PyBytes) return data;
  // bytes(n) would reserve n bytes; bytes([..]) is how some writers spell short ones.
  if (typeof data === 'number' || typeof data === 'bigint') throw limitReached('it asks for bytes by number instead of holding them');
  const items = iterable(data, 'bytes');
  const out = new Uint8Array(items.length);
  items.forEach((item, i) => {
    if (typeof item !== 'number' || item < 0 || item > 255) throw malformed('bytes hold a value outside 0 to 255');
    out[i] = item;
  });
  return new PyBytes(out);
}

function bytearray(args: PyValue[]): PyBytes {
  if (args.length === 2 && typeof args[0] === 'string') return encodeLatin1(args);
  return toBytes(args);
}

/** `_codecs.encode(text, 'latin1')`: how protocols 0–2 carry bytes. */
function encodeLatin1(args: PyValue[]): PyBytes {
  const [text, codec] = args;
  if (args.length !== 2 || typeof text !== 'string' || (codec !== 'latin1' && codec !== 'latin-1')) {
    throw refused(`encodes ${aType(text ?? null)} with the codec "${typeof codec === 'string' ? quoteForMessage(codec) : 'default'}"`);
  }
  const out = Buffer.allocUnsafeSlow(text.length);
  out.write(text, 'latin1');
  if (/[^\u0000-\u00ff]/.test(text)) throw malformed('bytes hold a value outside 0 to 255');
  return new PyBytes(out);
}

function makeDict(args: PyValue[]): PyDict {
  const out = new PyDict();
  if (args.length === 0 || args[0] === null) return out;
  const source = args[0];
  if (source instanceof PyDict) {
    source.keys.forEach((key, i) => out.set(key, source.values[i] as PyValue));
    return out;
  }
  for (const pair of iterable(source, 'a dict')) {
    const items = sequence(pair) ?? [];
    if (items.length !== 2) throw malformed('a dict is made from something that is not pairs');
    out.set(items[0] as PyValue, items[1] as PyValue);
  }
  return out;
}

function makeSet(frozen: boolean): Maker {
  return (args) => {
    arity(args, 0, 1, 'a set');
    const out = new PySet(frozen);
    for (const item of iterable(args[0], 'a set')) out.add(item);
    return out;
  };
}

function classArgument(value: PyValue | undefined, what: string): string {
  if (!(value instanceof PyGlobal) || !PLAIN_CLASSES.has(value.cls)) throw malformed(`${what} is not given a type`);
  return value.cls;
}

/** Cython's `__pyx_unpickle_X(type, checksum, state)`. */
function cythonObject(args: PyValue[]): PyValue {
  arity(args, 3, 3, 'a pandas array');
  const out = new PyObject(classArgument(args[0], 'a pandas array'), []);
  if (args[2] !== null && args[2] !== undefined) out.state = args[2];
  return out;
}

/** pandas' `_new_Index(class, dict)`. */
function newIndex(args: PyValue[]): PyValue {
  arity(args, 2, 2, 'an index');
  if (!(args[1] instanceof PyDict)) throw malformed('an index is not described by a dict');
  return new PyObject(classArgument(args[0], 'an index'), [args[1]]);
}

function complex(args: PyValue[]): PyComplex {
  arity(args, 1, 2, 'complex');
  const [re, im] = args.map((v) => (v instanceof PyFloat ? v.value : typeof v === 'number' ? v : undefined));
  if (re === undefined) throw malformed('a complex number has no real part');
  return new PyComplex(re, im ?? 0);
}

const MAKERS = new Map<string, Maker>([
  ['list', (args) => PyList.of([...iterable(args[0], 'a list')])],
  ['tuple', (args) => new PyTuple([...iterable(args[0], 'a tuple')])],
  ['set', makeSet(false)],
  ['frozenset', makeSet(true)],
  ['dict', makeDict],
  ['OrderedDict', makeDict],
  ['Counter', makeDict],
  ['defaultdict', (args) => makeDict(args.slice(1))],
  ['deque', (args) => PyList.of([...iterable(args[0], 'a deque')])],
  ['FrozenList', (args) => PyList.of([...iterable(args[0], 'a list')])],
  ['bytes', toBytes],
  ['bytearray', bytearray],
  ['complex', complex],
  ['_codecs.encode', encodeLatin1],
  ['builtins.getattr', (args) => {
    // Protocols 0–3 reach one class method this way; no other attribute is reachable.
    const [target, name] = args;
    if (args.length === 2 && target instanceof PyGlobal && target.cls === 'ZoneInfo' && name === '_unpickle') return new PyGlobal('ZoneInfo');
    throw refusedGlobal('builtins', 'getattr');
  }],
  ['copyreg._reconstructor', (args) => {
    arity(args, 3, 3, 'an object');
    const base = args[1];
    const cls = classArgument(args[0], 'an object');
    if (!(base instanceof PyGlobal) || base.cls !== 'object') throw malformed('an object is rebuilt from an unknown base type');
    return new PyObject(cls, []);
  }],
  ['copyreg.__newobj__', (args) => new PyObject(classArgument(args[0], 'an object'), args.slice(1))],
  ['numpy.dtype', makeDtype],
  ['numpy._reconstruct', (args) => {
    const subtype = args[0];
    if (!(subtype instanceof PyGlobal) || subtype.cls !== 'numpy.ndarray') throw malformed('an array is made from a type that is not an array');
    const shape = args[1];
    // Without data only the placeholder (0,) is legitimate; anything else would reserve memory.
    if (!(shape instanceof PyTuple) || shape.items.length !== 1 || shape.items[0] !== 0) {
      throw malformed('an array is reserved without any data');
    }
    return new NdArray();
  }],
  ['numpy.scalar', makeScalar],
  ['numpy._frombuffer', fromBuffer],
  ['pandas.__pyx_unpickle', cythonObject],
  ['pandas._new_Index', newIndex],
  ['pandas.NaT', () => PY_NAT],
  ['pyarrow.py_buffer', (args) => {
    if (args.length !== 1 || !(args[0] instanceof PyBytes)) throw malformed('an arrow buffer holds no bytes');
    return args[0];
  }],
  ['pytz.name', (args) => new PyObject('pytz.name', [assertZoneName(args[0]), ...args.slice(1)])],
  ['ZoneInfo', (args) => new PyObject('ZoneInfo', [assertZoneName(args[0])])],
  ['dateutil.tzfile', (args) => {
    // The first argument would be a path to open; pickles of pandas always have None there.
    if (args.length === 0 || args[0] !== null) throw refused('asks for a time zone file to be opened');
    return new PyObject('dateutil.tzfile', args);
  }],
]);

/** Made by NEWOBJ although they are not plain classes. */
const NEW_ALLOWED = new Set(['numpy.dtype', 'OrderedDict', 'dict', 'set', 'frozenset', 'list', 'dateutil.tzfile', 'FrozenList']);
