/**
 * Text of instants and spans: ISO 8601 with offset, and pandas' form of a timedelta.
 * Owns: formatting. Must not: look zones up (zones.ts hands in offsets).
 */

import { civilFromDays } from './time-units.ts';

const pad2 = (n: number): string => (n < 10 ? `0${n}` : String(n));

let cachedDay = NaN;
let cachedDate = '';

/** `YYYY-MM-DD`, with a sign and more digits outside years 0–9999. */
export function dateText(day: number): string {
  if (day === cachedDay) return cachedDate;
  const { year, month, day: d } = civilFromDays(day);
  const y = year >= 0 && year <= 9999 ? String(year).padStart(4, '0') : `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
  cachedDate = `${y}-${pad2(month)}-${pad2(d)}`;
  cachedDay = day;
  return cachedDate;
}

/** `+HH:MM`, with seconds where a historical offset has them. */
export function offsetText(offsetS: number): string {
  const abs = Math.abs(offsetS);
  const s = abs % 60;
  return `${offsetS < 0 ? '-' : '+'}${pad2(Math.floor(abs / 3600))}:${pad2(Math.floor(abs / 60) % 60)}${s === 0 ? '' : `:${pad2(s)}`}`;
}

/**
 * ISO 8601 of a UTC second and nanosecond, shifted to the offset when there is one.
 * `digits` of the fraction: 9, or 'auto' for 0, 3, 6 or 9 as needed.
 */
export function isoText(second: number, nano: number, offsetS: number | null, digits: 9 | 'auto'): string {
  const local = second + (offsetS ?? 0);
  const day = Math.floor(local / 86_400);
  const s = local - day * 86_400;
  const clock = `${pad2(Math.floor(s / 3600))}:${pad2(Math.floor(s / 60) % 60)}:${pad2(s % 60)}`;
  let fraction = '';
  if (digits === 9 || nano !== 0) {
    const nine = String(nano).padStart(9, '0');
    if (digits === 9) fraction = `.${nine}`;
    else if (nano % 1_000_000 === 0) fraction = `.${nine.slice(0, 3)}`;
    else if (nano % 1000 === 0) fraction = `.${nine.slice(0, 6)}`;
    else fraction = `.${nine}`;
  }
  return `${dateText(day)}T${clock}${fraction}${offsetS === null ? '' : offsetText(offsetS)}`;
}

/** pandas' text of a timedelta: `1 days 00:00:02.500000`. */
export function spanText(ns: bigint): string {
  const day = 86_400_000_000_000n;
  let days = ns / day;
  let rest = ns % day;
  if (rest < 0n) {
    rest += day;
    days -= 1n;
  }
  const s = Number(rest / 1_000_000_000n);
  const nano = Number(rest % 1_000_000_000n);
  const nine = String(nano).padStart(9, '0');
  const fraction = nano === 0 ? '' : nano % 1000 === 0 ? `.${nine.slice(0, 6)}` : `.${nine}`;
  return `${days} days ${days < 0n ? '+' : ''}${pad2(Math.floor(s / 3600))}:${pad2(Math.floor(s / 60) % 60)}:${pad2(s % 60)}${fraction}`;
}
