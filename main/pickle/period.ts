/**
 * pandas periods (ordinal + frequency) as text: `2020-01`, `2020Q1`, `2020-01-01 05:00`.
 * Owns: frequencies and that text. Must not: keep period objects.
 */

import { malformed, quoteForMessage, unsupported } from './errors.ts';
import { dateText } from './time-text.ts';
import { PyDict, PyObject, PyTuple, type PyValue } from './values.ts';

const OFFSET_FREQ = new Map<string, string>([
  ['Day', 'D'], ['Hour', 'h'], ['Minute', 'min'], ['Second', 's'], ['Milli', 'ms'], ['Micro', 'us'], ['Nano', 'ns'],
  ['MonthEnd', 'M'], ['QuarterEnd', 'Q'], ['YearEnd', 'Y'], ['Week', 'W'], ['BusinessDay', 'B'], ['BDay', 'B'],
]);
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** Frequency code of an offset object (`MonthEnd` → `M`, `Week(weekday=6)` → `W-SUN`). */
export function offsetFrequency(freq: PyValue): string {
  if (typeof freq === 'string') return freq;
  if (freq instanceof PyObject && freq.cls.startsWith('offset.')) {
    const code = OFFSET_FREQ.get(freq.cls.slice(7));
    if (code === 'W') {
      const weekday = offsetAttribute(freq, 'weekday', 2);
      return typeof weekday === 'number' ? `W-${WEEKDAYS[weekday] ?? 'SUN'}` : 'W-SUN';
    }
    if (code !== undefined) return code;
  }
  throw unsupported('it holds periods of a frequency that is not known here');
}

function offsetAttribute(offset: PyObject, name: string, position: number): PyValue | undefined {
  const state = offset.state instanceof PyDict ? offset.state : offset.state instanceof PyTuple ? offset.state.items[0] : undefined;
  const value = state instanceof PyDict ? state.get(name) : undefined;
  return value ?? offset.args[position];
}

/** Frequency of a `PeriodDtype('period[M]')` or `PeriodDtype(offset)`. */
export function dtypeFrequency(dtype: PyValue | undefined): string {
  if (!(dtype instanceof PyObject) || dtype.cls !== 'PeriodDtype') throw malformed('periods have no frequency');
  const state = dtype.state instanceof PyDict ? (dtype.state.get('_freq') ?? dtype.state.get('freq')) : undefined;
  const raw = state ?? dtype.args[0];
  if (typeof raw === 'string') return /^[Pp]eriod\[(.+)\]$/.exec(raw)?.[1] ?? raw;
  return offsetFrequency(raw ?? null);
}

const DAY_UNITS = new Map<string, { perDay: number; digits: number }>([
  ['H', { perDay: 24, digits: -2 }], ['T', { perDay: 1440, digits: -1 }], ['S', { perDay: 86_400, digits: 0 }], ['L', { perDay: 86_400_000, digits: 3 }],
  ['U', { perDay: 86_400_000_000, digits: 6 }], ['N', { perDay: 86_400_000_000_000, digits: 9 }],
]);
const ALIASES = new Map([['h', 'H'], ['min', 'T'], ['s', 'S'], ['ms', 'L'], ['us', 'U'], ['ns', 'N'], ['ME', 'M'], ['QE', 'Q'], ['YE', 'Y'], ['A', 'Y'], ['C', 'B']]);

/** Text of one period. A multiple (`2D`) names the first unit of its span. */
export function periodText(ordinal: bigint, frequency: string): string {
  const match = /^\d*([A-Za-z]+)(?:-([A-Za-z]{3}))?$/.exec(frequency);
  if (match === null) throw unsupported(`it holds periods of the frequency "${quoteForMessage(frequency)}", which is not known here`);
  const base = ALIASES.get(match[1] as string) ?? (match[1] as string);
  const n = Number(ordinal);
  switch (base) {
    case 'Y':
      return String(n + 1970).padStart(4, '0');
    case 'Q':
      return `${1970 + Math.floor(n / 4)}Q${(((n % 4) + 4) % 4) + 1}`;
    case 'M':
      return `${String(1970 + Math.floor(n / 12)).padStart(4, '0')}-${String((((n % 12) + 12) % 12) + 1).padStart(2, '0')}`;
    case 'W': {
      const weekday = WEEKDAYS.indexOf((match[2] ?? 'SUN').toUpperCase());
      const end = n * 7 - 4 + ((weekday + 1) % 7);
      return `${dateText(end - 6)}/${dateText(end)}`;
    }
    case 'D':
      return dateText(n);
    case 'B': {
      const days = Math.floor((n + 3) / 5) * 7 + ((((n + 3) % 5) + 5) % 5) - 3;
      return dateText(days);
    }
    default: {
      const unit = DAY_UNITS.get(base);
      if (unit === undefined) throw unsupported(`it holds periods of the frequency "${quoteForMessage(frequency)}", which is not known here`);
      return clockText(ordinal, unit.perDay, unit.digits);
    }
  }
}

function clockText(ordinal: bigint, perDay: number, digits: number): string {
  const size = BigInt(perDay);
  const day = ordinal / size - (ordinal % size < 0n ? 1n : 0n);
  const rest = ordinal - day * size;
  const ns = rest * (86_400_000_000_000n / size);
  const s = Number(ns / 1_000_000_000n);
  const two = (n: number): string => String(n).padStart(2, '0');
  let text = `${dateText(Number(day))} ${two(Math.floor(s / 3600))}:${digits === -2 ? '00' : two(Math.floor(s / 60) % 60)}`;
  if (digits >= 0) text += `:${two(s % 60)}`;
  if (digits > 0) text += `.${String(ns % 1_000_000_000n).padStart(9, '0').slice(0, digits)}`;
  return text;
}

