/** What an analyst puts on evidence: stars, tags, notes, the case board. All are commands with an inverse. */
import { z } from 'zod';
import { call, done } from './define.ts';
import { rowSet } from './table.ts';
import { id, micros, rowId } from './values.ts';

export const tagName = z.string().trim().min(1).max(60);

export const tagInfo = z.strictObject({
  name: tagName,
  /** Categorical colour 1–8 of the design tokens, kept for the life of the case. */
  color: z.number().int().min(1).max(8),
  rows: z.number().int(),
});
export type TagInfo = z.infer<typeof tagInfo>;

export const boardItem = z.strictObject({
  id,
  kind: z.enum(['row', 'value', 'view', 'table', 'note']),
  label: z.string().min(1).max(300),
  /** JSON that only the view that made it reads. */
  payload: z.string().max(200_000),
  createdUs: micros,
});
export type BoardItem = z.infer<typeof boardItem>;

export const markedRow = z.strictObject({
  tableId: id,
  rowId,
  starred: z.boolean(),
  tags: z.array(z.string()),
  notes: z.array(z.strictObject({ id, text: z.string(), createdUs: micros, editedUs: micros.nullable() })),
});

/** How many rows one mark command may touch; beyond it the call fails with `limit` and changes nothing. */
export const maxMarkedRows = 200_000;
const changed = z.strictObject({ rows: z.number().int() });

export const markOps = {
  'mark.star': call(z.strictObject({ rows: rowSet, on: z.boolean() }), changed),
  'mark.tag': call(z.strictObject({ rows: rowSet, tag: tagName, on: z.boolean() }), changed),
  'mark.tags': call(z.strictObject({}), z.strictObject({ tags: z.array(tagInfo) })),
  'mark.note': call(z.strictObject({ tableId: id, rowId, text: z.string().min(1).max(100_000) }), z.strictObject({ noteId: id })),
  'mark.editNote': call(z.strictObject({ noteId: id, text: z.string().min(1).max(100_000) }), done),
  'mark.removeNote': call(z.strictObject({ noteId: id }), done),
  /** Marked rows of all tables, newest mark first. */
  'mark.list': call(
    z.strictObject({ offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(1_000).default(200) }),
    z.strictObject({ rows: z.array(markedRow), total: z.number().int() }),
  ),
  'board.add': call(boardItem.omit({ id: true, createdUs: true }), z.strictObject({ id })),
  'board.rename': call(z.strictObject({ id, label: z.string().min(1).max(300) }), done),
  'board.remove': call(z.strictObject({ id }), done),
} as const;
