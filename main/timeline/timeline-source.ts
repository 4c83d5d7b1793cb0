/**
 * One source of a timeline: a table's view without its own time range, its time column and its group. Times outside the years
 * 1684–2255 (0001-01-01, 1601-01-01, 9999-12-31: "never" in most products) count as no time: they would squash everything else
 * into one bucket.
 */
import type { CaseSession, StoredColumn } from '../case/types.ts';
import type { EngineParsedInput, ViewQuery } from '../contract/index.ts';
import { columnOf, createParams, readFloats, sqlColumn, timeColumnOf, type Selection, type TableEngine } from '../table/index.ts';

export type TimelineSource = {
  readonly index: number;
  readonly view: ViewQuery;
  readonly selection: Selection;
  readonly time: StoredColumn | null;
  readonly group: StoredColumn | null;
};

export const firstUs = -9_007_199_254_740_991;
export const lastUs = 9_007_199_254_740_990;

export const sourceOf = async (engine: TableEngine, session: CaseSession, asked: EngineParsedInput<'timeline.buckets'>['sources'][number], index: number): Promise<TimelineSource> => {
  const table = session.table(asked.view.tableId);
  const time = timeColumnOf(table, asked.view.timeColumn);
  const group = asked.groupBy === null ? null : columnOf(table, asked.groupBy);
  return { index, view: asked.view, time, group, selection: await engine.selection(asked.view, { timeRange: true }) };
};

/** SQL for a time of ours. The numbers are whole and our own. */
export const sqlTime = (us: number): string => `make_timestamp(${us}::BIGINT)`;

export const withinSql = (time: StoredColumn, fromUs: number, toUs: number): string => `${sqlColumn(time)} >= ${sqlTime(fromUs)} AND ${sqlColumn(time)} < ${sqlTime(toUs)}`;

export const paramsOf = (selection: Selection): ReturnType<typeof createParams> => {
  const params = createParams();
  for (const bound of selection.params) params.add(bound);
  return params;
};

export type Extent = { readonly fromUs: number | null; readonly toUs: number | null; readonly noTime: number };

const askExtent = async (engine: TableEngine, { selection, time }: Pick<TimelineSource, 'selection' | 'time'>): Promise<Extent> => {
  const { relation, where, params, deadlineMs } = selection;
  const column = time === null ? null : sqlColumn(time);
  const drawable = time === null ? 'false' : withinSql(time, firstUs, lastUs + 1);
  const bound = (of: 'min' | 'max'): string => (column === null ? 'CAST(NULL AS DOUBLE)' : `CAST(epoch_us(${of}(${column}) FILTER (${drawable})) AS DOUBLE)`);
  const sql = `SELECT ${bound('min')}, ${bound('max')}, CAST(count(*) - count(*) FILTER (${drawable}) AS DOUBLE) FROM ${relation} WHERE ${where}`;
  const chunks = await engine.duck.query(sql, params, { deadlineMs });
  const [from = Number.NaN, to = Number.NaN, noTime = 0] = [0, 1, 2].map((i) => readFloats(chunks, i)[0]);
  const whole = (n: number): number | null => (Number.isNaN(n) ? null : n);
  return { fromUs: whole(from), toUs: whole(to), noTime };
};

/** Panning asks for the same rows again and again. */
const known = new WeakMap<TableEngine, Map<string, Promise<Extent>>>();
const maxKnown = 200;

/** First and last drawable time of the matching rows, and how many rows have none. */
export const extentOf = (engine: TableEngine, source: Pick<TimelineSource, 'selection' | 'time'>): Promise<Extent> => {
  let extents = known.get(engine);
  if (extents === undefined) known.set(engine, (extents = new Map()));
  const key = `${source.time?.name ?? ''}\u0000${source.selection.key}`;
  const before = extents.get(key);
  if (before !== undefined) return before;
  const asked = askExtent(engine, source);
  extents.set(key, asked);
  asked.catch(() => extents.delete(key));
  for (const oldest of extents.keys()) {
    if (extents.size <= maxKnown) break;
    extents.delete(oldest);
  }
  return asked;
};
