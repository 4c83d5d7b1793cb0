/**
 * Which rows a view shows and in which order: worked out once per view and kept as a list of row ids, so that any page is a slice.
 * Owns: the lists, their bound, and giving up work nobody waits for any more.
 * Order: the sort keys, then the order of the evidence; nulls stand last in both directions, so that turning a sort round shows values.
 */
import type { StoredTable } from '../case/types.ts';
import { ridColumn } from '../case/types.ts';
import type { ViewQuery } from '../contract/index.ts';
import { CasebenchError } from '../contract/index.ts';
import { columnOf, sqlColumn } from './column-of.ts';
import type { Duck } from './duck.ts';
import { conditionOf } from './filter-sql.ts';
import { regexDeadlineMs, type TableLimits } from './limits.ts';
import { createParams } from './params.ts';
import { nameQuoted } from './quote.ts';
import { readFloats, rowCountOf } from './read-columns.ts';
import type { Sources } from './sources.ts';
import { numberItems } from './vector-items.ts';

/** Row ids fit 32 bits in any table a person opens; longer ones get doubles. */
export type RowList = Uint32Array | Float64Array;

/** The rows of a view. `list` null: all rows in the order of the evidence. */
export type RowOrder = { readonly matched: number; readonly list: RowList | null };

export type OrderedView = Pick<ViewQuery, 'filters' | 'search' | 'timeRange' | 'timeColumn' | 'sort'> & {
  /** Rows that carry the wanted marks, ascending; null when the view doesn't ask for marks. */
  readonly marked: ArrayLike<number> | null;
  /** Tells one state of the marks from another. */
  readonly markedKey: string;
};

/** The same for views of the same rows, whatever their order. */
export const rowsKey = (table: StoredTable, v: OrderedView): string =>
  JSON.stringify([table.id, v.filters, v.search, v.timeRange, v.timeRange === null ? null : (v.timeColumn ?? table.timeColumn), v.markedKey]);

const keyOf = (table: StoredTable, v: OrderedView): string => `${rowsKey(table, v)}${JSON.stringify(v.sort)}`;

const rid = nameQuoted(ridColumn);

export const orderBy = (table: StoredTable, sort: ViewQuery['sort']): string =>
  sort.length === 0 ? '' : ` ORDER BY ${[...sort.map((s) => `${sqlColumn(columnOf(table, s.column))} ${s.dir === 'desc' ? 'DESC' : 'ASC'} NULLS LAST`), rid].join(', ')}`;

const isAscending = (list: RowList): boolean => {
  for (let i = 1; i < list.length; i += 1) if ((list[i] ?? 0) < (list[i - 1] ?? 0)) return false;
  return true;
};

type RowLimits = Pick<TableLimits, 'headFromRows' | 'headRows' | 'maxListBytes' | 'regexBaseMs'>;
type Asking = { readonly duck: Duck; readonly sources: Sources; readonly limits: RowLimits };

const askRows = async ({ duck, sources, limits }: Asking, table: StoredTable, view: OrderedView, limit: number | null, signal?: AbortSignal): Promise<RowList> => {
  const params = createParams();
  const condition = conditionOf(table, view, params);
  const { relation } = await sources.of(table);
  const small = table.rows <= 0xffff_ffff;
  const sql = `SELECT CAST(${rid} AS ${small ? 'UINTEGER' : 'DOUBLE'}) FROM ${relation} WHERE ${condition.sql}${orderBy(table, view.sort)}${limit === null ? '' : ` LIMIT ${limit}`}`;
  const chunks = await duck.query(sql, params.list, { signal, ...(condition.hasRegex ? { deadlineMs: regexDeadlineMs(limits, table.rows) } : {}) });
  if (!small) return readFloats(chunks, 0);
  const list = new Uint32Array(rowCountOf(chunks));
  let at = 0;
  for (const chunk of chunks) {
    list.set(numberItems(chunk.getColumnVector(0), chunk.rowCount), at);
    at += chunk.rowCount;
  }
  return list;
};

export type RowOrders = {
  /** The whole order of a view; worked out once while it is remembered. */
  of(table: StoredTable, view: OrderedView, signal?: AbortSignal): Promise<RowOrder>;
  /** At least the first `upTo` rows, and the count: for a big sorted view much sooner than the whole order, which then follows. */
  head(table: StoredTable, view: OrderedView, upTo: number, signal?: AbortSignal): Promise<RowOrder>;
  close(): void;
};

type Work = { readonly tableId: string; readonly promise: Promise<RowOrder>; readonly abort: AbortController; waiters: number; ahead: boolean };

const maxHeads = 20;

const superseded = (): CasebenchError => new CasebenchError('cancelled', 'A newer request took the place of this one. Nothing was changed.', { retryable: true });

export const createRowOrders = (asking: Asking): RowOrders => {
  const { headFromRows, headRows, maxListBytes } = asking.limits;
  /** Both in the order of their last use. */
  const kept = new Map<string, RowOrder>();
  const heads = new Map<string, RowOrder>();
  const working = new Map<string, Work>();
  let keptBytes = 0;
  let closed = false;

  const keep = (key: string, order: RowOrder): void => {
    if (closed) return;
    kept.set(key, order);
    heads.delete(key);
    keptBytes += order.list?.byteLength ?? 0;
    for (const [oldest, { list }] of kept) {
      if (keptBytes <= maxListBytes || oldest === key) break;
      kept.delete(oldest);
      keptBytes -= list?.byteLength ?? 0;
    }
  };
  const known = (key: string): RowOrder | undefined => {
    const order = kept.get(key);
    if (order === undefined) return undefined;
    kept.delete(key);
    kept.set(key, order);
    return order;
  };

  const whole = async (table: StoredTable, view: OrderedView, signal: AbortSignal): Promise<RowOrder> => {
    const everything = view.filters.length === 0 && view.search === '' && view.timeRange === null && view.marked === null;
    if (everything && view.sort.length === 0) return { matched: table.rows, list: null };
    const list = await askRows(asking, table, view, null, signal);
    // DuckDB keeps the order of the file by itself; were it ever not to, the list must still be right
    if (view.sort.length === 0 && !isAscending(list)) list.sort();
    return { matched: list.length, list };
  };

  /** `ahead`: goes on although nobody waits. */
  const start = (table: StoredTable, view: OrderedView, key: string, ahead: boolean): Work => {
    const abort = new AbortController();
    const promise = whole(table, view, abort.signal).finally(() => working.delete(key));
    const work: Work = { tableId: table.id, promise, abort, waiters: 0, ahead };
    working.set(key, work);
    promise.then((order) => keep(key, order)).catch(() => undefined); // whoever waits is told by `join`
    return work;
  };

  /** Waits for shared work; the last one to leave stops it. */
  const join = (work: Work, signal: AbortSignal | undefined): Promise<RowOrder> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(superseded());
      const leave = (): void => {
        signal?.removeEventListener('abort', onAbort);
        work.waiters -= 1;
      };
      const onAbort = (): void => {
        leave();
        if (work.waiters === 0 && !work.ahead) work.abort.abort();
        reject(superseded());
      };
      work.waiters += 1;
      signal?.addEventListener('abort', onAbort);
      work.promise.then(resolve, reject).finally(leave);
    });

  const of: RowOrders['of'] = (table, view, signal) => {
    const key = keyOf(table, view);
    const order = known(key);
    return order === undefined ? join(working.get(key) ?? start(table, view, key, false), signal) : Promise.resolve(order);
  };
  /** A sort worked out ahead for a view that is no longer looked at only takes time from the one that is. */
  const dropAhead = (tableId: string, key: string): void => {
    for (const [other, work] of working) if (other !== key && work.tableId === tableId && work.ahead && work.waiters === 0) work.abort.abort();
  };

  return {
    of,
    async head(table, view, upTo, signal) {
      const key = keyOf(table, view);
      dropAhead(table.id, key);
      const order = known(key) ?? heads.get(key);
      if (order !== undefined && (order.list === null || order.list.length >= Math.min(upTo, order.matched))) return order;
      if (view.sort.length === 0 || upTo > headRows || table.rows < headFromRows || working.has(key)) return of(table, view, signal);
      const { matched } = await of(table, { ...view, sort: [] }, signal);
      if (matched < headFromRows) return of(table, view, signal);
      const first = { matched, list: await askRows(asking, table, view, headRows, signal) };
      if (kept.has(key) || closed) return first;
      heads.set(key, first);
      for (const oldest of heads.keys()) {
        if (heads.size <= maxHeads) break;
        heads.delete(oldest);
      }
      if (!working.has(key)) start(table, view, key, true);
      return first;
    },
    close() {
      closed = true;
      for (const work of working.values()) work.abort.abort();
      kept.clear();
      heads.clear();
    },
  };
};
