/** Handlers of `table.*` and `sql.*`: each asks the open case's table engine; changes go through the case's commands. */
import path from 'node:path';
import type { DomainHandlers, EngineDeps } from '../engine/types.ts';
import { timeColumnOf } from './column-of.ts';
import { copyRows } from './copy.ts';
import { exportView } from './export.ts';
import { rowDetail } from './row-detail.ts';
import { runSql } from './sql-run.ts';
import { tableEngineOf } from './table-engine.ts';
import { extentOf } from './time-extent.ts';
import { viewQuery } from '../contract/index.ts';

/** A person waits for the answer: a longer query has to be narrowed. */
const sqlDeadlineMs = 30_000;

export type TableDeps = Pick<EngineDeps, 'clock' | 'currentCase' | 'resolveHandle'>;

export const createTableHandlers = ({ clock, currentCase, resolveHandle }: TableDeps): DomainHandlers<'table' | 'sql'> => {
  const engine = (): ReturnType<typeof tableEngineOf> => tableEngineOf(currentCase());
  return {
    'table.page': (input) => engine().page(input),
    'table.count': ({ view }) => engine().count(view),
    'table.row': ({ tableId, rowId }) => rowDetail(engine(), currentCase(), tableId, rowId),
    'table.locate': async ({ view, rowId }) => ({ offset: await engine().locate(view, rowId) }),
    'table.facet': (input) => engine().facet(input),
    'table.copy': (input) => copyRows(engine(), currentCase(), input),
    'table.export': {
      label: ({ view, saveHandle }) => `Exporting ${currentCase().table(view.tableId).name} to ${path.basename(resolveHandle(saveHandle, 'write'))}`,
      run: ({ saveHandle, ...input }, job) => exportView(engine(), currentCase(), { ...input, path: resolveHandle(saveHandle, 'write') }, job),
    },
    'table.rename': ({ tableId, name }) => {
      currentCase().execute({ kind: 'table.rename', payload: { tableId, name } });
      return {};
    },
    'table.remove': ({ tableId }) => {
      currentCase().execute({ kind: 'table.hide', payload: { tableId } });
      return {};
    },
    'table.setTimeColumn': async ({ tableId, column }) => {
      const session = currentCase();
      const table = session.table(tableId);
      const time = column === null ? null : timeColumnOf(table, column);
      const extent = time === null ? null : await extentOf(engine(), { selection: await engine().selection(viewQuery.parse({ tableId })), time });
      session.execute({ kind: 'table.setTimeColumn', payload: { tableId, column, fromUs: extent?.fromUs ?? null, toUs: extent?.toUs ?? null } });
      return {};
    },
    'sql.run': async ({ sql, limit }) => {
      const session = currentCase();
      const started = clock.monotonicMs();
      const answer = await runSql(tableEngineOf(session), session, sql, { maxRows: limit, deadlineMs: sqlDeadlineMs });
      return { ...answer, elapsedMs: clock.monotonicMs() - started };
    },
  };
};
