/**
 * Delimited text as a SQL relation: the one place that says how DuckDB must read it. Everything is read as text; types are the
 * builder's. An empty value is no value. `long` allows lines over 2 MB, at the cost of reading with larger pieces.
 */
import { sqlText } from '../text-kinds.ts';
import type { Dialect, Newline } from '../types.ts';
import { maxRecordLength } from './reader.ts';

export const canonicalShape = { encoding: 'utf-8', delimiter: ',', quote: '"', escape: '"', newline: '\n', headerRow: 0, skipLines: 0, padShort: false } as const;

/** DuckDB reads this without help: UTF-8, every record of one width. */
export const readsDirectly = (dialect: Dialect): boolean =>
  (dialect.encoding === 'utf-8' || dialect.encoding === 'utf-8-bom') && !dialect.padShort && dialect.width > 1 &&
  [dialect.delimiter, dialect.quote, dialect.escape].every((text) => text === '' || (text.length === 1 && text.charCodeAt(0) < 128)) && dialect.delimiter !== '';

/** Written out, as DuckDB wants them. Found out by itself, a line break inside quotes could mislead it. */
const newlineNames: Record<Newline, string> = { '\n': String.raw`'\n'`, '\r\n': String.raw`'\r\n'`, '\r': String.raw`'\r'` };

export const csvRelation = (path: string, dialect: Dialect, options: { keepEmptyText?: boolean; long?: boolean } = {}): string => {
  const columns = Array.from({ length: dialect.width }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  return `read_csv(${sqlText(path)}, auto_detect = false, header = false, skip = ${dialect.skipLines}, delim = ${sqlText(dialect.delimiter)}, quote = ${sqlText(dialect.quote)}, escape = ${sqlText(dialect.escape)}, columns = {${columns}}, new_line = ${newlineNames[dialect.newline]}, nullstr = '', allow_quoted_nulls = ${options.keepEmptyText === true ? 'false' : 'true'}${options.long === true ? `, max_line_size = ${maxRecordLength + 65_536}` : ''}, store_rejects = true, rejects_limit = 0)`;
};
