/** Columns of a stored table by the name people know, and how each type is written as text for searching. */
import type { StoredColumn, StoredTable } from '../case/types.ts';
import { CasebenchError, type ColumnType } from '../contract/index.ts';
import { nameQuoted } from './quote.ts';

/** Throws `filter.invalid` when the table has no such column. */
export const columnOf = (table: StoredTable, name: string): StoredColumn => {
  const column = table.columns.find((c) => c.name === name);
  if (column !== undefined) return column;
  throw new CasebenchError('filter.invalid', `Table “${table.name}” has no column “${name}”. Nothing was read. Choose one of its columns, or remove the filter that names it.`);
};

/** The asked-for columns in their order, or all of them. */
export const columnsOf = (table: StoredTable, names: readonly string[] | null): StoredColumn[] =>
  names === null ? table.columns : names.map((name) => columnOf(table, name));

/** The column views take time from: the query's, else the table's; null when there is none. Throws `filter.invalid` for another type. */
export const timeColumnOf = (table: StoredTable, asked: string | null): StoredColumn | null => {
  const name = asked ?? table.timeColumn;
  if (name === null) return null;
  const column = columnOf(table, name);
  if (column.type === 'datetime') return column;
  throw new CasebenchError('filter.invalid', `Column “${name}” of table “${table.name}” holds ${column.type} values, not times. Nothing was read. Choose a datetime column.`);
};

export const sqlColumn = (column: StoredColumn): string => nameQuoted(column.physical);

/** SQL for a value as text: what a text filter or a search looks at. Null stays null. */
export const asText = (type: ColumnType, expression: string): string => (type === 'string' || type === 'dynamic' ? expression : `CAST(${expression} AS VARCHAR)`);
