/**
 * What a filter means, in plain JavaScript over plain rows: the model the SQL is compared with. Written from the rules stated in
 * main/table/filter-sql.ts, not from its code.
 */
import type { ColumnType, Filter, Scalar } from '../../../main/contract/index.ts';
import { parseIso, toIso } from '../../../main/shared/time.ts';

export type ModelColumn = { name: string; type: ColumnType };
type Cell = Scalar;

const isWhole = (v: Scalar): boolean => (typeof v === 'string' ? /^[+-]?\d+$/.test(v) : Number.isInteger(v));

/** Negative, 0 or positive; exact for ints of any size; not-a-number is equal to itself and above everything. */
const compareValues = (cell: Exclude<Cell, null>, value: Exclude<Scalar, null>, type: ColumnType): number => {
  switch (type) {
    case 'string': case 'dynamic': {
      const [a, b] = [Buffer.from(String(cell)), Buffer.from(String(value))];
      return Buffer.compare(a, b);
    }
    case 'int': case 'timespan': {
      const a = BigInt(cell as string | number);
      if (isWhole(value)) {
        const b = BigInt(value as string | number);
        return a < b ? -1 : a > b ? 1 : 0;
      }
      const n = Number(value);
      if (!Number.isFinite(n)) return n > 0 ? -1 : 1;
      const below = BigInt(Math.floor(n));
      return a <= below ? -1 : 1;
    }
    case 'float': {
      const [a, b] = [Number(cell), Number(value)];
      if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Number.isNaN(a) ? 1 : -1;
      return a - b === 0 || a === b ? 0 : a < b ? -1 : 1;
    }
    case 'bool': return Number(cell === true || cell === 1 || cell === 'true') - Number(value === true || value === 1 || value === 'true');
    case 'datetime': return Number(cell) - (typeof value === 'string' ? (parseIso(value) ?? Number.NaN) : value === true || value === false ? Number.NaN : value);
  }
};

/** The text a text filter sees: times as `2026-03-11 22:04:17.482`, zeros at the end of the fraction left out. */
export const textOf = (cell: Exclude<Cell, null>, type: ColumnType): string => {
  if (type === 'datetime') return toIso(Number(cell)).replace('T', ' ').replace('Z', '').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return String(cell);
};

const inText = (text: string, f: Extract<Filter, { text: string }>): boolean => {
  const sensitive = 'caseSensitive' in f && f.caseSensitive;
  const [hay, needle] = sensitive ? [text, f.text] : [text.toLowerCase(), f.text.toLowerCase()];
  if (f.op === 'startsWith') return hay.startsWith(needle);
  if (f.op === 'endsWith') return hay.endsWith(needle);
  return hay.includes(needle);
};

export const matches = (columns: readonly ModelColumn[], row: readonly Cell[], f: Filter): boolean => {
  if (f.op === 'anyContains') return columns.some((c, i) => row[i] !== null && row[i] !== undefined && inText(textOf(row[i], c.type), f));
  const at = columns.findIndex((c) => c.name === f.column);
  const type = columns[at]?.type ?? 'string';
  const cell = row[at] ?? null;
  const is = (value: Scalar): boolean => (value === null || cell === null ? value === cell : compareValues(cell, value, type) === 0);
  switch (f.op) {
    case 'in': return f.values.some(is);
    case 'notIn': return !f.values.some(is);
    case 'eq': return is(f.value);
    case 'ne': return !is(f.value);
    case 'lt': return cell !== null && compareValues(cell, f.value ?? '', type) < 0;
    case 'le': return cell !== null && compareValues(cell, f.value ?? '', type) <= 0;
    case 'gt': return cell !== null && compareValues(cell, f.value ?? '', type) > 0;
    case 'ge': return cell !== null && compareValues(cell, f.value ?? '', type) >= 0;
    case 'between': return cell !== null && (f.from === null || compareValues(cell, f.from, type) >= 0) && (f.to === null || compareValues(cell, f.to, type) <= 0);
    case 'contains': case 'startsWith': case 'endsWith': return cell !== null && inText(textOf(cell, type), f);
    case 'notContains': return cell === null || !inText(textOf(cell, type), f);
    case 'regex': return cell !== null && new RegExp(f.pattern, f.caseSensitive ? 'u' : 'iu').test(textOf(cell, type));
    case 'notRegex': return cell === null || !new RegExp(f.pattern, f.caseSensitive ? 'u' : 'iu').test(textOf(cell, type));
    case 'isNull': return cell === null;
    case 'notNull': return cell !== null;
  }
};
