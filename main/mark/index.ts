/** Stars, tags, notes and the case board: the handlers of `mark.*` and `board.*`, and what tables need to know of marks. */
export { createMarkHandlers } from './handlers.ts';
export type { MarkDeps } from './handlers.ts';
export { markedRowIds, marksOfRow, marksOfRows } from './read.ts';
