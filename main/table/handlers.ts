/** Handlers of `table.*` and `sql.*`: each asks the open case's table engine; changes go through the case's commands. */
import type { DomainHandlers, EngineDeps } from '../engine/types.ts';
import { tableEngineOf } from './table-engine.ts';

export const createTableHandlers = ({ currentCase }: EngineDeps): Pick<DomainHandlers<'table' | 'sql'>, 'table.page' | 'table.count' | 'table.locate' | 'table.facet' | 'table.rename' | 'table.remove'> => {
  const engine = (): ReturnType<typeof tableEngineOf> => tableEngineOf(currentCase());
  return {
    'table.page': (input) => engine().page(input),
    'table.count': ({ view }) => engine().count(view),
    'table.locate': async ({ view, rowId }) => ({ offset: await engine().locate(view, rowId) }),
    'table.facet': (input) => engine().facet(input),
    'table.rename': ({ tableId, name }) => {
      currentCase().execute({ kind: 'table.rename', payload: { tableId, name } });
      return {};
    },
    'table.remove': ({ tableId }) => {
      currentCase().execute({ kind: 'table.hide', payload: { tableId } });
      return {};
    },
  };
};
