/**
 * First and last time of a view's rows, and how many rows have none. Times outside the years 1684–2255 (0001-01-01, 1601-01-01,
 * 9999-12-31: "never" in most products) count as none: on an axis they would squash everything else into one point, and beyond ±2^53
 * a number can't tell microseconds apart.
 */
import type { StoredColumn } from '../case/types.ts';
import { sqlColumn } from './column-of.ts';
import { readFloats } from './read-columns.ts';
import type { Selection, TableEngine } from './table-engine.ts';

const firstDrawableUs = -9_007_199_254_740_991;
const lastDrawableUs = 9_007_199_254_740_990;

/** Rows whose time lies in a range, its end excluded. The bounds are whole numbers of our own. */
export const withinSql = (time: StoredColumn, fromUs: number, toUs: number): string => {
  const column = sqlColumn(time);
  return `${column} >= make_timestamp(${fromUs}::BIGINT) AND ${column} < make_timestamp(${toUs}::BIGINT)`;
};

export type Extent = { readonly fromUs: number | null; readonly toUs: number | null; readonly noTime: number };

type Asked = { readonly selection: Selection; readonly time: StoredColumn | null };

const askExtent = async (engine: TableEngine, { selection, time }: Asked): Promise<Extent> => {
  const { relation, where, params, deadlineMs } = selection;
  const column = time === null ? null : sqlColumn(time);
  const drawable = time === null ? 'false' : withinSql(time, firstDrawableUs, lastDrawableUs + 1);
  const bound = (of: 'min' | 'max'): string => (column === null ? 'CAST(NULL AS DOUBLE)' : `CAST(epoch_us(${of}(${column}) FILTER (${drawable})) AS DOUBLE)`);
  const sql = `SELECT ${bound('min')}, ${bound('max')}, CAST(count(*) - count(*) FILTER (${drawable}) AS DOUBLE) FROM ${relation} WHERE ${where}`;
  const chunks = await engine.duck.query(sql, params, { deadlineMs });
  const [from = Number.NaN, to = Number.NaN, noTime = 0] = [0, 1, 2].map((i) => readFloats(chunks, i)[0]);
  const whole = (n: number): number | null => (Number.isNaN(n) ? null : n);
  return { fromUs: whole(from), toUs: whole(to), noTime };
};

/** Panning a timeline asks for the same rows again and again. */
const known = new WeakMap<TableEngine, Map<string, Promise<Extent>>>();
const maxKnown = 200;

export const extentOf = (engine: TableEngine, asked: Asked): Promise<Extent> => {
  let extents = known.get(engine);
  if (extents === undefined) known.set(engine, (extents = new Map()));
  const key = `${asked.time?.name ?? ''}\u0000${asked.selection.key}`;
  const before = extents.get(key);
  if (before !== undefined) return before;
  const answer = askExtent(engine, asked);
  extents.set(key, answer);
  answer.catch(() => extents.delete(key));
  for (const oldest of extents.keys()) {
    if (extents.size <= maxKnown) break;
    extents.delete(oldest);
  }
  return answer;
};
