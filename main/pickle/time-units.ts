/**
 * 64-bit times in any numpy unit to microseconds, and to (second, nanosecond) pairs for text.
 * Owns: exact integer arithmetic without a BigInt per cell where the unit is ns or us.
 * Must not: know zones or text forms.
 */

const TWO32 = 0x1_0000_0000;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Days from 1970-01-01 to the first of a proleptic Gregorian month (`month` 0-based, any size). */
export function daysOfMonth(year: number, month: number): number {
  const y = year + Math.floor(month / 12);
  const m = ((month % 12) + 12) % 12 + 1;
  const shifted = m <= 2 ? y - 1 : y;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Civil date of a day number. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

/** Nanoseconds per unit for the linear units. */
const UNIT_NS = new Map<string, bigint>([
  ['ns', 1n], ['us', 1000n], ['ms', 1_000_000n], ['s', 1_000_000_000n], ['m', 60_000_000_000n], ['h', 3_600_000_000_000n],
  ['D', 86_400_000_000_000n], ['W', 604_800_000_000_000n],
]);

/** Nanoseconds of `value` units (times count); Y and M go through the calendar. */
export function unitsToNs(value: bigint, unit: string, count: number): bigint {
  const scaled = value * BigInt(count);
  const factor = UNIT_NS.get(unit);
  if (factor !== undefined) return scaled * factor;
  const months = unit === 'Y' ? scaled * 12n : scaled;
  return BigInt(daysOfMonth(1970, Number(months))) * 86_400_000_000_000n;
}

export type TimeColumn = {
  /** Microseconds; 0 where null. */
  valuesUs: BigInt64Array<ArrayBuffer>;
  nulls: Uint8Array | null;
  /** Digits below a microsecond exist somewhere. */
  subMicro: boolean;
  /** Rows whose value does not fit 64 bits of microseconds (only for s and coarser units). */
  outOfRange: number[];
};

/** Splits hi·2³² + lo by 1000, rounding down, exactly. */
const quotient = new Int32Array(1);
let quotientLo = 0;
let remainder = 0;
function div1000(hi: number, lo: number): void {
  const qHi = Math.floor(hi / 1000);
  const rest = (hi - qHi * 1000) * TWO32 + lo;
  quotientLo = Math.floor(rest / 1000);
  remainder = rest - quotientLo * 1000;
  quotient[0] = qHi;
}

/** Raw int64 times (native order) to microseconds. `raw` is not changed. */
export function toMicroseconds(raw: BigInt64Array<ArrayBuffer>, unit: string, count: number): TimeColumn {
  const n = raw.length;
  const words = new Int32Array(raw.buffer, raw.byteOffset, n * 2);
  const valuesUs = new BigInt64Array(n);
  const out = new Int32Array(valuesUs.buffer);
  let nulls: Uint8Array | null = null;
  let subMicro = false;
  const outOfRange: number[] = [];
  for (let i = 0; i < n; i++) {
    const hi = words[2 * i + 1] as number;
    const lo = words[2 * i] as number;
    if (hi === -0x8000_0000 && lo === 0) {
      nulls ??= new Uint8Array(n);
      nulls[i] = 1;
    } else if (unit === 'us' && count === 1) {
      out[2 * i] = lo;
      out[2 * i + 1] = hi;
    } else if (unit === 'ns' && count === 1) {
      div1000(hi, lo >>> 0);
      if (remainder !== 0) subMicro = true;
      out[2 * i] = quotientLo | 0;
      out[2 * i + 1] = quotient[0] as number;
    } else {
      const ns = unitsToNs(raw[i] as bigint, unit, count);
      const us = ns / 1000n - (ns % 1000n < 0n ? 1n : 0n);
      if (us > INT64_MAX || us <= INT64_MIN) {
        nulls ??= new Uint8Array(n);
        nulls[i] = 1;
        outOfRange.push(i);
      } else {
        if (ns % 1000n !== 0n) subMicro = true;
        valuesUs[i] = us;
      }
    }
  }
  return { valuesUs, nulls, subMicro, outOfRange };
}

/** (second, nanosecond) of one raw time; the second is exact up to 2⁵³. */
export function splitTime(raw: bigint, unit: string, count: number): { second: number; nano: number } {
  const ns = unitsToNs(raw, unit, count);
  let second = ns / 1_000_000_000n;
  let nano = Number(ns % 1_000_000_000n);
  if (nano < 0) {
    nano += 1_000_000_000;
    second -= 1n;
  }
  return { second: Number(second), nano };
}
