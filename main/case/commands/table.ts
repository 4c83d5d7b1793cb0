/** What can be changed about a table without touching its file: its name, whether it is in sight, its time column. */
import { z } from 'zod';
import { CasebenchError, columnName, micros } from '../../contract/index.ts';
import { unchanged } from '../types.ts';
import { defineCommand, quoted, tableKey, touchesTables } from './define.ts';

export const tableRename = defineCommand({
  kind: 'table.rename',
  payload: z.strictObject({ tableId: z.string(), name: z.string().trim().min(1).max(200) }),
  label: ({ name }) => `Rename table to ${quoted(name)}`,
  touches: ({ tableId }) => touchesTables(tableId),
  apply: (db, { tableId, name }) => {
    const key = tableKey(db, tableId);
    const before = String(db.prepare('SELECT name FROM case_table WHERE key = ?').pluck().get(key));
    if (before === name) return unchanged;
    const taken = db.prepare('SELECT 1 FROM case_table WHERE key <> ? AND hidden = 0 AND lower(name) = lower(?)').get(key, name);
    if (taken !== undefined) {
      throw new CasebenchError('input.invalid', `Another table is already named ${quoted(name)}. Nothing was renamed. Choose another name.`);
    }
    db.prepare('UPDATE case_table SET name = ? WHERE key = ?').run(name, key);
    return { kind: 'table.rename', payload: { tableId, name: before } };
  },
});

const tableVisibility = (kind: string, otherKind: string, hidden: 0 | 1, label: string) =>
  defineCommand({
    kind,
    payload: z.strictObject({ tableId: z.string() }),
    label: () => label,
    touches: ({ tableId }) => touchesTables(tableId),
    apply: (db, { tableId }) => {
      const key = tableKey(db, tableId);
      const changes = db.prepare('UPDATE case_table SET hidden = ? WHERE key = ? AND hidden <> ?').run(hidden, key, hidden).changes;
      return changes === 0 ? unchanged : { kind: otherKind, payload: { tableId } };
    },
  });

export const tableHide = tableVisibility('table.hide', 'table.show', 1, 'Remove table');
export const tableShow = tableVisibility('table.show', 'table.hide', 0, 'Bring back table');

export const tableSetTimeColumn = defineCommand({
  kind: 'table.setTimeColumn',
  payload: z.strictObject({ tableId: z.string(), column: columnName.nullable(), fromUs: micros.nullable(), toUs: micros.nullable() }),
  label: ({ column }) => (column === null ? 'Use no time column' : `Use ${quoted(column)} for time`),
  touches: ({ tableId }) => touchesTables(tableId),
  apply: (db, { tableId, column, fromUs, toUs }) => {
    const key = tableKey(db, tableId);
    const before = db.prepare('SELECT time_column AS "column", from_us AS fromUs, to_us AS toUs FROM case_table WHERE key = ?').get(key) as {
      column: string | null;
      fromUs: number | null;
      toUs: number | null;
    };
    if (before.column === column && before.fromUs === fromUs && before.toUs === toUs) return unchanged;
    db.prepare('UPDATE case_table SET time_column = ?, from_us = ?, to_us = ? WHERE key = ?').run(column, fromUs, toUs, key);
    return { kind: 'table.setTimeColumn', payload: { tableId, ...before } };
  },
});
