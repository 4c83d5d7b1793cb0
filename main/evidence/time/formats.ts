/**
 * The ways a time is written that Casebench reads, each with a test for samples and SQL for the whole column. The SQL gives a
 * TIMESTAMP in UTC, null where the text can't be read. It relies on the session's TimeZone being the zone that zone-less times
 * are in. Must not decide which columns are times (plan.ts does) nor guess a missing year.
 */
import { sqlText } from '../text-kinds.ts';
import { formatHasZone, namedDateFormats, numericDateFormats, numericDateParts, type DateOrder } from './shapes.ts';

export type TimeFormatId =
  | 'iso' | 'iso-comma' | 'iso-basic' | 'numeric-date' | 'named-date' | 'json-date'
  | 'epoch-s' | 'epoch-ms' | 'epoch-us' | 'epoch-ns' | 'epoch-fraction' | 'filetime' | 'ticks';

export type TimeFormat = {
  id: TimeFormatId;
  /** A bare number: only a time when the column's name says so. */
  byName: boolean;
  matches(text: string): boolean;
  /** `utc`: the column's name says UTC, so the zone setting does not apply. */
  sql(e: string, samples: readonly string[], order: DateOrder, utc: boolean): string;
  /** The zone setting applies to this text. */
  zoneless(text: string): boolean;
  /** How it is read, for the preview; '' where nothing needs saying. */
  note: string;
};

const tz = (e: string): string => `make_timestamp(epoch_us(TRY_CAST(${e} AS TIMESTAMPTZ)))`;

const strptime = (e: string, samples: readonly string[], utc: boolean, formatsOf: (text: string) => string[]): string => {
  const formats = [...new Set(samples.flatMap(formatsOf))].slice(0, 12);
  let text = e;
  if (samples.some((sample) => /\.\d{7,}/.test(sample))) text = `regexp_replace(${text}, '(\\.[0-9]{6})[0-9]+', '\\1')`;
  if (samples.some((sample) => sample.includes('  '))) text = `regexp_replace(${text}, ' +', ' ', 'g')`;
  const groups: { formats: string[]; zone: 'text' | 'literal' | 'none' }[] = [];
  for (const format of formats) {
    const zone = format.includes('%z') ? 'text' : formatHasZone(format) ? 'literal' : 'none';
    const group = groups.find((g) => g.zone === zone);
    if (group === undefined) groups.push({ formats: [format], zone });
    else group.formats.push(format);
  }
  const parts = groups.map((group) => {
    const read = `try_strptime(${text}, [${group.formats.map(sqlText).join(', ')}])`;
    // a literal UTC, GMT or Z is plain text to strptime: what it reads is UTC already
    return group.zone === 'literal' || (utc && group.zone === 'none') ? `CAST(${read} AS TIMESTAMP)` : tz(read);
  });
  return parts.length === 1 ? (parts[0] ?? 'NULL') : `coalesce(${parts.join(', ')})`;
};

const isoTest = /^\d{4}([-/])\d{1,2}\1\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/;
const isoCommaTest = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2},\d{1,9}(?:\s?(?:Z|[+-]\d{2}(?::?\d{2})?))?$/;
const isoBasicTest = /^(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d(?:T)[0-2]\d[0-5]\d[0-6]\d(?:\.\d{1,9})?Z?$/;
const hasZone = (text: string): boolean => /(Z|UTC|[+-]\d{2}(:?\d{2})?)$/.test(text) && /:/.test(text);
/** A plain cast to TIMESTAMP would drop a written offset in silence, so it only reads texts that end without one. */
const isoSql = (e: string, utc: boolean): string => {
  const read = utc ? `CASE WHEN regexp_matches(${e}, '(Z|UTC|:[0-9]{2}([.][0-9]+)?\\s?[+-][0-9]{2}(:?[0-9]{2})?)$') THEN ${tz(e)} ELSE TRY_CAST(${e} AS TIMESTAMP) END` : tz(e);
  return `CASE WHEN ${e} >= '0' AND ${e} < ':' THEN ${read} END`;
};

/** 1990 to 2100, in seconds: what a bare number must lie in to be taken for a time. */
const firstSecond = 631_152_000;
const lastSecond = 4_102_444_800;
const inWindow = (text: string, perSecond: number): boolean => {
  if (!/^\d{9,19}$/.test(text)) return false;
  const seconds = Number(text) / perSecond;
  return seconds >= firstSecond && seconds <= lastSecond;
};
const epoch = (id: TimeFormatId, perSecond: number, toUs: (n: string) => string, note: string): TimeFormat => ({
  id,
  byName: true,
  matches: (text) => inWindow(text, perSecond),
  sql: (e) => {
    const n = `TRY_CAST(${e} AS BIGINT)`;
    return `CASE WHEN ${n} BETWEEN 0 AND ${BigInt(lastSecond) * 3n * BigInt(perSecond)} THEN make_timestamp(${toUs(n)}) END`;
  },
  zoneless: () => false,
  note,
});

const filetimeZero = 116_444_736_000_000_000n;
const ticksZero = 621_355_968_000_000_000n;
const sinceZero = (id: TimeFormatId, zero: bigint, note: string): TimeFormat => ({
  id,
  byName: true,
  matches: (text) => {
    if (!/^\d{18}$/.test(text)) return false;
    const seconds = Number((BigInt(text) - zero) / 10_000_000n);
    return seconds >= firstSecond && seconds <= lastSecond;
  },
  sql: (e) => {
    const n = `TRY_CAST(${e} AS BIGINT)`;
    return `CASE WHEN ${n} BETWEEN 0 AND 3155378975999999999 THEN make_timestamp((${n} - ${zero}) // 10) END`;
  },
  zoneless: () => false,
  note,
});

export const timeFormats: readonly TimeFormat[] = [
  { id: 'iso', byName: false, matches: (text) => isoTest.test(text), sql: (e, _samples, _order, utc) => isoSql(e, utc), zoneless: (text) => !hasZone(text), note: '' },
  {
    id: 'iso-comma', byName: false, matches: (text) => isoCommaTest.test(text), zoneless: (text) => !hasZone(text), note: '',
    sql: (e, _samples, _order, utc) => isoSql(`replace(${e}, ',', '.')`, utc),
  },
  {
    id: 'iso-basic', byName: false, matches: (text) => isoBasicTest.test(text), zoneless: (text) => !text.endsWith('Z'), note: '',
    sql: (e, samples, _order, utc) => strptime(e, samples, utc, (text) => (text.endsWith('Z') ? ['%Y%m%dT%H%M%SZ', '%Y%m%dT%H%M%S.%fZ'] : ['%Y%m%dT%H%M%S', '%Y%m%dT%H%M%S.%f'])),
  },
  {
    id: 'numeric-date', byName: false, note: '',
    matches: (text) => numericDateParts(text) !== null,
    sql: (e, samples, order, utc) => strptime(e, samples, utc, (text) => numericDateFormats(text, order)),
    zoneless: (text) => !numericDateFormats(text, 'mdy').some(formatHasZone),
  },
  {
    id: 'named-date', byName: false, note: '',
    matches: (text) => namedDateFormats(text.replace(/ +/g, ' ')).length > 0,
    sql: (e, samples, _order, utc) => strptime(e, samples, utc, (text) => namedDateFormats(text.replace(/ +/g, ' '))),
    zoneless: (text) => !namedDateFormats(text.replace(/ +/g, ' ')).some(formatHasZone),
  },
  {
    id: 'json-date', byName: false, note: 'milliseconds since 1970 UTC',
    matches: (text) => /^\/Date\(-?\d{1,15}([+-]\d{4})?\)\/$/.test(text),
    sql: (e) => `make_timestamp(TRY_CAST(regexp_extract(${e}, '^/Date\\((-?[0-9]+)', 1) AS BIGINT) * 1000)`,
    zoneless: () => false,
  },
  epoch('epoch-s', 1, (n) => `${n} * 1000000`, 'seconds since 1970 UTC'),
  epoch('epoch-ms', 1_000, (n) => `${n} * 1000`, 'milliseconds since 1970 UTC'),
  epoch('epoch-us', 1_000_000, (n) => n, 'microseconds since 1970 UTC'),
  sinceZero('filetime', filetimeZero, 'Windows file time: 100 ns since 1601 UTC'),
  sinceZero('ticks', ticksZero, '.NET ticks: 100 ns since year 1 UTC'),
  epoch('epoch-ns', 1_000_000_000, (n) => `${n} // 1000`, 'nanoseconds since 1970 UTC'),
  {
    id: 'epoch-fraction', byName: true, note: 'seconds since 1970 UTC',
    matches: (text) => /^\d{9,10}\.\d{1,9}$/.test(text) && inWindow(text.split('.')[0] ?? '', 1),
    sql: (e) => `make_timestamp(CAST(trunc(TRY_CAST(${e} AS DECIMAL(28, 9)) * 1000000) AS BIGINT))`,
    zoneless: () => false,
  },
];

export const timeFormat = (id: TimeFormatId): TimeFormat => {
  const found = timeFormats.find((format) => format.id === id);
  if (found === undefined) throw new Error(`no time format ${id}`);
  return found;
};
