/**
 * What a text can be besides text: whole number, number, true/false, JSON, a word for nothing. One grammar, given twice: as a
 * JavaScript test for samples and as SQL for all values, so that a sample and the whole column are judged alike. Stricter than
 * DuckDB's casts on purpose: `007`, `1.5`, `0x1F` and `1e3` must not become 7, 2, 31 and 1000.
 */

/** Words that mean "no value" in a column of numbers, truth values or times. Elsewhere they stay text. */
export const nullWords = ['null', 'nan', 'none', 'nil', 'n/a', 'na', '<na>', '(null)', 'nat', '-'] as const;
const nullWordSet: ReadonlySet<string> = new Set(nullWords);
export const isNullWord = (text: string): boolean => text.length <= 12 && nullWordSet.has(text.trim().toLowerCase());

const int64Max = 9_223_372_036_854_775_807n;
export const isIntText = (text: string): boolean => {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) return false;
  if (text.length < 19) return true;
  const value = BigInt(text);
  return value <= int64Max && value >= -int64Max - 1n;
};

/** Digits with a point or an exponent, no leading zeros, no hexadecimal, no infinity. */
const floatPattern = String.raw`[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?`;
const floatTest = new RegExp(`^${floatPattern}$`);
export const isFloatText = (text: string): boolean => floatTest.test(text);

export const isBoolText = (text: string): boolean => /^(true|false)$/i.test(text);

/** Objects and arrays only: a bare number or string is not worth a tree. */
export const isJsonText = (text: string): boolean => {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A timedelta as pandas writes it: `0 days 00:05:10.5`. */
const timespanPattern = String.raw`-?[0-9]+ days( [+-]?[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?)?`;
const timespanTest = new RegExp(`^${timespanPattern}$`);
export const isTimespanText = (text: string): boolean => timespanTest.test(text);

// ---- the same as SQL over an expression of type VARCHAR

export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const list = (texts: readonly string[]): string => texts.map(sqlText).join(', ');

// not IN: a long list of constants becomes a join for every column
export const sqlIsNullWord = (e: string): string => `(strlen(${e}) <= 12 AND list_contains([${list(nullWords)}], lower(trim(${e}))))`;
export const sqlInt = (e: string): string => `TRY_CAST(${e} AS BIGINT)`;
export const sqlIsInt = (e: string): string => `(CAST(TRY_CAST(${e} AS BIGINT) AS VARCHAR) IS NOT DISTINCT FROM ${e})`;
export const sqlFloat = (e: string): string => `TRY_CAST(${e} AS DOUBLE)`;
export const sqlIsFloat = (e: string): string => `regexp_full_match(${e}, ${sqlText(floatPattern)})`;
export const sqlBool = (e: string): string => `TRY_CAST(${e} AS BOOLEAN)`;
/** The cast also takes `t`, `y`, `on`, `1` and their like: all are shorter. */
export const sqlIsBool = (e: string): string => `(TRY_CAST(${e} AS BOOLEAN) IS NOT NULL AND strlen(${e}) > 3)`;
export const sqlIsJson = (e: string): string => `(json_valid(${e}) AND (starts_with(ltrim(${e}), '{') OR starts_with(ltrim(${e}), '[')))`;
/** Valid JSON whatever was written: other text becomes a JSON string. */
export const sqlJson = (e: string): string => `CASE WHEN ${e} IS NULL THEN NULL WHEN json_valid(${e}) THEN ${e} ELSE CAST(to_json(${e}) AS VARCHAR) END`;
export const sqlIsTimespan = (e: string): string => `regexp_full_match(${e}, ${sqlText(timespanPattern)})`;
/** Microseconds. pandas carries the sign of the whole in the days: `-1 days +23:00:00` is minus one hour. */
export const sqlTimespan = (e: string): string => {
  const part = (n: number): string => `CAST(regexp_extract(${e}, '^(-?[0-9]+) days(?: [+]?([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.]([0-9]+))?)?$', ${n}) AS VARCHAR)`;
  const number = (n: number): string => `coalesce(TRY_CAST(${part(n)} AS BIGINT), 0)`;
  return `CASE WHEN ${sqlIsTimespan(e)} THEN ((${number(1)} * 24 + ${number(2)}) * 60 + ${number(3)}) * 60000000 + ${number(4)} * 1000000 + coalesce(TRY_CAST(rpad(left(${part(5)}, 6), 6, '0') AS BIGINT), 0) END`;
};
