/**
 * One source of a timeline: a table's view without its own time range, its time column and its group.
 */
import type { CaseSession, StoredColumn } from '../case/types.ts';
import type { EngineParsedInput, ViewQuery } from '../contract/index.ts';
import { columnOf, timeColumnOf, type Selection, type TableEngine } from '../table/index.ts';

export type TimelineSource = {
  readonly index: number;
  readonly view: ViewQuery;
  readonly selection: Selection;
  readonly time: StoredColumn | null;
  readonly group: StoredColumn | null;
};

export const sourceOf = async (engine: TableEngine, session: CaseSession, asked: EngineParsedInput<'timeline.buckets'>['sources'][number], index: number): Promise<TimelineSource> => {
  const table = session.table(asked.view.tableId);
  const time = timeColumnOf(table, asked.view.timeColumn);
  const group = asked.groupBy === null ? null : columnOf(table, asked.groupBy);
  return { index, view: asked.view, time, group, selection: await engine.selection(asked.view, { leaveOut: { timeRange: true } }) };
};
