/**
 * A view's filters as a SQL condition with bound values. One meaning for grid, timeline, facets, copy and export.
 *
 * Nulls: `ne`, `notIn`, `notContains` and `notRegex` keep rows without a value, so that a filter and its opposite together give all
 * rows. `eq`/`in` with null find rows without a value, `ne`/`notIn` with null leave them out. `lt`…`ge` and `between` never match
 * null; a null bound of `between` leaves that side open, both bounds belong to it. An empty text is a value.
 * Text filters on a time column look at the UTC time and at the text as written.
 */
import type { StoredColumn, StoredTable } from '../case/types.ts';
import type { Filter, Scalar, ViewQuery } from '../contract/index.ts';
import { CasebenchError } from '../contract/index.ts';
import { asText, columnOf, sqlColumn, timeColumnOf } from './column-of.ts';
import { compared, type Compared, type Comparison } from './filter-values.ts';
import { bigint, text, type Bound, type Params } from './params.ts';
import { nameQuoted } from './quote.ts';

export type Condition = { readonly sql: string; readonly params: Params; readonly hasRegex: boolean };

const symbols: Record<Comparison, string> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };
/** From here a list travels as one parameter. */
const listFrom = 60;

const isTrue = (sql: string): string => `coalesce(${sql}, false)`;
const or = (parts: readonly string[]): string => (parts.length === 0 ? 'false' : parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`);
export const and = (parts: readonly string[]): string => (parts.length === 0 ? 'true' : parts.map((p) => `(${p})`).join(' AND '));

/** The expression a comparison looks at and the placeholder, by type. */
const sides = (column: StoredColumn, c: Extract<Compared, { bound: Bound }>, params: Params): [string, string] => {
  const name = sqlColumn(column);
  const value = params.add(c.bound);
  if (c.kind === 'wide') return [`(epoch_us(${name}) // 64 * 64)`, value];
  return column.type === 'datetime' ? [name, `make_timestamp(${value})`] : [name, value];
};

const comparison = (column: StoredColumn, op: Comparison, value: Scalar, params: Params): string => {
  const name = sqlColumn(column);
  if (value === null) {
    if (op === 'eq') return `${name} IS NULL`;
    if (op === 'ne') return `${name} IS NOT NULL`;
    throw new CasebenchError('filter.invalid', `Column “${column.name}” can't be compared with an empty value by size. No filter was applied. Use “is empty” or give a value.`);
  }
  const c = compared(value, op, column.type);
  if (c.kind === 'always') return op === 'ne' ? 'true' : `${name} IS NOT NULL`;
  if (c.kind === 'never') return op === 'ne' ? `${name} IS NULL` : 'false';
  const [left, right] = sides(column, c, params);
  return c.op === 'ne' ? `${left} IS DISTINCT FROM ${right}` : `${left} ${symbols[c.op]} ${right}`;
};

const membership = (column: StoredColumn, values: readonly Scalar[], params: Params): string => {
  const name = sqlColumn(column);
  const plain: Bound[] = [];
  const parts: string[] = [];
  for (const value of values) {
    if (value === null) {
      parts.push(`${name} IS NULL`);
      continue;
    }
    const c = compared(value, 'eq', column.type);
    if (c.kind === 'value') plain.push(c.bound);
    else if (c.kind === 'wide') parts.push(`(epoch_us(${name}) // 64 * 64) = ${params.add(c.bound)}`);
  }
  const time = column.type === 'datetime';
  if (plain.length >= listFrom) {
    const item = `(SELECT unnest(${params.addList(plain)}) AS v)`;
    parts.push(`${name} IN (SELECT ${time ? 'make_timestamp(v)' : 'v'} FROM ${item})`);
  } else if (plain.length > 0) {
    parts.push(`${name} IN (${plain.map((b) => (time ? `make_timestamp(${params.add(b)})` : params.add(b))).join(', ')})`);
  }
  return or(parts.map(isTrue));
};

type TextTest = (expression: string) => string;

const textTest = (f: Extract<Filter, { text: string } | { pattern: string }>, params: Params): TextTest => {
  if ('pattern' in f) {
    const pattern = params.add(text(f.pattern));
    return (e) => `regexp_matches(${e}, ${pattern}, '${f.caseSensitive ? 'c' : 'i'}')`;
  }
  const name = f.op === 'startsWith' ? 'starts_with' : f.op === 'endsWith' ? 'suffix' : 'contains';
  const needle = params.add(text(f.text));
  const sensitive = 'caseSensitive' in f && f.caseSensitive;
  return sensitive ? (e) => `${name}(${e}, ${needle})` : (e) => `${name}(lower(${e}), lower(${needle}))`;
};

/** The texts of a column that a text filter looks at. */
const textsOf = (column: StoredColumn): string[] => {
  const value = asText(column.type, sqlColumn(column));
  return column.originalPhysical === null || column.type === 'string' ? [value] : [value, nameQuoted(column.originalPhysical)];
};

/** Times are kept with a blank between date and clock and without Z: a pasted ISO time is searched in that spelling. */
const asTimeText = (typed: string): string => typed.replace(/(\d)T(?=\d|$)/g, '$1 ').replace(/(\d)Z$/, '$1');

const onText = (column: StoredColumn, f: Extract<Filter, { text: string } | { pattern: string }>, params: Params): string => {
  const spelled = 'text' in f && column.type === 'datetime' ? asTimeText(f.text) : null;
  const tests = [textTest(f, params)];
  if (spelled !== null && 'text' in f && spelled !== f.text) tests.push(textTest({ ...f, text: spelled }, params));
  return isTrue(or(tests.flatMap((test) => textsOf(column).map((t) => isTrue(test(t))))));
};

/** Which characters a value of the type can be written with; a needle with others is not looked for there. */
const alphabets: Partial<Record<StoredColumn['type'], RegExp>> = {
  int: /^[-\d]*$/,
  timespan: /^[-\d]*$/,
  float: /^[-+.\de]*$|^-?i?n?f?$|^n?a?n?$/i,
  bool: /^[truefals]*$/i,
};

const inAnyColumn = (table: StoredTable, needle: string, params: Params): string => {
  if (needle === '') return 'true';
  const parts = table.columns
    .filter((c) => (alphabets[c.type]?.test(needle) ?? true) || c.originalPhysical !== null)
    .map((c) => onText(c, { op: 'contains', column: c.name, text: needle, caseSensitive: false }, params));
  return or(parts);
};

const filterSql = (table: StoredTable, f: Filter, params: Params): string => {
  if (f.op === 'anyContains') return inAnyColumn(table, f.text, params);
  const column = columnOf(table, f.column);
  switch (f.op) {
    case 'in':
      return membership(column, f.values, params);
    case 'notIn':
      return `NOT ${membership(column, f.values, params)}`;
    case 'eq': case 'ne': case 'lt': case 'le': case 'gt': case 'ge':
      return comparison(column, f.op, f.value, params);
    case 'between': {
      const parts = [`${sqlColumn(column)} IS NOT NULL`];
      if (f.from !== null) parts.push(comparison(column, 'ge', f.from, params));
      if (f.to !== null) parts.push(comparison(column, 'le', f.to, params));
      return and(parts);
    }
    case 'contains': case 'startsWith': case 'endsWith': case 'regex':
      return onText(column, f, params);
    case 'notContains':
      return `NOT ${onText(column, f, params)}`;
    case 'notRegex':
      return `NOT ${onText(column, f, params)}`;
    case 'isNull':
      return `${sqlColumn(column)} IS NULL`;
    case 'notNull':
      return `${sqlColumn(column)} IS NOT NULL`;
  }
};

/** What a condition is made of; `marked` holds the rows that carry the wanted marks, when the view asks for marks. */
export type ConditionInput = Pick<ViewQuery, 'filters' | 'search' | 'timeRange' | 'timeColumn'> & { readonly marked: ArrayLike<number> | null };

/** The condition of a view on its table's columns. Throws `filter.invalid`. */
export const conditionOf = (table: StoredTable, view: ConditionInput, params: Params): Condition => {
  const parts = view.filters.map((f) => filterSql(table, f, params));
  if (view.search !== '') parts.push(inAnyColumn(table, view.search, params));
  if (view.timeRange !== null) {
    const time = timeColumnOf(table, view.timeColumn);
    if (time === null) throw new CasebenchError('filter.invalid', `Table “${table.name}” has no time column, so a time range can't narrow it. Choose a time column or clear the range.`);
    const at = (us: number): string => `make_timestamp(${params.add(bigint(BigInt(us)))})`;
    parts.push(`${sqlColumn(time)} >= ${at(view.timeRange.fromUs)} AND ${sqlColumn(time)} < ${at(view.timeRange.toUs)}`);
  }
  if (view.marked !== null) parts.push(rowIdCondition(view.marked, params));
  return { sql: and(parts), params, hasRegex: view.filters.some((f) => f.op === 'regex' || f.op === 'notRegex') };
};

/** Rows by id, in one text parameter: by far the quickest way to hand over many. */
const rowIdCondition = (rowIds: ArrayLike<number>, params: Params): string =>
  rowIds.length === 0 ? 'false' : `_rid IN (SELECT unnest(CAST(string_split(${params.add(text(Array.prototype.join.call(rowIds, ',')))}, ',') AS BIGINT[])))`;
