/**
 * How filters change: keep a value, leave one out, toggle it in a facet. One `in` and one `notIn` filter per column, so that chips stay
 * few. Pure.
 */
import type { Filter, Scalar } from '../../main/contract/index.ts';

type ListFilter = Extract<Filter, { op: 'in' | 'notIn' }>;
const isList = (f: Filter, op: 'in' | 'notIn', column: string): f is ListFilter => f.op === op && (f as ListFilter).column === column;

export const listOf = (filters: readonly Filter[], op: 'in' | 'notIn', column: string): readonly Scalar[] =>
  filters.find((f): f is ListFilter => isList(f, op, column))?.values ?? [];

const withList = (filters: readonly Filter[], op: 'in' | 'notIn', column: string, values: readonly Scalar[]): Filter[] => {
  const at = filters.findIndex((f) => isList(f, op, column));
  const next: Filter = { op, column, values: [...values] };
  if (values.length === 0) return filters.filter((_, i) => i !== at);
  return at < 0 ? [...filters, next] : filters.map((f, i) => (i === at ? next : f));
};

const without = (values: readonly Scalar[], value: Scalar): Scalar[] => values.filter((v) => v !== value);

/** Only rows with this value stay: replaces what was kept before. */
export const keepOnly = (filters: readonly Filter[], column: string, value: Scalar): Filter[] => {
  const cleaned = withList(filters, 'notIn', column, without(listOf(filters, 'notIn', column), value));
  return withList(cleaned, 'in', column, [value]);
};

/** Adds the value to those kept, or takes it away again. */
export const toggleKept = (filters: readonly Filter[], column: string, value: Scalar): Filter[] => {
  const kept = listOf(filters, 'in', column);
  const cleaned = withList(filters, 'notIn', column, without(listOf(filters, 'notIn', column), value));
  return withList(cleaned, 'in', column, kept.includes(value) ? without(kept, value) : [...kept, value]);
};

export const toggleLeftOut = (filters: readonly Filter[], column: string, value: Scalar): Filter[] => {
  const out = listOf(filters, 'notIn', column);
  const cleaned = withList(filters, 'in', column, without(listOf(filters, 'in', column), value));
  return withList(cleaned, 'notIn', column, out.includes(value) ? without(out, value) : [...out, value]);
};

export const removeFilter = (filters: readonly Filter[], index: number): Filter[] => filters.filter((_, i) => i !== index);
export const replaceFilter = (filters: readonly Filter[], index: number, next: Filter): Filter[] => filters.map((f, i) => (i === index ? next : f));

/** Is the column narrowed by any filter? */
export const isFiltered = (filters: readonly Filter[], column: string): boolean => filters.some((f) => 'column' in f && f.column === column);
