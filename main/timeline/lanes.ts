/** Counts per bucket and group of one source, biggest groups first. Groups beyond the limit are counted, not drawn. */
import type { Scalar } from '../contract/index.ts';
import { numberItems, readScalar, selectedAs, sqlColumn, withinSql, type TableEngine } from '../table/index.ts';
import type { Buckets } from './bucket-width.ts';
import type { TimelineSource } from './timeline-source.ts';

export type Lane = { readonly source: number; readonly key: Scalar; readonly total: number; readonly counts: Float64Array<ArrayBuffer> };
export type Lanes = { readonly lanes: Lane[]; readonly hidden: { readonly lanes: number; readonly events: number } };

/** Longer values name the same lane to the eye. */
export const maxKeyChars = 1_000;

const noLanes: Lanes = { lanes: [], hidden: { lanes: 0, events: 0 } };

export const lanesOf = async (engine: TableEngine, source: TimelineSource, { bucketUs, fromUs, toUs, bins }: Buckets, maxLanes: number): Promise<Lanes> => {
  const { time, group, selection } = source;
  if (time === null) return noLanes;
  const { relation, where, params, deadlineMs } = selection;
  const type = group?.type ?? 'string';
  // whole numbers of our own; the division is on what lies behind the first bucket, so that it never turns negative
  const bucket = `(epoch_us(${sqlColumn(time)}) - (${fromUs})::BIGINT) // (${bucketUs})::BIGINT`;
  const rows = `FROM ${relation} WHERE (${where}) AND ${withinSql(time, fromUs, toUs)}`;
  const sql =
    group === null
      ? `WITH counted AS MATERIALIZED (SELECT ${bucket} AS bucket, count(*) AS amount ${rows} GROUP BY 1)
         SELECT CAST(1 AS DOUBLE), CAST(NULL AS VARCHAR), CAST((SELECT sum(amount) FROM counted) AS DOUBLE), CAST(bucket AS DOUBLE), CAST(amount AS DOUBLE) FROM counted`
      : `WITH counted AS MATERIALIZED (SELECT ${sqlColumn(group)} AS lane_key, ${bucket} AS bucket, count(*) AS amount ${rows} GROUP BY 1, 2),
         totals AS MATERIALIZED (SELECT lane_key, sum(amount) AS total FROM counted GROUP BY 1),
         first_lanes AS MATERIALIZED (SELECT lane_key, total FROM totals ORDER BY total DESC, lane_key NULLS LAST LIMIT ${maxLanes}),
         ranked AS MATERIALIZED (SELECT lane_key, total, row_number() OVER (ORDER BY total DESC, lane_key NULLS LAST) AS place FROM first_lanes)
         SELECT CAST(ranked.place AS DOUBLE), ${selectedAs(type, 'ranked.lane_key', maxKeyChars)}, CAST(ranked.total AS DOUBLE), CAST(counted.bucket AS DOUBLE), CAST(counted.amount AS DOUBLE)
         FROM ranked JOIN counted ON counted.lane_key IS NOT DISTINCT FROM ranked.lane_key
         UNION ALL
         SELECT 0, NULL, CAST((SELECT coalesce(sum(total), 0) FROM totals) - (SELECT coalesce(sum(total), 0) FROM ranked) AS DOUBLE),
           CAST((SELECT count(*) FROM totals) - (SELECT count(*) FROM ranked) AS DOUBLE), 0`;
  const chunks = await engine.duck.query(sql, params, { deadlineMs });
  const lanes: Lane[] = [];
  let hidden = { lanes: 0, events: 0 };
  for (const chunk of chunks) {
    const [places, , totals, buckets, amounts] = [0, 1, 2, 3, 4].map((i) => (i === 1 ? new Uint8Array(0) : numberItems(chunk.getColumnVector(i), chunk.rowCount)));
    for (let i = 0; i < chunk.rowCount; i += 1) {
      const at = (places?.[i] ?? 0) - 1;
      if (at < 0) {
        hidden = { lanes: buckets?.[i] ?? 0, events: totals?.[i] ?? 0 };
        continue;
      }
      const lane = (lanes[at] ??= { source: source.index, key: readScalar(chunk, 1, i, type, maxKeyChars), total: totals?.[i] ?? 0, counts: new Float64Array(bins) });
      lane.counts[buckets?.[i] ?? 0] = amounts?.[i] ?? 0;
    }
  }
  return { lanes, hidden };
};

const laneText = (key: Scalar): string => (key === null ? '' : String(key));

/** By count: biggest first. By name: numbers by size, then texts, no value last. Ties by source, then name. */
export const sortLanes = (lanes: readonly Lane[], order: 'name' | 'count'): Lane[] => {
  const byName = (a: Lane, b: Lane): number => {
    if ((a.key === null) !== (b.key === null)) return a.key === null ? 1 : -1;
    if (typeof a.key === 'number' && typeof b.key === 'number') return a.key - b.key;
    const [x, y] = [laneText(a.key), laneText(b.key)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  return [...lanes].sort((a, b) => (order === 'count' ? b.total - a.total : 0) || byName(a, b) || a.source - b.source);
};

