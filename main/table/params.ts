/** Values for a statement's placeholders. The only way a value from outside gets into SQL. */
import { BIGINT, BOOLEAN, DOUBLE, LIST, VARCHAR, listValue, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';

export type Bound = { readonly value: DuckDBValue; readonly type: DuckDBType };

export const text = (value: string): Bound => ({ value, type: VARCHAR });
export const bigint = (value: bigint): Bound => ({ value, type: BIGINT });
export const double = (value: number): Bound => ({ value, type: DOUBLE });
export const bool = (value: boolean): Bound => ({ value, type: BOOLEAN });

export type Params = {
  /** Adds a value and gives its placeholder. */
  add(bound: Bound): string;
  /** One list parameter of values of one type. */
  addList(values: readonly Bound[]): string;
  readonly list: readonly Bound[];
};

export const createParams = (): Params => {
  const list: Bound[] = [];
  const add = (bound: Bound): string => {
    list.push(bound);
    return `$${list.length}`;
  };
  return {
    add,
    addList: (values) => add({ value: listValue(values.map((v) => v.value)), type: LIST(values[0]?.type ?? VARCHAR) }),
    list,
  };
};
