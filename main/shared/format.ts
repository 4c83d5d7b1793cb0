/**
 * Counts, sizes, rates and shares as product text writes them: digits, a comma every three, a unit after a blank. The same on
 * every machine, whatever its locale. Lengths of time are written by duration.ts and handed on here.
 */
export { formatBucket, formatDuration, formatTimespan } from './duration.ts';

/** `1,240,000`. */
export const formatCount = (n: number): string => {
  if (!Number.isFinite(n)) return '–';
  const [whole = '0', part] = String(Math.abs(Number.isInteger(n) ? n : Math.round(n * 1_000) / 1_000)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${n < 0 ? '−' : ''}${grouped}${part === undefined ? '' : `.${part}`}`;
};

/** `12 rows`, `1 row`; `many` where an s is not enough. */
export const plural = (n: number, one: string, many: string = `${one}s`): string => `${formatCount(n)} ${n === 1 ? one : many}`;

/** One decimal below ten, none above; rolls into the next unit instead of showing `1000`. */
const scaled = (n: number, base: number, units: readonly string[]): string => {
  let value = n;
  let unit = 0;
  const shown = (v: number): number => (v < 10 && unit > 0 ? Math.round(v * 10) / 10 : Math.round(v));
  while (shown(value) >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  const text = value < 10 && unit > 0 ? String(shown(value)) : formatCount(shown(value));
  return units[unit] === '' ? text : `${text} ${units[unit] ?? ''}`;
};

/** `640`, `17 k`, `1.9 M`. For places too small for the exact count. */
export const formatShortCount = (n: number): string => (Number.isFinite(n) ? `${n < 0 ? '−' : ''}${scaled(Math.abs(n), 1_000, ['', 'k', 'M', 'G'])}` : '–');

/** `812 B`, `1.4 MB`, `169 MB`. Decimal units. */
export const formatBytes = (bytes: number): string =>
  Number.isFinite(bytes) ? `${bytes < 0 ? '−' : ''}${scaled(Math.abs(bytes), 1_000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB'])}` : '–';

export type RateUnit = 'rows' | 'bytes' | 'files' | 'steps';

/** `1.9 M rows/s`, `84 MB/s`. */
export const formatRate = (perSecond: number, unit: RateUnit): string =>
  unit === 'bytes' ? `${formatBytes(perSecond)}/s` : `${formatShortCount(perSecond)} ${unit}/s`;

/** Done of total in the unit of a job: `17,200 of 61,030 rows`, `1.2 MB of 169 MB`; the total is left out while unknown. */
export const formatAmount = (done: number, total: number | null, unit: RateUnit): string => {
  const one = unit === 'bytes' ? formatBytes : formatCount;
  const tail = unit === 'bytes' ? '' : ` ${unit}`;
  return total === null ? `${one(done)}${tail}` : `${one(done)} of ${one(total)}${tail}`;
};

/** `12 %`, `0.4 %`, `< 0.1 %` of a whole. */
export const formatShare = (part: number, whole: number): string => {
  if (!(whole > 0)) return '–';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`;
};
