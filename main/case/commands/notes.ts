/** Notes on rows. A note keeps its id, its row and the time it was first written through edits, removal and undo. */
import { z } from 'zod';
import type { Database } from 'better-sqlite3';
import { CasebenchError, id, micros, rowId } from '../../contract/index.ts';
import { unchanged } from '../types.ts';
import { countNote } from './mark-writer.ts';
import { defineCommand, quoted, touchesMarks } from './define.ts';

const text = z.string().min(1).max(100_000);

type NoteRow = { key: number; tableKey: number; tableId: string; rowId: number; text: string; createdUs: number; editedUs: number | null };
const noteOf = (db: Database, noteId: string): NoteRow => {
  const found = db
    .prepare(
      `SELECT note.key, table_key AS tableKey, case_table.id AS tableId, row_id AS rowId, text, note.created_us AS createdUs, edited_us AS editedUs
       FROM note JOIN case_table ON case_table.key = note.table_key WHERE note.id = ?`,
    )
    .get(noteId) as NoteRow | undefined;
  if (found === undefined) throw new CasebenchError('notFound', 'That note is no longer in this case. Nothing was changed.', { detail: `note ${noteId}` });
  return found;
};

export const noteAdd = defineCommand({
  kind: 'marks.noteAdd',
  payload: z.strictObject({ noteId: id, tableId: z.string(), rowId, text, createdUs: micros.optional(), editedUs: micros.nullable().optional() }),
  label: (note) => `Add note ${quoted(note.text)}`,
  touches: ({ tableId }) => touchesMarks(tableId),
  apply: (db, note, { nowUs }) => {
    const table = db.prepare('SELECT key, rows FROM case_table WHERE id = ?').get(note.tableId) as { key: number; rows: number } | undefined;
    if (table === undefined || note.rowId >= table.rows) {
      throw new CasebenchError('notFound', 'That row is not in this case. The note was not added.', { detail: `table ${note.tableId} row ${note.rowId}` });
    }
    db.prepare('INSERT INTO note (id, table_key, row_id, text, created_us, edited_us) VALUES (?, ?, ?, ?, ?, ?)').run(
      note.noteId,
      table.key,
      note.rowId,
      note.text,
      note.createdUs ?? nowUs,
      note.editedUs ?? null,
    );
    countNote(db, table.key, note.rowId, 1);
    return { kind: 'marks.noteRemove', payload: { noteId: note.noteId, tableId: note.tableId } };
  },
});

export const noteEdit = defineCommand({
  kind: 'marks.noteEdit',
  payload: z.strictObject({
    noteId: id,
    tableId: z.string(),
    text,
    /** Absent: now. Null: as if never edited (an undo of the first edit). */
    editedUs: micros.nullable().optional(),
  }),
  label: (note) => `Edit note ${quoted(note.text)}`,
  touches: ({ tableId }) => touchesMarks(tableId),
  apply: (db, { noteId, text: newText, editedUs }, { nowUs }) => {
    const before = noteOf(db, noteId);
    if (before.text === newText && editedUs === undefined) return unchanged;
    db.prepare('UPDATE note SET text = ?, edited_us = ? WHERE key = ?').run(newText, editedUs === undefined ? nowUs : editedUs, before.key);
    countNote(db, before.tableKey, before.rowId, 0);
    return { kind: 'marks.noteEdit', payload: { noteId, tableId: before.tableId, text: before.text, editedUs: before.editedUs } };
  },
});

export const noteRemove = defineCommand({
  kind: 'marks.noteRemove',
  payload: z.strictObject({ noteId: id, tableId: z.string() }),
  label: () => 'Remove note',
  touches: ({ tableId }) => touchesMarks(tableId),
  apply: (db, { noteId }) => {
    const before = noteOf(db, noteId);
    db.prepare('DELETE FROM note WHERE key = ?').run(before.key);
    countNote(db, before.tableKey, before.rowId, -1);
    const { tableId, rowId: row, text: oldText, createdUs, editedUs } = before;
    return { kind: 'marks.noteAdd', payload: { noteId, tableId, rowId: row, text: oldText, createdUs, editedUs } };
  },
});
