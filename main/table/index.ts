/** Tables of an open case: pages, counts, rows, value counts, copies, exports, read-only SQL. */
export { createTableHandlers } from './handlers.ts';
export { columnOf, columnsOf, sqlColumn, timeColumnOf } from './column-of.ts';
export { readColumn, readFloats, readScalar, readScalars, selected, selectedAs } from './read-columns.ts';
export { exportView } from './export.ts';
export { createDelimitedWriter, jsonValue } from './row-text.ts';
export { extentOf, withinSql, type Extent } from './time-extent.ts';
export { numberItems } from './vector-items.ts';
export { rowsWhere, runSql } from './sql-run.ts';
export { tableEngineOf } from './table-engine.ts';
export type { Selection, TableEngine } from './table-engine.ts';
