/**
 * Lengths of time in microseconds: as people read them, as timespan values are written, and as people type them.
 * Pure; knows nothing of calendars: a day is 24 hours, a week is 7 days, `m` is minutes and never months.
 */
import { usPerDay, usPerHour, usPerMinute, usPerSecond } from './time.ts';

const steps = [
  { unit: 'd', us: usPerDay },
  { unit: 'h', us: usPerHour },
  { unit: 'm', us: usPerMinute },
  { unit: 's', us: usPerSecond },
  { unit: 'ms', us: 1_000 },
  { unit: 'µs', us: 1 },
] as const;

/** The two largest units, e.g. `1 h 30 m`, `2 d`, `14 s`, `250 ms`. Smaller parts are cut, not rounded. */
export const formatDuration = (us: number): string => {
  if (!Number.isFinite(us)) return '';
  if (us < 0) return `−${formatDuration(-us)}`;
  const first = steps.findIndex((s) => us >= s.us);
  const big = steps[first];
  if (big === undefined) return '0 s';
  const whole = Math.floor(us / big.us);
  const small = steps[first + 1];
  const rest = small === undefined ? 0 : Math.floor((us - whole * big.us) / small.us);
  return small === undefined || rest === 0 || big.us <= usPerSecond ? `${whole} ${big.unit}` : `${whole} ${big.unit} ${rest} ${small.unit}`;
};

/** A width of buckets, e.g. `1 min`, `15 s`, `7 d`, in one unit. */
export const formatBucket = (us: number): string => {
  const step = steps.find((s) => us >= s.us && us % s.us === 0) ?? { unit: 'µs', us: 1 };
  return `${us / step.us} ${step.unit === 'm' ? 'min' : step.unit}`;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** A timespan value exactly, as Kusto writes it: `[-][d.]hh:mm:ss[.fff[fff]]`. */
export const formatTimespan = (us: number): string => {
  if (!Number.isFinite(us)) return '';
  const abs = Math.abs(us);
  const seconds = Math.floor(abs / usPerSecond);
  const below = abs - seconds * usPerSecond;
  const days = Math.floor(seconds / 86_400);
  const clock = `${two(Math.floor(seconds / 3_600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = below === 0 ? '' : below % 1_000 === 0 ? `.${String(below / 1_000).padStart(3, '0')}` : `.${String(below).padStart(6, '0')}`;
  return `${us < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${clock}${fraction}`;
};

const unitUs: Readonly<Record<string, number>> = {
  w: 7 * usPerDay, week: 7 * usPerDay, weeks: 7 * usPerDay,
  d: usPerDay, day: usPerDay, days: usPerDay,
  h: usPerHour, hr: usPerHour, hrs: usPerHour, hour: usPerHour, hours: usPerHour,
  m: usPerMinute, min: usPerMinute, mins: usPerMinute, minute: usPerMinute, minutes: usPerMinute,
  s: usPerSecond, sec: usPerSecond, secs: usPerSecond, second: usPerSecond, seconds: usPerSecond,
  ms: 1_000, us: 1, µs: 1, μs: 1,
};

const timespanPattern = /^(-)?(?:(\d+)[.\s])?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;

/** Reads `45m`, `1h30m`, `1.5 h`, `2 d 4 h`, and `[d.]hh:mm[:ss[.fff]]`. Null when it isn't a length of time. */
export const parseDuration = (text: string): number | null => {
  const t = text.trim();
  const clock = timespanPattern.exec(t);
  if (clock !== null) {
    const [, minus, days, hours, minutes, seconds, digits] = clock;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null;
    const us = Number(days ?? 0) * usPerDay + Number(hours) * usPerHour + Number(minutes) * usPerMinute + Number(seconds ?? 0) * usPerSecond +
      Number((digits ?? '').slice(0, 6).padEnd(6, '0'));
    return minus === undefined ? us : -us;
  }
  const sign = t.startsWith('-') || t.startsWith('−') ? -1 : 1;
  const body = t.replace(/^[-−+]\s*/, '');
  const part = /\s*(\d+(?:[.,]\d+)?)\s*([a-zµμ]+)\s*/giy;
  let total = 0;
  let at = 0;
  while (at < body.length) {
    part.lastIndex = at;
    const m = part.exec(body);
    const unit = m === null ? undefined : unitUs[(m[2] ?? '').toLowerCase()];
    if (m === null || unit === undefined) return null;
    total += Number((m[1] ?? '').replace(',', '.')) * unit;
    at = part.lastIndex;
  }
  return body === '' || !Number.isFinite(total) ? null : sign * Math.round(total);
};
