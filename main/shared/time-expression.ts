/**
 * What people type or paste where a time is wanted: `22:25 ± 45m`, `-24h`, `11 Mar 2026 22:04`, `3/11/2026 11:04:17 PM`, an epoch
 * number, `21:40 – 23:10`. Relative to the data, never to now: evidence has no now.
 * Owns: reading of single times and of ranges. Must not guess in silence: what can't be read is an error with a reason.
 */
import { parseDuration } from './duration.ts';
import {
  civilToUs, fractionUs, isCivil, localToUs, offsetUsOf, parseIso, usPerDay, usPerMinute, usPerSecond, usToCivil, zoneOffsetUs,
} from './time.ts';

/** What a time without a date, or a range without an end, refers to. */
export type TimeContext = {
  /** Zone of times written without one. */
  zone: string;
  /** First and last time of the data; null when there is none. */
  data: { fromUs: number; toUs: number } | null;
  /** The moment in view (start of the current range or the selected row): gives times without a date their day. */
  aroundUs?: number | null;
};

/** A moment and how finely it was written: `22:04` covers a minute, `11 Mar 2026` a day. */
export type PastedTime = { us: number; precisionUs: number };
export type ParsedRange = { ok: true; fromUs: number; toUs: number } | { ok: false; message: string };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?`;
const offset = String.raw`(?:\s*\(?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}:?\d{2})\)?)?`;
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?`;
const monthName = String.raw`(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`;
const re = (source: string): RegExp => new RegExp(`^${source}$`, 'i');

// a minute followed by -22:35 is the start of a range, not an offset
const clockOnly = re(`(?!\\d{1,2}:\\d{2}\\s*[+-]\\d)${clock}${offset}`);
const clockToClock = /^(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*[-–—]\s*(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;
const dayMonthYear = re(`${weekday}(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+${monthName}(?:[\\s-]+(\\d{4}))?(?:,?\\s+(?:at\\s+)?${clock}${offset})?`);
const monthDayYear = re(`${weekday}${monthName}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?(?:,?\\s+(?:at\\s+)?${clock}${offset})?`);
const monthDayClockYear = re(`${weekday}${monthName}\\s+(\\d{1,2})\\s+${clock}${offset}\\s+(\\d{4})`);
const slashed = re(`(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})(?:,?\\s+${clock}${offset})?`);
const yearFirst = re(`(\\d{4})[/.](\\d{1,2})[/.](\\d{1,2})(?:,?\\s+${clock}${offset})?`);
const epoch = /^(\d{9,10}(?:\.\d{1,6})?|\d{12,13}|\d{15,16}|\d{18,19})$/;

type Clock = { hour: number; minute: number; second: number; us: number; offsetUs: number | null; precisionUs: number };

/** Six groups as `clock` and `offset` capture them. */
const readClock = (g: readonly (string | undefined)[]): Clock | null => {
  const [h, m, s, digits, half, zone] = g;
  if (h === undefined) return { hour: 0, minute: 0, second: 0, us: 0, offsetUs: null, precisionUs: usPerDay };
  let hour = Number(h);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  return {
    hour, minute: Number(m), second: Number(s ?? 0), us: fractionUs(digits),
    offsetUs: zone === undefined ? null : offsetOf(zone),
    precisionUs: s === undefined ? usPerMinute : digits === undefined ? usPerSecond : Math.max(1, 10 ** (6 - Math.min(6, digits.length))),
  };
};

const offsetOf = (zone: string): number => {
  const sign = zone.search(/[+-]/);
  if (sign < 0) return 0;
  const [hours = '', minutes = ''] = zone.includes(':') ? zone.slice(sign + 1).split(':') : [zone.slice(sign + 1, -2), zone.slice(-2)];
  return offsetUsOf(`${zone[sign] ?? '+'}${hours.padStart(2, '0')}${minutes}`);
};

const at = (year: number, month: number, day: number, c: Clock | null, zone: string): PastedTime | null => {
  if (c === null) return null;
  const civil = { year, month, day, hour: c.hour, minute: c.minute, second: c.second, us: c.us };
  if (!isCivil(civil)) return null;
  const local = civilToUs(civil);
  return { us: c.offsetUs === null ? localToUs(local, zone) : local - c.offsetUs, precisionUs: c.precisionUs };
};

/** Where the day of a time without one comes from: what is in view, else the end of the data. */
const anchor = (context: TimeContext): number | null => context.aroundUs ?? context.data?.toUs ?? null;

const anchorCivil = (context: TimeContext, offsetUs: number | null): ReturnType<typeof usToCivil> | null => {
  const us = anchor(context);
  return us === null ? null : usToCivil(us + (offsetUs ?? zoneOffsetUs(us, context.zone)));
};

const fromEpoch = (text: string): PastedTime => {
  const digits = text.replace(/\..*$/, '').length;
  if (digits <= 10) return { us: Math.round(Number(text) * usPerSecond), precisionUs: text.includes('.') ? 1 : usPerSecond };
  if (digits <= 13) return { us: Number(text) * 1_000, precisionUs: 1_000 };
  if (digits <= 16) return { us: Number(text), precisionUs: 1 };
  // 18 digits: Windows FILETIME (100 ns since 1601), 19 digits: nanoseconds
  const us = digits === 18 ? BigInt(text) / 10n - 11_644_473_600_000_000n : BigInt(text) / 1_000n;
  return { us: Number(us), precisionUs: 1 };
};

/**
 * Reads one time as pasted from evidence or typed. Numeric dates with slashes are month first unless the first number is above 12.
 * Null when it isn't a time, or has no date and the context gives none.
 */
export const parseTime = (text: string, context: TimeContext): PastedTime | null => {
  const t = text.trim().replace(/^["'`]|["'`]$/g, '').replace(/\s+/g, ' ');
  const { zone } = context;
  const iso = parseIso(t, zone);
  if (iso !== null) {
    const written = /[Tt ]\d{2}:\d{2}(:\d{2}(?:[.,](\d+))?)?/.exec(t);
    const digits = written?.[2]?.length ?? 0;
    return { us: iso, precisionUs: written === null ? usPerDay : written[1] === undefined ? usPerMinute : 10 ** (6 - Math.min(6, digits)) };
  }
  if (epoch.test(t)) return fromEpoch(t);
  let m = clockOnly.exec(t);
  if (m !== null) {
    const c = readClock(m.slice(1));
    const day = anchorCivil(context, c?.offsetUs ?? null);
    return day === null ? null : at(day.year, day.month, day.day, c, zone);
  }
  m = dayMonthYear.exec(t);
  if (m !== null) return dated(m[3], monthOf(m[2]), m[1], readClock(m.slice(4)), context);
  m = monthDayClockYear.exec(t);
  if (m !== null) return dated(m[9], monthOf(m[1]), m[2], readClock(m.slice(3, 9)), context);
  m = monthDayYear.exec(t);
  if (m !== null) return dated(m[3], monthOf(m[1]), m[2], readClock(m.slice(4)), context);
  m = yearFirst.exec(t);
  if (m !== null) return at(Number(m[1]), Number(m[2]), Number(m[3]), readClock(m.slice(4)), zone);
  m = slashed.exec(t);
  if (m === null) return null;
  const [first, second] = [Number(m[1]), Number(m[2])];
  const dayFirst = first > 12 || /^\d+\./.test(t);
  return at(Number(m[3]), dayFirst ? second : first, dayFirst ? first : second, readClock(m.slice(4)), zone);
};

const monthOf = (name: string | undefined): number => months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;

const dated = (year: string | undefined, month: number, day: string | undefined, c: Clock | null, context: TimeContext): PastedTime | null => {
  const known = year === undefined ? anchorCivil(context, c?.offsetUs ?? null)?.year : Number(year);
  return known === undefined ? null : at(known, month, Number(day), c, context.zone);
};

const no = (message: string): ParsedRange => ({ ok: false, message });
const span = (fromUs: number, toUs: number): ParsedRange =>
  fromUs < toUs ? { ok: true, fromUs, toUs } : no('The range ends before it starts. Write the earlier time first.');

const around = /^(.+?)\s*(?:±|\+\s*\/?\s*[-−])\s*(.+)$/;
const between = /^(?:from\s+|between\s+)?(.+?)\s*(?:\s(?:to|until|and|[-–—])\s|\s*(?:–|—|→|\.\.\.?|…)\s*)\s*(.+)$/i;
const shifted = /^(.+?)\s+([+−-])\s*(\d.*)$/;

/**
 * Reads a range: `A to B` (also `A – B`, `A .. B`), `A ± d`, `A + d`, `A - d`, `-24h` or `last 24h` (the last part of the data),
 * `+2h` or `first 2h`, `all`, or one time, which covers as much as it names. A bound without a date takes the other's day.
 */
export const parseRange = (text: string, context: TimeContext): ParsedRange => {
  const t = text.trim().replace(/\s+/g, ' ');
  if (t === '') return no('Nothing was typed. Write a time, or a range such as 22:25 ± 45m.');
  const { data } = context;
  if (/^all( times?)?$/i.test(t)) return data === null ? noData : span(data.fromUs, data.toUs + 1);
  const relative = /^(?:(-|−|last )|(\+|first ))\s*(.+)$/i.exec(t);
  const length = relative === null ? null : parseDuration(relative[3] ?? '');
  if (relative !== null && length !== null && length > 0) {
    if (data === null) return noData;
    return relative[1] === undefined ? span(data.fromUs, data.fromUs + length) : span(data.toUs + 1 - length, data.toUs + 1);
  }
  let m = around.exec(t);
  if (m !== null) {
    const middle = parseTime(m[1] ?? '', context);
    const half = parseDuration(m[2] ?? '');
    if (middle !== null && half !== null && half > 0) return span(middle.us - half, middle.us + half);
    return no(middle === null ? unreadable(m[1] ?? '') : `“${m[2] ?? ''}” is not a length of time. Write it as 45m, 2h or 1d.`);
  }
  m = clockToClock.exec(t);
  if (m !== null) return bounds(m[1] ?? '', m[2] ?? '', context);
  const single = parseTime(t, context);
  if (single !== null) return span(single.us, single.us + single.precisionUs);
  m = shifted.exec(t);
  if (m !== null) {
    const start = parseTime(m[1] ?? '', context);
    const by = parseDuration(m[3] ?? '');
    if (start !== null && by !== null) return m[2] === '+' ? span(start.us, start.us + by) : span(start.us - by, start.us);
  }
  m = between.exec(t);
  return m === null ? no(unreadable(t)) : bounds(m[1] ?? '', m[2] ?? '', context);
};

const noData: ParsedRange = no('There is no data with a time yet, so a range relative to it has no meaning. Write both times.');
const unreadable = (text: string): string => `“${text}” is not a time Casebench can read. Write it as 2026-03-11 22:04, 11 Mar 2026 22:04 or 22:04.`;

const bounds = (left: string, right: string, context: TimeContext): ParsedRange => {
  const from = parseTime(left, context);
  if (from === null) return no(unreadable(left));
  const byLength = parseDuration(right);
  const bare = clockOnly.test(right.trim());
  if (byLength !== null && !bare) return span(from.us, from.us + byLength);
  const to = parseTime(right, { ...context, aroundUs: from.us });
  if (to === null) return no(unreadable(right));
  // a whole day or minute as the end belongs to the range; a clock time is its exact end
  const toUs = to.us + (to.precisionUs >= usPerDay ? to.precisionUs : 0);
  return bare && toUs <= from.us ? span(from.us, toUs + usPerDay) : span(from.us, toUs);
};

/** A plain hint for an input field. */
export const rangeExamples = ['22:25 ± 45m', '-24h', '21:40 – 23:10', '2026-03-11', '11 Mar 2026 22:04 + 2h'] as const;

