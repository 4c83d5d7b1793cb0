/**
 * What the rebuilding steps share during one read.
 * Owns: the types. Must not: hold data of a file beyond the read.
 */

import type { Budget } from './limits.ts';
import type { PyObject, PyValue } from './values.ts';
import type { Vector } from './vector.ts';

/** A frame found inside a cell. `plainValues`: one column without labels, written as an array. */
export type NestedTable = { rows: number; columns: { name: string; vector: Vector }[]; plainValues: boolean };

export type Ctx = {
  readonly budget: Budget;
  /** Said once per table, in order. */
  warn(text: string): void;
  /** Any one-dimensional thing (array, index, list) as a column. */
  vectorOf(value: PyValue | undefined): Vector;
  /** Rebuilds a pandas object inside a cell; `depth` is how deep the cell already is. */
  nestedTable(value: PyObject, depth: number): NestedTable;
};
