/**
 * Instants as integer microseconds UTC: exact ISO 8601 in and out, and display in any zone. Sound for years 1–9999; beyond
 * ±2^53 µs (before 1684, after 2255) a number can't hold every microsecond, everything else is exact.
 * Must not: ask the machine for the time (see clock.ts) or follow its locale; month names are English on every machine.
 */

export const usPerSecond = 1_000_000;
export const usPerMinute = 60 * usPerSecond;
export const usPerHour = 60 * usPerMinute;
export const usPerDay = 24 * usPerHour;

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Fields of the proleptic Gregorian calendar; `us` is the part below the second, 0–999,999. */
export type Civil = { year: number; month: number; day: number; hour: number; minute: number; second: number; us: number };

const floorDiv = (a: number, b: number): number => Math.floor(a / b);

/** Days since 1970-01-01 of a civil date. */
const daysOf = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = floorDiv(y, 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = floorDiv(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear - 719_468;
};

/** Microseconds of civil fields taken as UTC. */
export const civilToUs = (c: Civil): number =>
  (daysOf(c.year, c.month, c.day) * 86_400 + c.hour * 3_600 + c.minute * 60 + c.second) * usPerSecond + c.us;

/** Civil fields of an instant in UTC. */
export const usToCivil = (us: number): Civil => {
  const seconds = floorDiv(us, usPerSecond);
  const days = floorDiv(seconds, 86_400);
  const inDay = seconds - days * 86_400;
  const shifted = days + 719_468;
  const era = floorDiv(shifted, 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = floorDiv(dayOfEra - floorDiv(dayOfEra, 1_460) + floorDiv(dayOfEra, 36_524) - floorDiv(dayOfEra, 146_096), 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100));
  const shiftedMonth = floorDiv(5 * dayOfYear + 2, 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - floorDiv(153 * shiftedMonth + 2, 5) + 1,
    hour: floorDiv(inDay, 3_600),
    minute: floorDiv(inDay, 60) % 60,
    second: inDay % 60,
    us: us - seconds * usPerSecond,
  };
};

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** True when the fields name a real moment (no 30 February, no 24:00, no leap second). */
export const isCivil = (c: Civil): boolean =>
  c.year >= 1 && c.year <= 9_999 && c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= daysInMonth(c.year, c.month) &&
  c.hour <= 23 && c.minute <= 59 && c.second <= 59;

// ---- zones

export const utc = 'UTC';

/** The zone a setting means: `local` is the machine's own. An unknown name falls back to UTC. */
export const resolveZone = (setting: string): string => {
  if (setting === utc) return utc;
  const zone = setting === 'local' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : setting;
  return isZone(zone) ? zone : utc;
};

const formatters = new Map<string, Intl.DateTimeFormat | null>();
const formatterOf = (zone: string): Intl.DateTimeFormat | null => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null = null;
  try {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  } catch {
    made = null; // not a zone this machine knows
  }
  formatters.set(zone, made);
  return made;
};

export const isZone = (zone: string): boolean => zone === utc || (zone !== '' && formatterOf(zone) !== null);

/** Since 1972 every zone has changed on a quarter hour; offsets are remembered by that. */
const offsetSlotUs = 15 * usPerMinute;
const offsetCacheLimit = 20_000;
const offsets = new Map<string, Map<number, number>>();

const askOffset = (us: number, zone: string): number => {
  const formatter = formatterOf(zone);
  if (formatter === null) return 0;
  const c: Civil = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, us: 0 };
  let bc = false;
  const wholeSecond = floorDiv(us, usPerSecond);
  for (const { type, value } of formatter.formatToParts(wholeSecond * 1_000)) {
    if (type === 'year' || type === 'month' || type === 'day' || type === 'hour' || type === 'minute' || type === 'second') c[type] = Number(value);
    else if (type === 'era') bc = value.startsWith('B');
  }
  if (bc) c.year = 1 - c.year;
  // Intl's calendar turns Julian before 1582-10-15; zones have no rules there, so the offset is that of the first modern day
  if (wholeSecond < -12_219_292_800) return askOffset(-12_219_206_400 * usPerSecond, zone);
  return civilToUs(c) - wholeSecond * usPerSecond;
};

/** Microseconds that the zone's clocks are ahead of UTC at an instant. */
export const zoneOffsetUs = (us: number, zone: string): number => {
  if (zone === utc) return 0;
  if (us < 63_072_000 * usPerSecond) return askOffset(us, zone);
  let known = offsets.get(zone);
  if (known === undefined) offsets.set(zone, (known = new Map()));
  const slot = floorDiv(us, offsetSlotUs);
  const hit = known.get(slot);
  if (hit !== undefined) return hit;
  const offset = askOffset(slot * offsetSlotUs, zone);
  if (known.size >= offsetCacheLimit) known.clear();
  known.set(slot, offset);
  return offset;
};

/**
 * The instant of a wall-clock time in a zone. A time that happens twice (clocks set back) is the first one; a time that never
 * happens (clocks set forward) is moved on by the length of the gap.
 */
export const localToUs = (localUs: number, zone: string): number => {
  if (zone === utc) return localUs;
  const before = zoneOffsetUs(localUs - usPerDay, zone);
  const after = zoneOffsetUs(localUs + usPerDay, zone);
  for (const offset of before >= after ? [before, after] : [after, before]) {
    if (zoneOffsetUs(localUs - offset, zone) === offset) return localUs - offset;
  }
  return localUs - before;
};

// ---- text

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
const four = (n: number): string => String(n).padStart(4, '0');

/** '' or `.482` or `.482013`: as many digits as the value needs, in threes. */
const fraction = (us: number): string => {
  if (us === 0) return '';
  return us % 1_000 === 0 ? `.${String(us / 1_000).padStart(3, '0')}` : `.${String(us).padStart(6, '0')}`;
};

const dateText = (c: Civil): string => `${four(c.year)}-${two(c.month)}-${two(c.day)}`;
const clockText = (c: Civil): string => `${two(c.hour)}:${two(c.minute)}:${two(c.second)}${fraction(c.us)}`;

/** ISO 8601 UTC, e.g. `2026-03-11T22:04:17.482Z`; fraction of 0, 3 or 6 digits. */
export const toIso = (us: number): string => {
  const c = usToCivil(us);
  return `${dateText(c)}T${clockText(c)}Z`;
};

const offsetText = (offsetUs: number): string => {
  const minutes = Math.round(Math.abs(offsetUs) / usPerMinute);
  return `${offsetUs < 0 ? '-' : '+'}${two(floorDiv(minutes, 60))}:${two(minutes % 60)}`;
};

/** What stands behind a time: `UTC` or `UTC+01:00`. */
export const zoneLabel = (us: number, zone: string): string => {
  const offset = zoneOffsetUs(us, zone);
  return offset === 0 ? 'UTC' : `UTC${offsetText(offset)}`;
};

/**
 * datetime `2026-03-11 22:04:17.482` · iso with offset · long `11 Mar 2026 22:04:17.482 UTC` · time `22:04:17.482` ·
 * second `22:04:17` · minute `22:04` · date `11 Mar 2026` · day `11 Mar` · dayMinute `11 Mar 22:04` · dateMinute `11 Mar 2026 22:04`
 */
export type TimeStyle = 'datetime' | 'iso' | 'long' | 'time' | 'second' | 'minute' | 'date' | 'day' | 'dayMinute' | 'dateMinute';

/** An instant as people read it in a resolved zone (see `resolveZone`). */
export const formatTime = (us: number, zone: string, style: TimeStyle): string => {
  if (!Number.isFinite(us)) return '';
  const offset = zoneOffsetUs(us, zone);
  const c = usToCivil(us + offset);
  const day = `${c.day} ${monthNames[c.month - 1] ?? ''}`;
  const minute = `${two(c.hour)}:${two(c.minute)}`;
  switch (style) {
    case 'datetime': return `${dateText(c)} ${clockText(c)}`;
    case 'iso': return `${dateText(c)}T${clockText(c)}${zone === utc ? 'Z' : offsetText(offset)}`;
    case 'long': return `${day} ${four(c.year)} ${clockText(c)} ${zoneLabel(us, zone)}`;
    case 'time': return clockText(c);
    case 'second': return `${minute}:${two(c.second)}`;
    case 'minute': return minute;
    case 'date': return `${day} ${four(c.year)}`;
    case 'day': return day;
    case 'dayMinute': return `${day} ${minute}`;
    case 'dateMinute': return `${day} ${four(c.year)} ${minute}`;
  }
};

/** A range as the title bar shows it, e.g. `11 Mar 2026 21:40 – 23:10`; seconds appear only when a bound has some. */
export const formatTimeRange = (fromUs: number, toUs: number, zone: string): string => {
  const fine = [fromUs, toUs].some((us) => us % usPerMinute !== 0);
  const clock = (us: number): string => formatTime(us, zone, fine ? 'time' : 'minute');
  const [fromDate, toDate] = [formatTime(fromUs, zone, 'date'), formatTime(toUs, zone, 'date')];
  return fromDate === toDate
    ? `${fromDate} ${clock(fromUs)} – ${clock(toUs)}`
    : `${fromDate} ${clock(fromUs)} – ${toDate} ${clock(toUs)}`;
};

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s*([Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?$/;

/** Digits after the point as microseconds; finer digits are cut, so that a time is never moved into the next second. */
export const fractionUs = (digits: string | undefined): number => (digits === undefined ? 0 : Number(digits.slice(0, 6).padEnd(6, '0')));

/** `Z`, `+01:00`, `-0530`, `+01` as microseconds. */
export const offsetUsOf = (text: string): number => {
  if (!/^[+-]/.test(text)) return 0;
  const digits = text.slice(1).replaceAll(':', '').padEnd(6, '0');
  const us = (Number(digits.slice(0, 2)) * 3_600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6))) * usPerSecond;
  return text.startsWith('-') ? -us : us;
};

/**
 * Reads ISO 8601 (also with a blank for the T, a decimal comma, a date alone). Without an offset the time is in `zone`.
 * Null when it isn't one or names no real moment.
 */
export const parseIso = (text: string, zone: string = utc): number | null => {
  const m = isoPattern.exec(text.trim());
  if (m === null) return null;
  const c: Civil = {
    year: Number(m[1]), month: Number(m[2]), day: Number(m[3]),
    hour: Number(m[4] ?? 0), minute: Number(m[5] ?? 0), second: Number(m[6] ?? 0), us: fractionUs(m[7]),
  };
  if (!isCivil(c)) return null;
  const local = civilToUs(c);
  return m[8] === undefined ? localToUs(local, zone) : local - offsetUsOf(m[8]);
};
