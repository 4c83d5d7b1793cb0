/** Opens the case a verb works on and closes it whatever happens; finds the table a person names. */
import path from 'node:path';
import { openCase, type OpenSession, type StoredTable } from '../case/index.ts';
import { CasebenchError } from '../contract/index.ts';
import type { CliIo } from './io.ts';

export const casePath = (io: CliIo, given: string): string => path.resolve(io.cwd, given);

/** Reading verbs open read-only: they never take the lock from a window and never change a byte. */
export const withCase = async <T>(io: CliIo, folder: string, mode: 'read' | 'write', work: (session: OpenSession) => Promise<T>): Promise<T> => {
  const session = await openCase(casePath(io, folder), { clock: io.clock, homeDir: io.homeDir, readOnly: mode === 'read' });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
};

/** By name, else by name without regard to case, else by id. Throws `notFound`, naming the tables there are. */
export const tableNamed = (session: OpenSession, name: string): StoredTable => {
  const tables = session.tables();
  const found = tables.find((t) => t.name === name) ?? tables.find((t) => t.name.toLowerCase() === name.toLowerCase()) ?? tables.find((t) => t.id === name);
  if (found !== undefined) return found;
  const names = tables.slice(0, 20).map((t) => `“${t.name}”`).join(', ');
  throw new CasebenchError('notFound', `This case has no table “${name}”. Nothing was read. ${tables.length === 0 ? 'It has no tables yet: import evidence first.' : `Its tables: ${names}${tables.length > 20 ? ' and more' : ''}.`}`);
};

/** The shape scripts get for a table. */
export const tableJson = (table: StoredTable) => ({
  name: table.name,
  rows: table.rows,
  rejected: table.rejected,
  kind: table.kind,
  timeColumn: table.timeColumn,
  columns: table.columns.map(({ name, type }) => ({ name, type })),
});
