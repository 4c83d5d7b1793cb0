/** The filter editor's form: operators per column type, and how typed text becomes a filter or an explanation why not. Pure. */
import { formatTimespan, parseDuration } from '../../main/shared/duration.ts';
import { parseIso } from '../../main/shared/time.ts';
import type { ColumnType, Filter, Scalar } from '../../main/contract/index.ts';

export type Operator = Exclude<Filter['op'], 'anyContains'>;
export type OperatorChoice = { op: Operator; label: string; fields: 0 | 1 | 2 };

const ordered: OperatorChoice[] = [
  { op: 'eq', label: '=', fields: 1 },
  { op: 'ne', label: '≠', fields: 1 },
  { op: 'lt', label: '<', fields: 1 },
  { op: 'le', label: '≤', fields: 1 },
  { op: 'gt', label: '>', fields: 1 },
  { op: 'ge', label: '≥', fields: 1 },
  { op: 'between', label: 'between', fields: 2 },
  { op: 'in', label: 'is one of', fields: 1 },
  { op: 'notIn', label: 'is none of', fields: 1 },
];
const text: OperatorChoice[] = [
  { op: 'contains', label: 'contains', fields: 1 },
  { op: 'notContains', label: 'doesn’t contain', fields: 1 },
  { op: 'in', label: 'is one of', fields: 1 },
  { op: 'notIn', label: 'is none of', fields: 1 },
  { op: 'startsWith', label: 'starts with', fields: 1 },
  { op: 'endsWith', label: 'ends with', fields: 1 },
  { op: 'regex', label: 'matches regex', fields: 1 },
  { op: 'notRegex', label: 'doesn’t match regex', fields: 1 },
];
const empty: OperatorChoice[] = [
  { op: 'isNull', label: 'is empty', fields: 0 },
  { op: 'notNull', label: 'is not empty', fields: 0 },
];

export const operatorsOf = (type: ColumnType): OperatorChoice[] => {
  if (type === 'string' || type === 'dynamic') return [...text, ...empty];
  if (type === 'bool') return [...ordered.filter((o) => o.op === 'eq' || o.op === 'ne'), ...empty];
  return [...ordered, ...empty];
};

export type FormState = { column: string; op: Operator; first: string; second: string; caseSensitive: boolean };
export type FormResult = { ok: true; filter: Filter } | { ok: false; message: string };

const scalarOf = (input: string, type: ColumnType, zone: string): Scalar | undefined => {
  const trimmed = input.trim();
  if (type === 'string' || type === 'dynamic') return input;
  if (type === 'bool') return /^(true|1|yes)$/i.test(trimmed) ? true : /^(false|0|no)$/i.test(trimmed) ? false : undefined;
  if (type === 'datetime') return parseIso(trimmed.replace(' ', 'T'), zone) ?? undefined;
  if (type === 'timespan') return parseDuration(trimmed) ?? undefined;
  if (type === 'int' && /^[+-]?\d+$/.test(trimmed)) return Number.isSafeInteger(Number(trimmed)) ? Number(trimmed) : trimmed;
  if (type === 'int' && /^0x[0-9a-f]+$/i.test(trimmed)) return Number.isSafeInteger(Number(trimmed)) ? Number(trimmed) : String(BigInt(trimmed));
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined;
};

const expected: Record<ColumnType, string> = {
  string: 'text',
  dynamic: 'text',
  bool: 'true or false',
  int: 'a whole number, e.g. 4688 or 0x1250',
  float: 'a number',
  datetime: 'a time, e.g. 2026-03-11 22:04',
  timespan: 'a duration, e.g. 5m or 1h 30m',
};

type Item = { text: string; quoted: boolean };
const unquoted = (piece: string): Item => {
  try {
    const text: unknown = piece.startsWith('"') ? JSON.parse(piece) : null;
    if (typeof text === 'string') return { text, quoted: true };
  } catch {
    // a stray quote is part of the value
  }
  return { text: piece, quoted: false };
};

/** Values of a list: one per line, or separated by commas when there is one line; in double quotes as JSON where they hold either. */
const listed = (input: string): Item[] =>
  (input.includes('\n') ? input.split('\n') : (input.match(/\s*"(?:[^"\\]|\\.)*"\s*(?=,|$)|[^,]+/g) ?? []))
    .map((v) => v.trim())
    .filter((v) => v !== '')
    .map(unquoted);

/** What `listed` reads as exactly this value; `null` stands for empty. */
const listItem = (value: Scalar, text: string): string => {
  if (value === null) return 'null';
  return typeof value === 'string' && (text === '' || text === 'null' || /[",\n\r]|^\s|\s$/.test(text)) ? JSON.stringify(text) : text;
};

/** @param zone display zone: typed times without an offset are read in it. */
export const readForm = (form: FormState, type: ColumnType, zone: string): FormResult => {
  const { column, op, first, second, caseSensitive } = form;
  const wrong = (what: string): FormResult => ({ ok: false, message: `“${what}” is not ${expected[type]}.` });
  switch (op) {
    case 'isNull':
    case 'notNull':
      return { ok: true, filter: { op, column } };
    case 'contains':
    case 'notContains':
    case 'startsWith':
    case 'endsWith':
      return first === '' ? { ok: false, message: 'Enter the text to look for.' } : { ok: true, filter: { op, column, text: first, caseSensitive } };
    case 'regex':
    case 'notRegex':
      return first === '' ? { ok: false, message: 'Enter a pattern (RE2 syntax).' } : { ok: true, filter: { op, column, pattern: first, caseSensitive } };
    case 'in':
    case 'notIn': {
      const items = listed(first);
      const values = items.map((i) => (i.text === 'null' && !i.quoted ? null : scalarOf(i.text, type, zone)));
      const bad = values.indexOf(undefined);
      if (items.length === 0) return { ok: false, message: 'Enter values, separated by commas or one per line.' };
      return bad >= 0 ? wrong(items[bad]?.text ?? '') : { ok: true, filter: { op, column, values: values as Scalar[] } };
    }
    case 'between': {
      const from = scalarOf(first, type, zone);
      const to = scalarOf(second, type, zone);
      if (from === undefined) return wrong(first);
      if (to === undefined) return wrong(second);
      if (typeof from === 'number' && typeof to === 'number' && from > to) return { ok: false, message: 'The first value lies after the second.' };
      return { ok: true, filter: { op, column, from, to } };
    }
    default: {
      const value = scalarOf(first, type, zone);
      return value === undefined ? wrong(first) : { ok: true, filter: { op, column, value } };
    }
  }
};

/** The form of an existing filter, or an empty one for a column. `timeText` writes times as `readForm` reads them. */
export const formOf = (
  filter: Filter | undefined,
  column: string,
  table: { columns: readonly { name: string; type: ColumnType }[] },
  timeText: (us: number) => string,
): FormState => {
  const blank: FormState = { column, op: 'contains', first: '', second: '', caseSensitive: false };
  const typeOf = (name: string): ColumnType => table.columns.find((c) => c.name === name)?.type ?? 'string';
  if (filter === undefined || filter.op === 'anyContains') return { ...blank, op: operatorsOf(typeOf(column))[0]?.op ?? 'contains' };
  const type = typeOf(filter.column);
  const text = (v: Scalar): string => {
    if (typeof v !== 'number') return String(v ?? '');
    return type === 'datetime' ? timeText(v) : type === 'timespan' ? formatTimespan(v) : String(v);
  };
  const base = { ...blank, column: filter.column, op: filter.op };
  if ('text' in filter) return { ...base, first: filter.text, caseSensitive: filter.caseSensitive };
  if ('pattern' in filter) return { ...base, first: filter.pattern, caseSensitive: filter.caseSensitive };
  if ('values' in filter) {
    const [only] = filter.values;
    // a bool has no list editor: one kept value is the same as an equal sign
    if (type === 'bool') return { ...base, op: only === null ? (filter.op === 'in' ? 'isNull' : 'notNull') : filter.op === 'in' ? 'eq' : 'ne', first: text(only ?? null) };
    return { ...base, first: filter.values.map((v) => listItem(v, text(v))).join('\n') };
  }
  if ('from' in filter) return { ...base, first: text(filter.from), second: text(filter.to) };
  return 'value' in filter ? { ...base, first: text(filter.value) } : base;
};
