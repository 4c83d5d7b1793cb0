/**
 * Handlers of `mark.*` and `board.*`: resolve which rows are meant, then one command each. Must not write SQL; the case's commands do.
 */
import { randomUUID } from 'node:crypto';
import { packRowIds } from '../case/index.ts';
import type { CaseSession } from '../case/types.ts';
import { CasebenchError, maxMarkedRows } from '../contract/index.ts';
import type { RowSet } from '../contract/index.ts';
import type { DomainHandlers, EngineDeps } from '../engine/types.ts';
import { countMarked, listMarked, listTags } from './read.ts';

export type MarkDeps = Pick<EngineDeps, 'currentCase'> & {
  /** Rows of a view, at most `limit`, ascending. The tables feature knows; it can't be imported here, since it reads marks. */
  rowIdsOf(session: CaseSession, rows: RowSet, limit: number): Promise<Float64Array>;
  newId?(): string;
};

const tooMany = (): CasebenchError =>
  new CasebenchError('limit', `One step marks at most ${maxMarkedRows.toLocaleString('en-US')} rows, and the view has more. Nothing was marked. Narrow the filter or the time range, or mark it in parts.`, { retryable: false });

export const createMarkHandlers = ({ currentCase, rowIdsOf, newId = randomUUID }: MarkDeps): DomainHandlers<'mark' | 'board'> => {
  const resolve = async (session: CaseSession, rows: RowSet): Promise<{ tableId: string; rowIds: Float64Array }> => {
    if ('rowIds' in rows) return { tableId: rows.tableId, rowIds: Float64Array.from(rows.rowIds) };
    const rowIds = await rowIdsOf(session, rows, maxMarkedRows + 1);
    if (rowIds.length > maxMarkedRows) throw tooMany();
    return { tableId: rows.view.tableId, rowIds };
  };
  /** Sets or clears one mark; returns how many rows really changed. */
  const mark = async (rows: RowSet, tag: string | null, on: boolean): Promise<{ rows: number }> => {
    const session = currentCase();
    const { tableId, rowIds } = await resolve(session, rows);
    if (rowIds.length === 0) return { rows: 0 };
    session.table(tableId);
    const before = countMarked(session, tableId, tag);
    const packed = packRowIds(rowIds);
    if (tag === null) session.execute({ kind: 'marks.star', payload: { tableId, rowIds: packed, on } });
    else session.execute({ kind: 'marks.tag', payload: { tableId, rowIds: packed, tag, on } });
    return { rows: Math.abs(countMarked(session, tableId, tag) - before) };
  };
  /** Table of a note, for whoever listens for changes. */
  const tableOfNote = (session: CaseSession, noteId: string): string => {
    const found = session.db.prepare('SELECT case_table.id FROM note JOIN case_table ON case_table.key = note.table_key WHERE note.id = ?').pluck().get(noteId);
    if (typeof found === 'string') return found;
    throw new CasebenchError('notFound', 'That note is no longer in this case. Nothing was changed.', { detail: `note ${noteId}` });
  };

  return {
    'mark.star': ({ rows, on }) => mark(rows, null, on),
    'mark.tag': ({ rows, tag, on }) => mark(rows, tag.normalize('NFC'), on),
    'mark.tags': () => ({ tags: listTags(currentCase()) }),
    'mark.note': ({ tableId, rowId, text }) => {
      const session = currentCase();
      session.table(tableId);
      const noteId = newId();
      session.execute({ kind: 'marks.noteAdd', payload: { noteId, tableId, rowId, text } });
      return { noteId };
    },
    'mark.editNote': ({ noteId, text }) => {
      const session = currentCase();
      session.execute({ kind: 'marks.noteEdit', payload: { noteId, tableId: tableOfNote(session, noteId), text } });
      return {};
    },
    'mark.removeNote': ({ noteId }) => {
      const session = currentCase();
      session.execute({ kind: 'marks.noteRemove', payload: { noteId, tableId: tableOfNote(session, noteId) } });
      return {};
    },
    'mark.list': ({ offset, limit }) => listMarked(currentCase(), offset, limit),
    'board.add': (item) => {
      const id = newId();
      currentCase().execute({ kind: 'board.add', payload: { ...item, id } });
      return { id };
    },
    'board.rename': ({ id, label }) => {
      currentCase().execute({ kind: 'board.rename', payload: { id, label } });
      return {};
    },
    'board.remove': ({ id }) => {
      currentCase().execute({ kind: 'board.remove', payload: { id } });
      return {};
    },
  };
};
