/** The case board: findings an analyst keeps in sight. */
import { z } from 'zod';
import type { Database } from 'better-sqlite3';
import { boardItem, CasebenchError, id, micros } from '../../contract/index.ts';
import type { BoardItem } from '../../contract/index.ts';
import { unchanged } from '../types.ts';
import type { Touched } from '../types.ts';
import { defineCommand, quoted } from './define.ts';

const touched: Touched = { kinds: ['board'], tableIds: [] };
const label = boardItem.shape.label;

const itemOf = (db: Database, itemId: string): BoardItem => {
  const found = db.prepare('SELECT id, kind, label, payload, created_us AS createdUs FROM board WHERE id = ?').get(itemId) as BoardItem | undefined;
  if (found === undefined) throw new CasebenchError('notFound', 'That item is no longer on the case board. Nothing was changed.', { detail: `board item ${itemId}` });
  return found;
};

export const boardAdd = defineCommand({
  kind: 'board.add',
  payload: boardItem.omit({ createdUs: true }).extend({ createdUs: micros.optional() }),
  label: (item) => `Add ${quoted(item.label)} to the case board`,
  touches: () => touched,
  apply: (db, item, { nowUs }) => {
    db.prepare('INSERT INTO board (id, kind, label, payload, created_us) VALUES (?, ?, ?, ?, ?)').run(item.id, item.kind, item.label, item.payload, item.createdUs ?? nowUs);
    return { kind: 'board.remove', payload: { id: item.id } };
  },
});

export const boardRename = defineCommand({
  kind: 'board.rename',
  payload: z.strictObject({ id, label }),
  label: (item) => `Rename board item to ${quoted(item.label)}`,
  touches: () => touched,
  apply: (db, item) => {
    const before = itemOf(db, item.id);
    if (before.label === item.label) return unchanged;
    db.prepare('UPDATE board SET label = ? WHERE id = ?').run(item.label, item.id);
    return { kind: 'board.rename', payload: { id: item.id, label: before.label } };
  },
});

export const boardRemove = defineCommand({
  kind: 'board.remove',
  payload: z.strictObject({ id }),
  label: () => 'Remove from the case board',
  touches: () => touched,
  apply: (db, item) => {
    const before = itemOf(db, item.id);
    db.prepare('DELETE FROM board WHERE id = ?').run(item.id);
    return { kind: 'board.add', payload: before };
  },
});
