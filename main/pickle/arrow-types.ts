/**
 * Arrow types as pyarrow pickles them: `type_for_alias('int64')`, `timestamp('us', 'UTC')`, …
 * Owns: reading a type value. Must not: touch buffers.
 */

import { malformed, quoteForMessage, unsupported } from './errors.ts';
import { PyBytes } from './py-scalars.ts';
import { PyObject, sequence, typeName, type PyValue } from './values.ts';

export type ArrowType =
  | { id: 'null' | 'bool' | 'view' | 'binaryView' }
  | { id: 'number'; code: 'i' | 'u' | 'f'; size: number }
  | { id: 'text' | 'binary'; offsetSize: 4 | 8 }
  | { id: 'fixed'; size: number }
  | { id: 'date'; size: 4 | 8 }
  | { id: 'time'; size: 4 | 8; unit: string }
  | { id: 'timestamp'; unit: string; zone: PyValue }
  | { id: 'duration'; unit: string }
  | { id: 'decimal'; scale: number }
  | { id: 'list'; offsetSize: 4 | 8; item: ArrowType }
  | { id: 'map'; key: ArrowType; item: ArrowType }
  | { id: 'struct'; fields: { name: string; type: ArrowType }[] }
  | { id: 'dictionary'; index: ArrowType; value: ArrowType };

const ALIASES = new Map<string, ArrowType>([
  ['null', { id: 'null' }], ['bool', { id: 'bool' }], ['boolean', { id: 'bool' }],
  ...(['int8', 'int16', 'int32', 'int64'] as const).map((n, i) => [n, { id: 'number', code: 'i', size: 1 << i }] as [string, ArrowType]),
  ...(['uint8', 'uint16', 'uint32', 'uint64'] as const).map((n, i) => [n, { id: 'number', code: 'u', size: 1 << i }] as [string, ArrowType]),
  ['halffloat', { id: 'number', code: 'f', size: 2 }], ['float16', { id: 'number', code: 'f', size: 2 }],
  ['float', { id: 'number', code: 'f', size: 4 }], ['float32', { id: 'number', code: 'f', size: 4 }],
  ['double', { id: 'number', code: 'f', size: 8 }], ['float64', { id: 'number', code: 'f', size: 8 }],
  ['string', { id: 'text', offsetSize: 4 }], ['utf8', { id: 'text', offsetSize: 4 }], ['large_string', { id: 'text', offsetSize: 8 }],
  ['binary', { id: 'binary', offsetSize: 4 }], ['large_binary', { id: 'binary', offsetSize: 8 }],
  ['string_view', { id: 'view' }], ['binary_view', { id: 'binaryView' }],
  ['date32[day]', { id: 'date', size: 4 }], ['date32', { id: 'date', size: 4 }], ['date64[ms]', { id: 'date', size: 8 }], ['date64', { id: 'date', size: 8 }],
  ['time32[s]', { id: 'time', size: 4, unit: 's' }], ['time32[ms]', { id: 'time', size: 4, unit: 'ms' }],
  ['time64[us]', { id: 'time', size: 8, unit: 'us' }], ['time64[ns]', { id: 'time', size: 8, unit: 'ns' }],
  ...(['s', 'ms', 'us', 'ns'] as const).flatMap((unit): [string, ArrowType][] => [
    [`timestamp[${unit}]`, { id: 'timestamp', unit, zone: null }],
    [`duration[${unit}]`, { id: 'duration', unit }],
  ]),
]);

const UNITS = new Set(['s', 'ms', 'us', 'ns']);
const MAX_DEPTH = 32;

export function arrowType(value: PyValue | undefined, depth = 0): ArrowType {
  if (!(value instanceof PyObject) || !value.cls.startsWith('arrow.')) throw malformed('an arrow array has no type');
  if (depth > MAX_DEPTH) throw malformed('an arrow type is nested too deeply');
  const { args } = value;
  const [a, b] = args;
  switch (value.cls) {
    case 'arrow.type_for_alias': {
      const known = typeof a === 'string' ? ALIASES.get(a) : undefined;
      if (known === undefined) throw unsupported(`it uses the arrow type "${typeof a === 'string' ? quoteForMessage(a) : typeName(a ?? null)}", which is not known here`);
      return known;
    }
    case 'arrow.timestamp':
      return { id: 'timestamp', unit: unitOf(a), zone: b ?? null };
    case 'arrow.duration':
      return { id: 'duration', unit: unitOf(a) };
    case 'arrow.time32':
      return { id: 'time', size: 4, unit: unitOf(a) };
    case 'arrow.time64':
      return { id: 'time', size: 8, unit: unitOf(a) };
    case 'arrow.decimal128':
      return { id: 'decimal', scale: typeof b === 'number' && Math.abs(b) <= 100 ? b : 0 };
    case 'arrow.binary':
      if (typeof a !== 'number' || a < 0 || a > 1 << 24) throw malformed('an arrow binary type has no length');
      return { id: 'fixed', size: a };
    case 'arrow.list_':
      return { id: 'list', offsetSize: 4, item: fieldType(a, depth) };
    case 'arrow.large_list':
      return { id: 'list', offsetSize: 8, item: fieldType(a, depth) };
    case 'arrow.map_':
      return { id: 'map', key: fieldType(a, depth), item: fieldType(b, depth) };
    case 'arrow.dictionary':
      return { id: 'dictionary', index: arrowType(a, depth + 1), value: arrowType(b, depth + 1) };
    case 'arrow.struct': {
      const fields = sequence(a) ?? [];
      return { id: 'struct', fields: fields.map((f) => ({ name: fieldName(f), type: fieldType(f, depth) })) };
    }
    default:
      throw malformed('an arrow array has no type');
  }
}

function unitOf(value: PyValue | undefined): string {
  if (typeof value !== 'string' || !UNITS.has(value)) throw malformed('an arrow time type has no unit');
  return value;
}

function fieldType(value: PyValue | undefined, depth: number): ArrowType {
  return arrowType(value instanceof PyObject && value.cls === 'arrow.field' ? value.args[1] : value, depth + 1);
}

function fieldName(value: PyValue): string {
  const name = value instanceof PyObject && value.cls === 'arrow.field' ? value.args[0] : undefined;
  if (name instanceof PyBytes || typeof name !== 'string') throw malformed('an arrow field has no name');
  return name;
}
