/**
 * Row objects to CSV and JSON text. A row is a plain object; `null` and `undefined` mean "no value". Text only: compression
 * and archives are in `archive.ts`.
 */

export type Scalar = string | number | boolean | null | undefined;
export type Row = { readonly [column: string]: unknown };

const NEEDS_QUOTES = /[",\r\n]/;

/** One CSV field: quoted only when it has to be; nested values become JSON text. */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (values: readonly unknown[]): string => values.map(csvField).join(',');

/** Header plus one line per row, CRLF ends, columns in the given order. */
export function csvText(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [csvLine(columns), ...rows.map((row) => csvLine(columns.map((column) => row[column])))];
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * One JSON object a line. Columns without a value are left out of their line, as most exporters do; the first line names them
 * all, so that a reader meets the columns in their order.
 */
export function jsonLines(columns: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row, index) => {
    const kept: Record<string, unknown> = {};
    for (const column of columns) {
      const value = row[column] ?? null;
      if (value !== null || index === 0) kept[column] = value;
    }
    return JSON.stringify(kept);
  });
  return `${lines.join('\n')}\n`;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
