/**
 * Stars and tags on rows. Inverses hold exactly the rows that changed, with the time each mark was set, so that undo brings
 * back the same order as before. Up to 200,000 rows a command: one prepared statement per step, no objects per row.
 */
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { CasebenchError, micros, rowId, tagName } from '../../contract/index.ts';
import { packedCount as rowCount, packRowIds, unpackRowIds as unpack } from '../row-ids.ts';
import type { Command } from '../types.ts';
import { unchanged } from '../types.ts';
import { countOf, defineCommand, quoted, touchesMarks } from './define.ts';
import { markWriter } from './mark-writer.ts';

const rowIds = z.union([z.array(rowId).max(1_000_000), z.string().max(20_000_000)]);

const target = (db: Database, tableId: string, ids: Float64Array): number => {
  const table = db.prepare('SELECT key, rows FROM case_table WHERE id = ?').get(tableId) as { key: number; rows: number } | undefined;
  if (table === undefined) throw new CasebenchError('notFound', 'That table is not in this case. Nothing was marked.', { detail: `table ${tableId}` });
  if ((ids.at(-1) ?? -1) >= table.rows) {
    throw new CasebenchError('input.invalid', `The table has ${countOf(table.rows, 'row')}, and a row beyond them was to be marked. Nothing was marked.`);
  }
  return table.key;
};

const restoreOf = (tableId: string, tag: string | null, removed: Map<number, number[]>): Command => ({
  kind: 'marks.restore',
  payload: { tableId, tag, groups: [...removed].map(([atUs, ids]) => ({ atUs, rowIds: packRowIds(ids) })) },
});

const setMark = (db: Database, tableId: string, ids: Float64Array, tag: string | null, on: boolean, nowUs: number): Command => {
  const key = target(db, tableId, ids);
  const writer = markWriter(db, key, tag);
  if (on) {
    const changed = ids.filter((id) => writer.set(id, nowUs));
    if (changed.length === 0) return unchanged;
    const rows = packRowIds(changed);
    return tag === null
      ? { kind: 'marks.star', payload: { tableId, rowIds: rows, on: false } }
      : { kind: 'marks.tag', payload: { tableId, rowIds: rows, tag, on: false } };
  }
  const removed = new Map<number, number[]>();
  for (const id of ids) {
    const atUs = writer.clear(id);
    if (atUs === null) continue;
    const group = removed.get(atUs);
    if (group === undefined) removed.set(atUs, [id]);
    else group.push(id);
  }
  return removed.size === 0 ? unchanged : restoreOf(tableId, tag, removed);
};

export const marksStar = defineCommand({
  kind: 'marks.star',
  payload: z.strictObject({ tableId: z.string(), rowIds, on: z.boolean() }),
  label: ({ rowIds: rows, on }) => (on ? `Star ${countOf(rowCount(rows), 'row')}` : `Remove star from ${countOf(rowCount(rows), 'row')}`),
  touches: ({ tableId }) => touchesMarks(tableId),
  apply: (db, { tableId, rowIds: rows, on }, { nowUs }) => setMark(db, tableId, unpack(rows), null, on, nowUs),
});

export const marksTag = defineCommand({
  kind: 'marks.tag',
  payload: z.strictObject({ tableId: z.string(), rowIds, tag: tagName, on: z.boolean() }),
  label: ({ rowIds: rows, tag, on }) => `${on ? 'Tag' : 'Untag'} ${countOf(rowCount(rows), 'row')} ${quoted(tag)}`,
  touches: ({ tableId }) => touchesMarks(tableId),
  apply: (db, { tableId, rowIds: rows, tag, on }, { nowUs }) => setMark(db, tableId, unpack(rows), tag.normalize('NFC'), on, nowUs),
});

/** Only as an inverse: puts marks back with the times they had. `tag` null: stars. */
export const marksRestore = defineCommand({
  kind: 'marks.restore',
  payload: z.strictObject({ tableId: z.string(), tag: tagName.nullable(), groups: z.array(z.strictObject({ atUs: micros, rowIds })) }),
  label: ({ groups }) => `Bring back marks of ${countOf(groups.reduce((sum, group) => sum + rowCount(group.rowIds), 0), 'row')}`,
  touches: ({ tableId }) => touchesMarks(tableId),
  apply: (db, { tableId, tag, groups }) => {
    const changed: number[] = [];
    for (const group of groups) {
      const ids = unpack(group.rowIds);
      const writer = markWriter(db, target(db, tableId, ids), tag);
      for (const id of ids) if (writer.set(id, group.atUs)) changed.push(id);
    }
    if (changed.length === 0) return unchanged;
    const rows = packRowIds(changed);
    return tag === null
      ? { kind: 'marks.star', payload: { tableId, rowIds: rows, on: false } }
      : { kind: 'marks.tag', payload: { tableId, rowIds: rows, tag, on: false } };
  },
});
