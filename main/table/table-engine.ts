/**
 * The tables of one open case as every feature asks for them: pages, counts, positions, value counts, rows by id, and the condition of
 * a view for features that aggregate. One DuckDB instance per case, made on first use, closed with the case.
 * Owns: what of a view is remembered and when it is forgotten. Must not write the case.
 */
import type { CaseSession, StoredColumn, StoredTable } from '../case/types.ts';
import type { EngineOutput, EngineParsedInput, RowSet, ViewQuery } from '../contract/index.ts';
import { markedRowIds, marksOfRows } from '../mark/index.ts';
import { columnsOf } from './column-of.ts';
import { openDuck, type Duck } from './duck.ts';
import { facetOf } from './facet.ts';
import { conditionOf } from './filter-sql.ts';
import { defaultLimits, regexDeadlineMs, type TableLimits } from './limits.ts';
import { createParams, type Bound } from './params.ts';
import { createRowOrders, orderBy, rowsKey, type OrderedView, type RowOrder, type RowOrders } from './row-order.ts';
import { readRows } from './rows-by-id.ts';
import { createSources, type Source, type Sources } from './sources.ts';

/** Everything another feature needs to write `SELECT … FROM relation WHERE where`. */
export type Selection = {
  readonly table: StoredTable;
  readonly relation: string;
  readonly where: string;
  /** ` ORDER BY …` of the view, or ''. */
  readonly order: string;
  readonly params: readonly Bound[];
  /** The same for the same rows: answers about them may be remembered under it. */
  readonly key: string;
  /** Set when the condition holds a regular expression. */
  readonly deadlineMs: number | undefined;
};

export type TableEngine = {
  readonly duck: Pick<Duck, 'query' | 'stream'>;
  page(input: EngineParsedInput<'table.page'>): Promise<EngineOutput<'table.page'>>;
  count(view: ViewQuery): Promise<EngineOutput<'table.count'>>;
  locate(view: ViewQuery, rowId: number): Promise<number | null>;
  facet(input: EngineParsedInput<'table.facet'>): Promise<EngineOutput<'table.facet'>>;
  /** Ids of the rows meant, ascending for given ids, in the order of the view else; at most `limit`. */
  rowIdsOf(rows: RowSet, limit: number): Promise<Float64Array<ArrayBuffer>>;
  /** The view as a condition. `leaveOut` drops filters or the time range; `only` keeps nothing but these rows (ascending). */
  selection(view: ViewQuery, options?: { leaveOut?: { filter?(column: string): boolean; timeRange?: boolean }; only?: ArrayLike<number> }): Promise<Selection>;
  source(table: StoredTable): Promise<Source>;
  readRows(table: StoredTable, rowIds: ArrayLike<number>, columns: readonly StoredColumn[], options: { maxChars: number | null; originals?: boolean; signal?: AbortSignal }): ReturnType<typeof readRows>;
  /** The view's rows as they are shown. */
  rowOrder(view: ViewQuery, signal?: AbortSignal): Promise<RowOrder>;
  /** Resolves when the native copies under way are made; for tests and benchmarks. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const sliceOf = ({ matched, list }: RowOrder, offset: number, limit: number): Float64Array<ArrayBuffer> => {
  const from = Math.min(offset, matched);
  const to = Math.min(from + limit, matched);
  return list === null ? Float64Array.from({ length: to - from }, (_, i) => from + i) : Float64Array.from(list.subarray(from, to));
};

const createTableEngine = (session: CaseSession, limits: TableLimits): TableEngine => {
  let opened: Promise<{ duck: Duck; sources: Sources; orders: RowOrders }> | null = null;
  let marksRevision = 0;
  const pages = new Map<string, { key: string; abort: AbortController }>();
  const stopListening = session.onChanged((kinds) => {
    if (kinds.has('marks')) marksRevision += 1;
  });

  const open = (): NonNullable<typeof opened> => {
    opened ??= openDuck(session).then((duck) => {
      const sources = createSources(session, duck, limits);
      return { duck, sources, orders: createRowOrders({ duck, sources, limits }) };
    });
    return opened;
  };
  const ordered = (view: ViewQuery): OrderedView => ({
    ...view,
    marked: view.marks === null ? null : markedRowIds(session, view.tableId, view.marks),
    markedKey: view.marks === null ? '' : JSON.stringify([view.marks, marksRevision]),
  });
  /** A page of another view of the same table replaces the one before: whoever changed the filter doesn't wait for the old one. */
  const supersede = (view: ViewQuery): AbortSignal => {
    const key = JSON.stringify({ ...view, sort: view.sort });
    const before = pages.get(view.tableId);
    if (before?.key === key) return before.abort.signal;
    before?.abort.abort();
    const abort = new AbortController();
    pages.set(view.tableId, { key, abort });
    return abort.signal;
  };
  const rowOrder: TableEngine['rowOrder'] = async (view, signal) => (await open()).orders.of(session.table(view.tableId), ordered(view), signal);

  const engine: TableEngine = {
    duck: {
      query: async (...args) => (await open()).duck.query(...args),
      stream: async (...args) => (await open()).duck.stream(...args),
    },
    rowOrder,
    async page({ view, offset, limit, columns, maxTextChars }) {
      const table = session.table(view.tableId);
      const wanted = columnsOf(table, columns);
      const signal = supersede(view);
      const { duck, sources, orders } = await open();
      const order = await orders.head(table, ordered(view), offset + limit, signal);
      const rowIds = sliceOf(order, offset, limit);
      return {
        matched: order.matched,
        of: table.rows,
        offset,
        rowIds,
        columns: await readRows(duck, await sources.of(table), table, rowIds, wanted, { maxChars: maxTextChars, signal }),
        marks: marksOfRows(session, table.id, rowIds),
      };
    },
    async count(view) {
      return { matched: (await rowOrder({ ...view, sort: [] })).matched, of: session.table(view.tableId).rows };
    },
    async locate(view, rowId) {
      const { matched, list } = await rowOrder(view);
      if (list === null) return rowId < matched ? rowId : null;
      const at = list.indexOf(rowId);
      return at < 0 ? null : at;
    },
    facet: (input) => facetOf(engine, input),
    async rowIdsOf(rows, limit) {
      if ('rowIds' in rows) return Float64Array.from(new Set(rows.rowIds)).sort().subarray(0, limit);
      return sliceOf(await rowOrder(rows.view), 0, limit);
    },
    async selection(view, { leaveOut = {}, only } = {}) {
      const table = session.table(view.tableId);
      const { sources } = await open();
      const params = createParams();
      const filters = view.filters.filter((f) => f.op === 'anyContains' || leaveOut.filter?.(f.column) !== true);
      const meant = {
        ...ordered(view), filters, ...(leaveOut.timeRange === true ? { timeRange: null } : {}), ...(only === undefined ? {} : { marked: only, markedKey: 'only' }),
      };
      const { sql, hasRegex } = conditionOf(table, meant, params);
      const { relation } = await sources.of(table);
      return {
        table, relation, where: sql, order: orderBy(table, view.sort), params: params.list, key: rowsKey(table, meant),
        deadlineMs: hasRegex ? regexDeadlineMs(limits, table.rows) : undefined,
      };
    },
    source: async (table) => (await open()).sources.of(table),
    async readRows(table, rowIds, columns, options) {
      const { duck, sources } = await open();
      return readRows(duck, await sources.of(table), table, rowIds, columns, options);
    },
    async settled() {
      if (opened !== null) await (await opened).sources.settled();
    },
    async close() {
      stopListening();
      if (opened === null) return;
      const { duck, sources, orders } = await opened;
      orders.close();
      await sources.close();
      await duck.close();
    },
  };
  return engine;
};

const engines = new WeakMap<CaseSession, TableEngine>();

/** The table engine of an open case; made on first use (when limits may be changed) and closed with the case. */
export const tableEngineOf = (session: CaseSession, changed: Partial<TableLimits> = {}): TableEngine => {
  const known = engines.get(session);
  if (known !== undefined) return known;
  const engine = createTableEngine(session, { ...defaultLimits, ...changed });
  engines.set(session, engine);
  session.own(engine);
  return engine;
};
