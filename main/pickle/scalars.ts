/**
 * Scalar objects of Python, numpy and pandas to instants, spans and text.
 * Owns: the interpretation of datetime, Timestamp, Timedelta, Period, Interval, Decimal, UUID…
 * Must not: decide column types (object-vector.ts).
 */

import { malformed } from './errors.ts';
import { NP_DATETIME, NP_TIMEDELTA } from './nd-items.ts';
import { offsetFrequency, periodText } from './period.ts';
import { daysOfMonth, splitTime, unitsToNs } from './time-units.ts';
import { dateText, isoText, spanText } from './time-text.ts';
import { PyBytes, PyComplex, PyFloat, PySingleton, PY_NA, PY_NAT } from './py-scalars.ts';
import { PyDict, PyGlobal, PyObject, aType, type PyValue } from './values.ts';
import { zoneOf, type Zone } from './zones.ts';

export type Instant = { second: number; nano: number; zone: Zone | null };

/** pandas' resolution codes. */
const RESOLUTION = new Map<number, string>([[7, 's'], [8, 'ms'], [9, 'us'], [10, 'ns']]);

export function isNullValue(value: PyValue): boolean {
  return value === null || value === PY_NA || value === PY_NAT || (value instanceof PyFloat && Number.isNaN(value.value));
}

export type CellKind = 'null' | 'bool' | 'int' | 'float' | 'str' | 'instant' | 'date' | 'span' | 'text' | 'container';

export function kindOf(value: PyValue): CellKind {
  if (typeof value === 'string') return 'str';
  if (isNullValue(value)) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || typeof value === 'bigint') return 'int';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof PyComplex || value instanceof PySingleton || value instanceof PyGlobal) return 'text';
  if (value instanceof PyObject) {
    switch (value.cls) {
      case 'datetime':
      case 'Timestamp':
      case NP_DATETIME:
        return isNat(value) ? 'null' : 'instant';
      case 'date':
        return 'date';
      case 'timedelta':
      case 'Timedelta':
      case NP_TIMEDELTA:
        return isNat(value) ? 'null' : 'span';
      default:
        return SCALAR_TEXT.has(value.cls) || value.cls.startsWith('offset.') ? 'text' : 'container';
    }
  }
  return 'container';
}

/** Old pandas wrote NaT as a Timestamp of the smallest value. */
function isNat(value: PyObject): boolean {
  const raw = value.args[0];
  return typeof raw === 'bigint' && raw === -(2n ** 63n);
}

function int(value: PyValue | undefined, what: string): bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  throw malformed(`${what} is not a number`);
}

function resolutionUnit(value: PyValue | undefined): string {
  if (value === undefined || value === null) return 'ns';
  const unit = typeof value === 'number' ? RESOLUTION.get(value) : undefined;
  if (unit === undefined) throw malformed('a time has an unknown resolution');
  return unit;
}

function check64(value: bigint): bigint {
  if (value >= 2n ** 63n || value < -(2n ** 63n)) throw malformed('a time does not fit 64 bits');
  return value;
}

export function instantOf(value: PyObject): Instant {
  switch (value.cls) {
    case 'Timestamp': {
      const [raw, , tz, resolution] = value.args;
      return { ...splitTime(check64(int(raw, 'a timestamp')), resolutionUnit(resolution), 1), zone: zoneOf(tz) };
    }
    case NP_DATETIME:
      return { ...splitTime(check64(int(value.args[0], 'a timestamp')), value.args[1] as string, value.args[2] as number), zone: null };
    case 'date': {
      const b = rawBytes(value, 4);
      return { second: civilDay(b) * 86_400, nano: 0, zone: null };
    }
    default: {
      const b = rawBytes(value, 10);
      const local = civilDay(b) * 86_400 + at(b, 4, 23) * 3600 + at(b, 5, 59) * 60 + at(b, 6, 59);
      const micro = (at(b, 7, 255) << 16) | (at(b, 8, 255) << 8) | at(b, 9, 255);
      if (micro > 999_999) throw malformed('a time has too many microseconds');
      const tz = value.args[1];
      const zone = zoneOf(tz);
      return { second: zone === null ? local : local - localOffset(local, zone, tz ?? null, ((b[2] as number) & 0x80) !== 0), nano: micro * 1000, zone };
    }
  }
}

/** Offset of a wall-clock time; `fold` picks the later of two. */
function localOffset(local: number, zone: Zone, tz: PyValue, fold: boolean): number {
  // pytz attaches the very offset that was in force.
  if (tz instanceof PyObject && tz.cls === 'pytz.name' && typeof tz.args[1] === 'number' && Math.abs(tz.args[1]) <= 86_400) return tz.args[1];
  const early = zone.offsetAt(local - 86_400);
  const late = zone.offsetAt(local + 86_400);
  const fits = [early, late].filter((offset) => zone.offsetAt(local - offset) === offset);
  if (fits.length === 0) return fold ? late : early;
  return (fold ? fits[fits.length - 1] : fits[0]) as number;
}

function rawBytes(value: PyObject, length: number): Uint8Array {
  const raw = value.args[0];
  if (raw instanceof PyBytes && raw.bytes.length === length) return raw.bytes;
  if (value.cls === 'datetime' || value.cls === 'date') {
    // Written out as numbers: datetime(2020, 1, 2, …).
    const numbers = value.args.filter((v) => typeof v === 'number');
    if (numbers.length >= 3) return fromNumbers(numbers, length);
  }
  throw malformed(`a ${value.cls} has no valid content`);
}

function fromNumbers(numbers: number[], length: number): Uint8Array {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, micro = 0] = numbers;
  return Uint8Array.of(year >> 8, year & 255, month, day, hour, minute, second, (micro >> 16) & 255, (micro >> 8) & 255, micro & 255).subarray(0, length);
}

function at(bytes: Uint8Array, i: number, max: number): number {
  const value = bytes[i] as number;
  if (value > max) throw malformed('a date or time is out of range');
  return value;
}

function civilDay(b: Uint8Array): number {
  const year = ((b[0] as number) << 8) | (b[1] as number);
  const month = (b[2] as number) & 0x7f;
  const day = b[3] as number;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) throw malformed('a date is out of range');
  return daysOfMonth(year, month - 1) + day - 1;
}

/** Nanoseconds of a span. */
export function spanNs(value: PyObject): bigint {
  switch (value.cls) {
    case 'Timedelta':
      return unitsToNs(check64(int(value.args[0], 'a timedelta')), resolutionUnit(value.args[1]), 1);
    case NP_TIMEDELTA: {
      const unit = value.args[1] as string;
      return unitsToNs(check64(int(value.args[0], 'a timedelta')), unit === 'generic' ? 'ns' : unit, value.args[2] as number);
    }
    default: {
      const [days, seconds, micros] = value.args;
      const out = int(days ?? 0, 'a timedelta') * 86_400_000_000_000n + int(seconds ?? 0, 'a timedelta') * 1_000_000_000n + int(micros ?? 0, 'a timedelta') * 1000n;
      if (out > 2n ** 100n || out < -(2n ** 100n)) throw malformed('a timedelta is out of range');
      return out;
    }
  }
}

const SCALAR_TEXT = new Map<string, (value: PyObject) => string>([
  ['time', timeText],
  ['Period', (v) => periodText(check64(int(v.args[2], 'a period')), offsetFrequency(v.args[1] ?? null))],
  ['Interval', (v) => intervalText(plainText(v.args[0] ?? null), plainText(v.args[1] ?? null), v.args[2] ?? null)],
  ['Decimal', (v) => textArgument(v)],
  ['Fraction', (v) => (v.args.length === 2 ? `${plainText(v.args[0] ?? null)}/${plainText(v.args[1] ?? null)}` : textArgument(v))],
  ['UUID', (v) => uuidText(v)],
  ['SafeUUID', (v) => plainText(v.args[0] ?? null)],
  ['IPv4Address', (v) => ipText(v, 4)],
  ['IPv6Address', (v) => ipText(v, 6)],
  ...['IPv4Network', 'IPv6Network', 'IPv4Interface', 'IPv6Interface'].map((cls) => [cls, textArgument] as const),
  ['range', (v) => `range(${rangeArgs(v.args)})`],
  ['slice', (v) => `slice(${partsText(v.args)})`],
]);

/** Text of a part of a scalar: parts with parts of their own could unfold without end. */
function plainText(value: PyValue): string {
  if (value instanceof PyObject && SCALAR_TEXT.has(value.cls) && value.cls !== 'Decimal' && value.cls !== 'Period') throw malformed(`${aType(value)} is part of a single value`);
  return scalarText(value);
}

function partsText(args: PyValue[]): string {
  if (args.length > 3) throw malformed('a range or slice has too many parts');
  return args.map(plainText).join(', ');
}

function rangeArgs(args: PyValue[]): string {
  const parts = args.length === 1 ? [0, ...args] : args;
  return partsText(parts.length === 3 && parts[2] === 1 ? parts.slice(0, 2) : parts);
}

function textArgument(value: PyObject): string {
  const text = value.args[0];
  if (typeof text !== 'string') throw malformed(`a ${value.cls} has no text`);
  return text;
}

function timeText(value: PyObject): string {
  const b = rawBytes(value, 6);
  const micro = (at(b, 3, 255) << 16) | (at(b, 4, 255) << 8) | at(b, 5, 255);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(at(b, 0, 23 + 128) & 0x7f)}:${two(at(b, 1, 59))}:${two(at(b, 2, 59))}${micro === 0 ? '' : `.${String(micro).padStart(6, '0')}`}`;
}

export function intervalText(left: string, right: string, closed: PyValue): string {
  const l = closed === 'left' || closed === 'both' ? '[' : '(';
  const r = closed === 'right' || closed === 'both' ? ']' : ')';
  return `${l}${left}, ${right}${r}`;
}

function uuidText(value: PyObject): string {
  const number = value.state instanceof PyDict ? value.state.get('int') : undefined;
  const hex = int(number, 'a UUID').toString(16).padStart(32, '0');
  if (hex.length !== 32) throw malformed('a UUID is out of range');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function ipText(value: PyObject, version: 4 | 6): string {
  const number = value.args[0];
  if (typeof number === 'string') return number;
  const n = int(number, 'an address');
  if (n < 0n || n >= 2n ** (version === 4 ? 32n : 128n)) throw malformed('an address is out of range');
  if (version === 4) return [24n, 16n, 8n, 0n].map((s) => String((n >> s) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((n >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  return shortenIpv6(groups);
}

function shortenIpv6(groups: string[]): string {
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let j = i;
    while (j < 8 && groups[j] === '0') j++;
    if (j - i > best.length) best = { start: i, length: j - i };
  }
  if (best.start < 0) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

/** repr() of a Python float. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= 16 || exponent < -4) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const plain = String(value);
  if (plain.includes('e')) return value.toFixed(Math.max(0, digits.replace(/[-.]/g, '').length - 1 - exponent));
  return plain.includes('.') ? plain : `${plain}.0`;
}

function complexText(value: PyComplex): string {
  const part = (n: number): string => floatText(n).replace(/\.0$/, '');
  const im = `${value.im < 0 || Object.is(value.im, -0) ? '' : '+'}${part(value.im)}j`;
  return value.re === 0 && !Object.is(value.re, -0) ? `${part(value.im)}j` : `(${part(value.re)}${im})`;
}

/** Text of a scalar as Python's str() has it; times in ISO form. */
export function scalarText(value: PyValue): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return bigText(value);
  if (value instanceof PyFloat) return floatText(value.value);
  if (value instanceof PyComplex) return complexText(value);
  if (value instanceof PySingleton) return value.text;
  if (value instanceof PyGlobal) return `<class '${value.cls}'>`;
  if (value instanceof PyObject) {
    switch (kindOf(value)) {
      case 'instant': {
        const { second, nano, zone } = instantOf(value);
        return isoText(second, nano, zone === null ? null : zone.offsetAt(second), 'auto');
      }
      case 'date':
        return dateText(instantOf(value).second / 86_400);
      case 'span':
        return spanText(spanNs(value));
      default: {
        const text = SCALAR_TEXT.get(value.cls);
        if (text !== undefined) return text(value);
        if (value.cls.startsWith('offset.')) return `<${value.cls.slice(7)}>`;
      }
    }
  }
  throw malformed(`${aType(value)} stands where a single value is expected`);
}

/** Decimal text; printing is quadratic, so very long ones are given as hex. */
export function bigText(value: bigint): string {
  const hex = value.toString(16);
  return hex.length > 4000 ? (value < 0n ? `-0x${hex.slice(1)}` : `0x${hex}`) : value.toString();
}
