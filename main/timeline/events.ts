/** Single events of the drawn lanes, ordered by time, with the columns a hover shows. Asked for only when they fit. */
import type { ColumnData, EngineOutput } from '../contract/index.ts';
import { readColumn, readFloats, readScalars, selected, sqlColumn, withinSql, type TableEngine } from '../table/index.ts';
import type { Buckets } from './bucket-width.ts';
import { maxKeyChars, type Lane } from './lanes.ts';
import type { TimelineSource } from './timeline-source.ts';

type Events = NonNullable<EngineOutput<'timeline.buckets'>['events']>;
type SourceEvents = { us: Float64Array; rowIds: Float64Array; lane: Int32Array; hover: ColumnData[] };

const maxHoverChars = 300;

const sourceEvents = async (engine: TableEngine, source: TimelineSource, { fromUs, toUs }: Buckets, lanes: readonly Lane[], hover: readonly string[]): Promise<SourceEvents> => {
  const { time, group, selection } = source;
  const { table, relation, where, params, deadlineMs } = selection;
  const shown = hover.flatMap((name) => table.columns.filter((c) => c.name === name));
  if (time === null) return { us: new Float64Array(0), rowIds: new Float64Array(0), lane: new Int32Array(0), hover: shown.map((c) => readColumn([], 0, c, maxHoverChars)) };
  const list = [
    `CAST(epoch_us(${sqlColumn(time)}) AS DOUBLE)`,
    'CAST(_rid AS DOUBLE)',
    group === null ? 'CAST(NULL AS VARCHAR)' : selected(group, maxKeyChars),
    ...shown.map((c) => selected(c, maxHoverChars)),
  ];
  const sql = `SELECT ${list.join(', ')} FROM ${relation} WHERE (${where}) AND ${withinSql(time, fromUs, toUs)} ORDER BY ${sqlColumn(time)}, _rid`;
  const chunks = await engine.duck.query(sql, params, { deadlineMs });
  const keys = readScalars(chunks, 2, group?.type ?? 'string', maxKeyChars);
  const laneOf = new Map(lanes.flatMap((l, i) => (l.source === source.index ? [[l.key, i] as const] : [])));
  return {
    us: readFloats(chunks, 0),
    rowIds: readFloats(chunks, 1),
    lane: Int32Array.from(keys, (key) => laneOf.get(key) ?? -1),
    hover: shown.map((c, i) => readColumn(chunks, i + 3, c, maxHoverChars)),
  };
};

/** The rows of a column that are kept, in their order. */
const kept = (column: ColumnData, keep: readonly number[]): ColumnData => {
  const flags = (from: Uint8Array | null): Uint8Array<ArrayBuffer> | null => (from === null ? null : Uint8Array.from(keep, (i) => from[i] ?? 0));
  return column.kind === 'text'
    ? { ...column, values: keep.map((i) => column.values[i] ?? null), cut: flags(column.cut) }
    : { ...column, values: Float64Array.from(keep, (i) => column.values[i] ?? 0), nulls: flags(column.nulls) };
};

/** Events of groups that aren't drawn are left out, as their bars are. */
export const eventsOf = async (engine: TableEngine, sources: readonly TimelineSource[], buckets: Buckets, lanes: readonly Lane[], hover: readonly string[]): Promise<Events> => {
  const parts = await Promise.all(sources.map((s) => sourceEvents(engine, s, buckets, lanes, hover)));
  const drawn = parts.map((p) => Array.from(p.lane.keys()).filter((i) => (p.lane[i] ?? -1) >= 0));
  const all = drawn.flatMap((rows, part) => rows.map((row) => ({ part, row, us: parts[part]?.us[row] ?? 0 })));
  all.sort((a, b) => a.us - b.us || a.part - b.part || a.row - b.row);
  return {
    lane: Uint32Array.from(all, (e) => parts[e.part]?.lane[e.row] ?? 0),
    us: Float64Array.from(all, (e) => e.us),
    rowIds: Float64Array.from(all, (e) => parts[e.part]?.rowIds[e.row] ?? 0),
    hover: parts.map((p, part) => p.hover.map((column) => kept(column, drawn[part] ?? []))),
  };
};
