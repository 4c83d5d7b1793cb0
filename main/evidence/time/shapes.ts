/**
 * Reads the shape of a written time and says which strptime formats would read it. Covers times with a numeric date in any
 * order (`3/11/2026 9:51:37.204 PM`), and times with an English month name (mail, web server, `ctime`, Kibana).
 * Owns shapes only: whether a whole column has one is decided in formats.ts.
 */

export type DateOrder = 'mdy' | 'dmy';

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?: ?([AaPp][Mm]))?`;
const zone = String.raw`(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?`;
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';

const numeric = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:(, ?| )${clock}${zone})?$`);
const named = new RegExp(String.raw`^(?:(${day})(,?) )?(\d{1,2})([ /-])(${month})\4(\d{4})(?:([ :T])${clock}${zone})?$`);
const american = new RegExp(String.raw`^(${month}) (\d{1,2})(,?) (\d{4})(?:(,? @? ?)${clock}${zone})?$`);
const ctime = new RegExp(String.raw`^(${day}) (${month}) (\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?: (UTC|GMT))? (\d{4})(?: (UTC|GMT))?$`);

type Clock = { seconds: string | undefined; fraction: string | undefined; half: string | undefined; zone: string | undefined };

/** Formats of the clock part: with and without seconds and fraction, since writers drop what is zero. */
const clockFormats = ({ seconds, fraction, half, zone: z }: Clock, text: string): string[] => {
  const hour = half === undefined ? '%H' : '%I';
  const gap = half !== undefined && / [AaPp][Mm]/.test(text) ? ' ' : '';
  const tail = (half === undefined ? '' : `${gap}%p`) + (z === undefined ? '' : `${/ (Z|UTC|GMT|[+-]\d)/.test(text) ? ' ' : ''}${/^[+-]/.test(z) ? '%z' : z}`);
  if (seconds === undefined) return [`${hour}:%M${tail}`];
  const whole = `${hour}:%M:%S${tail}`;
  const parts = `${hour}:%M:%S.%f${tail}`;
  return fraction === undefined ? [whole, parts] : [parts, whole];
};

/** Parts of a numeric date, or null when the text isn't one. */
export const numericDateParts = (text: string): { first: number; second: number; year: number; half: boolean } | null => {
  const m = numeric.exec(text);
  if (m === null) return null;
  const [, first = '', separator = '', second = '', year = ''] = m;
  // a short year is only believed with slashes: 1.2.20 is a version, 10-12-13 could be anything
  if (year.length === 2 && separator !== '/') return null;
  return { first: Number(first), second: Number(second), year: Number(year) + (year.length === 2 ? (Number(year) < 69 ? 2_000 : 1_900) : 0), half: m[10] !== undefined };
};

export const numericDateFormats = (text: string, order: DateOrder): string[] => {
  const m = numeric.exec(text);
  if (m === null) return [];
  const [, , s = '/', , year = '', joint] = m;
  const date = `${order === 'mdy' ? `%m${s}%d` : `%d${s}%m`}${s}${year.length === 2 ? '%y' : '%Y'}`;
  if (joint === undefined) return [date];
  return clockFormats({ seconds: m[8], fraction: m[9], half: m[10], zone: m[11] }, text).map((c) => `${date}${joint}${c}`);
};

/** Formats of a time with an English month name; empty when the text isn't one. */
export const namedDateFormats = (text: string): string[] => {
  const n = named.exec(text);
  if (n !== null) {
    const [, weekday, comma = '', , s = ' ', , , joint] = n;
    const date = `${weekday === undefined ? '' : `%a${comma} `}%d${s}%b${s}%Y`;
    if (joint === undefined) return [date];
    return clockFormats({ seconds: n[10], fraction: n[11], half: n[12], zone: n[13] }, text).map((c) => `${date}${joint}${c}`);
  }
  const a = american.exec(text);
  if (a !== null) {
    const [, , , comma = '', , joint] = a;
    const date = `%b %d${comma} %Y`;
    if (joint === undefined) return [date];
    return clockFormats({ seconds: a[8], fraction: a[9], half: a[10], zone: a[11] }, text).map((c) => `${date}${joint}${c}`);
  }
  const c = ctime.exec(text);
  if (c !== null) {
    const [, , , , , , , before, , after] = c;
    return [`%a %b %d %H:%M:%S${before === undefined ? '' : ` ${before}`} %Y${after === undefined ? '' : ` ${after}`}`];
  }
  return [];
};

/** The format names its own zone, so the zone setting doesn't apply. */
export const formatHasZone = (format: string): boolean => /%z|Z$|UTC|GMT/.test(format.replaceAll('%Z', ''));
