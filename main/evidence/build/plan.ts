/**
 * Decides, from the values seen so far, which type each column gets and the SQL that turns the raw value into it. A plan is a
 * guess: each column carries a check that the table builder counts over all rows, and what does not hold is widened there.
 * Plain data out, so that it can be made in the worker. Reads no files.
 */
import type { ColumnType } from '../../contract/index.ts';
import {
  isBoolText, isFloatText, isIntText, isJsonText, isNullWord, isTimespanText,
  sqlBool, sqlFloat, sqlInt, sqlIsFloat, sqlIsJson, sqlIsNullWord, sqlJson, sqlTimespan,
} from '../text-kinds.ts';
import { orderByEvidence, type OrderChoice } from '../time/date-order.ts';
import { timeFormat, timeFormats, type TimeFormatId } from '../time/formats.ts';
import { namesTime, namesUtc } from '../time/naming.ts';
import type { DateOrder } from '../time/shapes.ts';
import { rawSqlTypes, type RawColumn } from '../types.ts';

export type TimePlan = {
  format: TimeFormatId;
  order: OrderChoice | null;
  /** The zone setting applies to at least some values. */
  zoneless: boolean;
};

export type ColumnPlan = {
  name: string;
  type: ColumnType;
  role: 'index' | null;
  /** SQL over `c<i>`: what is worked out once and used below as `p<i>`; null when nothing is. */
  parsed: string | null;
  /** SQL over `c<i>` and `p<i>`: the stored value. */
  value: string;
  /** SQL over `c<i>`: the text as written, null when it needs no keeping. */
  original: string | null;
  /** SQL over `c<i>` and `p<i>`: true where the value is there but is not of the type. Null when it always is. */
  check: string | null;
  /** SQL over `p<i>`: true where a time was read that can't be stored. */
  far: string | null;
  /** SQL over `c<i>` and `p<i>`: true where a word such as "null" was read as no value. */
  nullWord: string | null;
  time: TimePlan | null;
  /** The analyst asked for this type: what does not fit is set aside, never widened. */
  forced: boolean;
  /** Texts seen, for the other attempts widening makes. */
  samples: string[];
};

export type PlanOptions = {
  /** Types the analyst chose, by column name. */
  types: Readonly<Record<string, ColumnType>>;
  dateOrder: DateOrder | null;
  nowUs: number;
};

/** Share of values that may disagree with a time format before the column is taken for text. */
export const timeTolerance = (failed: number, values: number): boolean => failed === 0 || (failed < values && (failed <= values * 0.1 || (failed === 1 && values >= 4)));
const dynamicShare = 0.98;
/** Times a number can hold to the microsecond: 1684 to 2255. Beyond, only the text is kept. */
export const safeFromSql = `TIMESTAMP '1684-08-01'`;
export const safeToSql = `TIMESTAMP '2255-06-01'`;

const allMatch = (samples: readonly string[], test: (text: string) => boolean): boolean => samples.length > 0 && samples.every(test);

/** Numbers that are names: leading signs and long digits of phones, cards, versions. Text keeps them as they are. */
const nameWantsText = (name: string, samples: readonly string[]): boolean => {
  if (/phone|mobile.?n|msisdn|imei|imsi|fax|zip.?code|postal|postcode|\bssn\b|card.?n/i.test(name)) return true;
  if (/version|build$|release$|firmware/i.test(name) && samples.some((text) => text.includes('.'))) return true;
  const long = samples.filter((text) => text.replace(/\D/g, '').length > 15).length;
  return long > 0 && (/(^|[^a-z])(id|guid|uuid|key|serial|hash)$|I[dD]$/.test(name) || long === samples.filter((text) => text !== '0').length);
};

const textPlan = (raw: RawColumn, c: string): ColumnPlan => ({
  name: raw.name, type: 'string', role: raw.role, parsed: null, value: c, original: null, check: null, far: null, nullWord: null, time: null, forced: false, samples: raw.samples,
});

/** The text of a raw value of any base. */
const asText = (raw: RawColumn, c: string): string => (rawSqlTypes[raw.base] === 'VARCHAR' ? c : `CAST(${c} AS VARCHAR)`);

/** `c7` → `p7`. */
const parsedOf = (c: string): string => `p${c.slice(1)}`;

const bounded = (ts: string): string => `CASE WHEN ${ts} BETWEEN ${safeFromSql} AND ${safeToSql} THEN ${ts} END`;
const outside = (ts: string): string => `${ts} NOT BETWEEN ${safeFromSql} AND ${safeToSql}`;

const timePlan = (raw: RawColumn, c: string, format: TimeFormatId, options: PlanOptions, forced: boolean): ColumnPlan => {
  const text = asText(raw, c);
  const spec = timeFormat(format);
  const samples = raw.samples.filter((sample) => spec.matches(sample));
  const order = format === 'numeric-date' ? (options.dateOrder === null ? orderByEvidence(samples, options.nowUs) : { order: options.dateOrder, reason: 'chosen' as const }) : null;
  const parsed = spec.sql(text, samples, order?.order ?? 'mdy', namesUtc(raw.name));
  const word = sqlIsNullWord(text);
  const p = parsedOf(c);
  return {
    name: raw.name, type: 'datetime', role: raw.role,
    parsed, value: bounded(p), original: text,
    // CASE, not AND: the words are only looked for where reading failed
    check: `CASE WHEN ${p} IS NULL THEN ${text} IS NOT NULL AND NOT ${word} ELSE false END`,
    far: outside(p),
    nullWord: `CASE WHEN ${p} IS NULL THEN ${word} ELSE false END`,
    time: { format, order, zoneless: !namesUtc(raw.name) && samples.some((sample) => spec.zoneless(sample)) },
    forced, samples: raw.samples,
  };
};

/** The time format nearly all values share, if there is one. */
const timeFormatOf = (raw: RawColumn, words: readonly string[]): TimeFormatId | null => {
  if (words.length === 0) return null;
  let best: { id: TimeFormatId; failed: number } | null = null;
  for (const format of timeFormats) {
    if (format.byName && !namesTime(raw.name)) continue;
    let failed = 0;
    let matched = 0;
    for (const word of words) {
      if (format.matches(word)) matched += 1;
      // zero means "never" in most logs
      else if (!format.byName || word !== '0') failed += 1;
      if (!timeTolerance(failed, Math.max(words.length, 4)) || (best !== null && failed >= best.failed)) break;
    }
    if (matched > 0 && timeTolerance(failed, words.length) && (best === null || failed < best.failed)) best = { id: format.id, failed };
    if (best?.failed === 0) break;
  }
  return best?.id ?? null;
};

type Kind = { type: ColumnType; test(text: string): boolean; value(c: string): string; fails(c: string, p: string): string };
const kinds: readonly Kind[] = [
  { type: 'int', test: isIntText, value: sqlInt, fails: (c, p) => `CAST(${p} AS VARCHAR) IS DISTINCT FROM ${c}` },
  { type: 'float', test: isFloatText, value: sqlFloat, fails: (c) => `NOT ${sqlIsFloat(c)}` },
  { type: 'bool', test: isBoolText, value: sqlBool, fails: (c, p) => `(${p} IS NULL OR strlen(${c}) < 4) AND ${c} IS NOT NULL` },
  { type: 'timespan', test: isTimespanText, value: sqlTimespan, fails: (c, p) => `${p} IS NULL AND ${c} IS NOT NULL` },
];

const kindPlan = (raw: RawColumn, c: string, kind: Kind, forced: boolean): ColumnPlan => {
  const trims = raw.samples.some((text) => text !== text.trim());
  const text = trims ? `trim(${asText(raw, c)})` : asText(raw, c);
  const word = sqlIsNullWord(text);
  const words = raw.samples.some(isNullWord) || forced;
  const p = parsedOf(c);
  return {
    name: raw.name, type: kind.type, role: raw.role,
    // TRY_CAST reads "NaN" as a number
    parsed: words && kind.type === 'float' ? `CASE WHEN ${word} THEN NULL ELSE ${kind.value(text)} END` : kind.value(text), value: p,
    original: kind.type === 'timespan' ? asText(raw, c) : null,
    check: words ? `CASE WHEN ${kind.fails(text, p)} THEN NOT ${word} ELSE false END` : kind.fails(text, p),
    far: null,
    nullWord: words ? `CASE WHEN ${p} IS NULL THEN ${word} ELSE false END` : null,
    time: null, forced, samples: raw.samples,
  };
};

const dynamicPlan = (raw: RawColumn, c: string, forced: boolean): ColumnPlan => {
  const text = `nullif(${asText(raw, c)}, '')`;
  return { ...textPlan(raw, c), type: 'dynamic', value: sqlJson(text), check: forced ? null : `${text} IS NOT NULL AND NOT ${sqlIsJson(text)}`, forced };
};

const forcedPlan = (raw: RawColumn, c: string, type: ColumnType, options: PlanOptions): ColumnPlan => {
  if (type === 'string') return { ...textPlan(raw, asText(raw, c)), forced: true };
  if (type === 'dynamic') return dynamicPlan(raw, c, true);
  if (type === 'datetime') {
    const values = raw.samples.filter((text) => !isNullWord(text));
    const closest = timeFormats.map((format) => ({ id: format.id, hits: values.filter((text) => format.matches(text)).length })).sort((a, b) => b.hits - a.hits)[0];
    return timePlan(raw, c, closest === undefined || closest.hits === 0 ? 'iso' : closest.id, options, true);
  }
  const kind = kinds.find((k) => k.type === type);
  return kind === undefined ? textPlan(raw, c) : kindPlan(raw, c, kind, true);
};

/** A value that already has its type: only numbers that are times by name are looked at again. */
const typedPlan = (raw: RawColumn, c: string, options: PlanOptions): ColumnPlan => {
  if (raw.base === 'int' || raw.base === 'float') {
    const format = timeFormatOf(raw, raw.samples);
    if (format !== null) return timePlan(raw, c, format, options, false);
  }
  const type: ColumnType = raw.base === 'text' ? 'string' : raw.base;
  return { ...textPlan(raw, c), type, original: raw.original ?? null, value: raw.base === 'float' ? `CASE WHEN isnan(${c}) THEN NULL ELSE ${c} END` : raw.base === 'datetime' ? bounded(c) : c, far: raw.base === 'datetime' ? outside(c) : null };
};

/** Names come from evidence: `constructor` must not find what every object has. */
const chosenType = (raw: RawColumn, options: PlanOptions): ColumnType | undefined => (Object.hasOwn(options.types, raw.name) ? options.types[raw.name] : undefined);

const columnPlan = (raw: RawColumn, c: string, options: PlanOptions): ColumnPlan => {
  const wished = chosenType(raw, options);
  const chosen = wished ?? raw.declared;
  if (chosen === 'string' && (raw.base === 'string' || raw.base === 'text')) return { ...textPlan(raw, c), forced: true };
  if (chosen !== undefined && chosen !== null && (chosen !== raw.base || wished !== undefined)) {
    const plan = forcedPlan(raw, c, chosen, options);
    // a type named by the file is a promise of the file, not a wish of the analyst: what breaks it may still be widened
    return { ...plan, forced: wished !== undefined };
  }
  if (raw.base !== 'text' && raw.base !== 'string') return typedPlan(raw, c, options);
  const words = raw.samples.filter((text) => !isNullWord(text));
  if (words.length === 0) return textPlan(raw, c);
  const format = timeFormatOf(raw, words);
  if (format !== null) return timePlan(raw, c, format, options, false);
  const json = words.filter(isJsonText).length;
  if (json > 0 && json >= words.length * dynamicShare) return dynamicPlan(raw, c, false);
  // JSON says itself what is a number: its texts stay texts
  if (raw.base === 'string') return textPlan(raw, c);
  const trimmed = words.map((text) => text.trim());
  const kind = kinds.find((k) => allMatch(trimmed, k.test));
  if (kind === undefined || ((kind.type === 'int' || kind.type === 'float') && nameWantsText(raw.name, trimmed))) return textPlan(raw, c);
  return kindPlan(raw, c, kind, false);
};

export const planColumns = (columns: readonly RawColumn[], options: PlanOptions): ColumnPlan[] =>
  columns.map((raw, i) => columnPlan(raw, `c${i}`, options));

/** The same column after all its values were counted: see widen.ts. */
export const planAs = (raw: RawColumn, index: number, type: ColumnType, options: PlanOptions): ColumnPlan => {
  if (type === 'string') return textPlan(raw, asText(raw, `c${index}`));
  return { ...forcedPlan(raw, `c${index}`, type, options), forced: false };
};
