/**
 * A filter's value in the terms of a column: bound as the column's own type where that is exact, or decided at once where the type
 * can't hold it (an int column never equals 3.5 and is always below 10^30).
 * Promise: no rounding. Must not write SQL for whole filters.
 */
import type { ColumnType, Scalar } from '../contract/index.ts';
import { CasebenchError } from '../contract/index.ts';
import { parseDuration } from '../shared/duration.ts';
import { parseIso } from '../shared/time.ts';
import { bigint, bool, double, text, type Bound } from './params.ts';

export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/**
 * `value`: compare with it, by the operator given. `always`/`never`: what every non-null value answers. `wide`: a time beyond
 * ±2^53 µs, which crosses the contract in steps of 64 µs and is compared so.
 */
export type Compared =
  | { readonly kind: 'value'; readonly op: Comparison; readonly bound: Bound }
  | { readonly kind: 'wide'; readonly op: Comparison; readonly bound: Bound }
  | { readonly kind: 'always' }
  | { readonly kind: 'never' };

const minInt = -(2n ** 63n);
const maxInt = 2n ** 63n - 1n;
/** Parquet times end there; infinity lies beyond. */
const always: Compared = { kind: 'always' };
const never: Compared = { kind: 'never' };

const misfit = (value: Scalar, type: ColumnType, hint: string): CasebenchError =>
  new CasebenchError('filter.invalid', `“${String(value)}” can't be compared with ${type} values. No filter was applied. ${hint}`);

const beyond = (op: Comparison, above: boolean): Compared => (op === 'ne' || (above ? op === 'lt' || op === 'le' : op === 'gt' || op === 'ge') ? always : never);

const compareInt = (value: Scalar, op: Comparison, type: ColumnType): Compared => {
  let whole: bigint;
  let exact = true;
  if (typeof value === 'string' && /^\s*[+-]?\d{1,400}\s*$/.test(value)) whole = BigInt(value.trim().replace(/^\+/, ''));
  else {
    const n = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    if (Number.isNaN(n)) {
      const span = type === 'timespan' && typeof value === 'string' ? parseDuration(value) : null;
      if (span === null) throw misfit(value, type, type === 'timespan' ? 'Write a length of time such as 45m or 00:05:00.' : 'Write a whole number.');
      whole = BigInt(span);
    } else if (!Number.isFinite(n)) return beyond(op, n > 0);
    else {
      exact = Number.isInteger(n);
      whole = BigInt(Math.floor(n));
    }
  }
  if (whole > maxInt) return beyond(op, true);
  if (whole < minInt) return beyond(op, false);
  if (exact) return { kind: 'value', op, bound: bigint(whole) };
  // between whole and whole + 1
  if (op === 'eq') return never;
  if (op === 'ne') return always;
  return { kind: 'value', op: op === 'lt' || op === 'le' ? 'le' : 'gt', bound: bigint(whole) };
};

const floatOf = (value: Scalar, type: ColumnType): number => {
  if (typeof value === 'number') return value;
  const written = typeof value === 'string' ? value.trim() : '';
  if (/^[+-]?(?:inf|infinity)$/i.test(written)) return written.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(written)) return Number.NaN;
  const n = written === '' ? Number.NaN : Number(written);
  if (Number.isNaN(n)) throw misfit(value, type, 'Write a number.');
  return n;
};

const compareTime = (value: Scalar, op: Comparison): Compared => {
  const us = typeof value === 'number' ? Math.round(value) : typeof value === 'string' ? parseIso(value) : null;
  if (us === null || !Number.isFinite(us)) throw misfit(value, 'datetime', 'Write a time as 2026-03-11 22:04:17.');
  if (Math.abs(us) > 9e18) return beyond(op, us > 0);
  return { kind: Number.isSafeInteger(us) ? 'value' : 'wide', op, bound: bigint(BigInt(us)) };
};

/** What comparing a column of `type` with a non-null value comes to. Throws `filter.invalid` when the value makes no sense there. */
export const compared = (value: Exclude<Scalar, null>, op: Comparison, type: ColumnType): Compared => {
  switch (type) {
    case 'string':
    case 'dynamic':
      return { kind: 'value', op, bound: text(String(value)) };
    case 'int':
    case 'timespan':
      return compareInt(value, op, type);
    case 'float':
      return { kind: 'value', op, bound: double(floatOf(value, type)) };
    case 'bool': {
      const known = value === true || value === 1 || value === 'true' ? true : value === false || value === 0 || value === 'false' ? false : null;
      if (known === null) throw misfit(value, type, 'Write true or false.');
      return { kind: 'value', op, bound: bool(known) };
    }
    case 'datetime':
      return compareTime(value, op);
  }
};
