/**
 * Rows as text, for the clipboard, for exports and for the command line: CSV, TSV, JSON. Times are ISO 8601 UTC, timespans
 * `[d.]hh:mm:ss[.fff]`, whole numbers exact to the last digit, dynamic values real JSON. Pure.
 */
import type { ColumnData } from '../contract/index.ts';
import { defang } from '../shared/defang.ts';
import { formatTimespan } from '../shared/duration.ts';
import { toIso } from '../shared/time.ts';
import { neutralised } from './formula.ts';

export type TextOptions = {
  readonly defang: boolean;
  /** Delimited formats only. */
  readonly neutraliseFormulas?: boolean;
};

export type RowWriter = {
  header(names: readonly string[]): string;
  rows(columns: readonly ColumnData[], from: number, to: number): string;
  /** Cells that got an apostrophe so far. */
  readonly neutralisedCells: number;
};

/** A value as plain text; null for null. */
const plain = (column: ColumnData, i: number): string | null => {
  if (column.kind === 'text') return column.values[i] ?? null;
  if (column.nulls?.[i] === 1) return null;
  const value = column.values[i] ?? 0;
  if (column.type === 'datetime') return toIso(value);
  if (column.type === 'timespan') return formatTimespan(value);
  if (column.type === 'bool') return value === 0 ? 'false' : 'true';
  return String(value);
};

const isText = (column: ColumnData): boolean => column.type === 'string' || column.type === 'dynamic';

/** @param eol what ends a line. */
export const createDelimitedWriter = (delimiter: ',' | '\t', eol: '\r\n' | '\n', options: TextOptions): RowWriter => {
  let neutralisedCells = 0;
  const needsQuotes = delimiter === ',' ? /[",\r\n]|^$|^\s|\s$/ : /["\t\r\n]|^$|^\s|\s$/;
  const cell = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const textCell = (text: string): string => {
    const inert = options.defang ? defang(text) : text;
    if (options.neutraliseFormulas !== true) return cell(inert);
    const safe = neutralised(inert);
    if (safe !== inert) neutralisedCells += 1;
    return cell(safe);
  };
  return {
    header: (names) => `${names.map(textCell).join(delimiter)}${eol}`,
    rows(columns, from, to) {
      let out = '';
      for (let i = from; i < to; i += 1) {
        for (const [c, column] of columns.entries()) {
          if (c > 0) out += delimiter;
          const text = plain(column, i);
          // null is nothing at all, an empty text a pair of quotes: a reader can tell them apart
          if (text !== null) out += isText(column) ? textCell(text) : cell(text);
          // a line with nothing on it would be no row
          else if (columns.length === 1) out += '""';
        }
        out += eol;
      }
      return out;
    },
    get neutralisedCells() {
      return neutralisedCells;
    },
  };
};

/** JSON text with every text inside it defanged; numbers keep their digits. */
const defangJson = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"/gs, (literal) => {
    const text = JSON.parse(literal) as string;
    const inert = defang(text);
    return inert === text ? literal : JSON.stringify(inert);
  });

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const oneLine = (json: string): string => (/[\r\n]/.test(json) ? json.replace(/\s*[\r\n]\s*/g, ' ') : json);

/** A value as JSON text. */
export const jsonValue = (column: ColumnData, i: number, options: TextOptions): string => {
  const text = plain(column, i);
  if (text === null) return 'null';
  if (column.type === 'int' || column.type === 'bool') return text;
  if (column.type === 'float') return /^-?[\d.]/.test(text) ? text : JSON.stringify(text);
  // outside of texts a line break is only layout
  if (column.type === 'dynamic' && isJson(text)) return oneLine(options.defang ? defangJson(text) : text);
  return JSON.stringify(options.defang && isText(column) ? defang(text) : text);
};

const jsonRow = (columns: readonly ColumnData[], keys: readonly string[], i: number, options: TextOptions): string =>
  `{${columns.map((column, c) => `${keys[c] ?? '""'}:${jsonValue(column, i, options)}`).join(',')}}`;

/** One object per line. */
export const createJsonLinesWriter = (options: TextOptions): RowWriter => ({
  header: () => '',
  rows(columns, from, to) {
    const keys = columns.map((c) => JSON.stringify(c.name));
    let out = '';
    for (let i = from; i < to; i += 1) out += `${jsonRow(columns, keys, i, options)}\n`;
    return out;
  },
  neutralisedCells: 0,
});

/** An array of objects, one per line. */
export const jsonArray = (columns: readonly ColumnData[], rows: number, options: TextOptions): string => {
  const keys = columns.map((c) => JSON.stringify(c.name));
  return rows === 0 ? '[]' : `[\n${Array.from({ length: rows }, (_, i) => `  ${jsonRow(columns, keys, i, options)}`).join(',\n')}\n]`;
};
