/**
 * Times of the sample as whole microseconds UTC, and the ways exporters write them. All story times are written here as
 * `2026-03-11 22:04:17.482`; no function reads the machine's clock or zone.
 */

export const MILLISECOND_US = 1_000;
export const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
export const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;

/** `2026-03-11 22:04:17.482` (UTC) to microseconds. Throws on anything else. */
export function at(text: string): number {
  const millis = Date.parse(`${text.replace(' ', 'T')}Z`);
  if (!Number.isFinite(millis)) throw new Error(`Not a time: ${text}`);
  return millis * MILLISECOND_US;
}

/** On 11 March 2026, the day of the intrusion: `on11('22:04:17.482')`. */
export const on11 = (clock: string): number => at(`2026-03-11 ${clock}`);

const date = (us: number): Date => new Date(Math.floor(us / MILLISECOND_US));

/** `2026-03-11T22:04:17.482Z` */
export const isoZ = (us: number): string => date(us).toISOString();

/** `2026-03-11T22:04:17Z` */
export const isoSeconds = (us: number): string => `${date(us).toISOString().slice(0, 19)}Z`;

/** `2026-03-11 22:04:17.482`, as pandas prints a time without a zone. */
export const plain = (us: number): string => date(us).toISOString().slice(0, 23).replace('T', ' ');

/** Local time of a machine east of Greenwich: `2026-03-11T23:04:17.482+01:00`. */
export function isoOffset(us: number, offsetHours: number): string {
  const local = date(us + offsetHours * HOUR_US)
    .toISOString()
    .slice(0, 23);
  return `${local}+${String(offsetHours).padStart(2, '0')}:00`;
}

/** As a US spreadsheet or portal export writes it: `3/11/2026 9:51:37.204 PM`. */
export function usAmPm(us: number): string {
  const iso = date(us).toISOString();
  const hour = Number(iso.slice(11, 13));
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}${iso.slice(13, 23)}`;
  return `${Number(iso.slice(5, 7))}/${Number(iso.slice(8, 10))}/${iso.slice(0, 4)} ${clock} ${hour < 12 ? 'AM' : 'PM'}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** RFC 3164 syslog: `Mar 11 22:04:17`. */
export function syslogTime(us: number): string {
  const iso = date(us).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1] ?? '';
  return `${month} ${String(Number(iso.slice(8, 10))).padStart(2, ' ')} ${iso.slice(11, 19)}`;
}

/** Epoch seconds with milliseconds, as auditd stamps its records: `1773266657.482`. */
export function epochMillis(us: number): string {
  const millis = Math.floor(us / MILLISECOND_US);
  return `${Math.floor(millis / 1_000)}.${String(millis % 1_000).padStart(3, '0')}`;
}

/** Rounded down to the millisecond, the precision of the Windows event log exports here. */
export const toMillisecond = (us: number): number => Math.floor(us / MILLISECOND_US) * MILLISECOND_US;
