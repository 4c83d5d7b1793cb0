/** Notes on one row: read, add, edit, remove; each change can be undone. */
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import type { RowDetail } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { addNote } from '../grid/index.ts';
import { undo } from '../shell/case-actions.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { useTime } from '../state/use-time.ts';
import { Button, IconButton } from '../ui/button.tsx';

type Note = RowDetail['notes'][number];

export const RowNotes = ({ row, readOnly }: { row: RowDetail; readOnly: boolean }): ReactElement => {
  const [text, setText] = useState('');
  const save = async (): Promise<void> => {
    if (text.trim() !== '' && (await addNote(row.tableId, row.rowId, text.trim()))) setText('');
  };
  return (
    <div className="cb-notes">
      {row.notes.map((note) => (
        <NoteItem key={note.id} note={note} readOnly={readOnly} />
      ))}
      {row.notes.length === 0 && <p className="cb-t3">No note on this row yet.</p>}
      {!readOnly && (
        <>
          <textarea className="cb-textarea" rows={3} aria-label="New note" placeholder="Write a note. Ctrl+Enter saves." value={text} onChange={(e) => setText(e.currentTarget.value)} onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && void save()} />
          <Button size="small" disabled={text.trim() === ''} onClick={() => void save()}>Add note</Button>
        </>
      )}
    </div>
  );
};

const NoteItem = ({ note, readOnly }: { note: Note; readOnly: boolean }): ReactElement => {
  const time = useTime();
  const [draft, setDraft] = useState<string | null>(null);
  const run = async (work: Promise<unknown>, said: string): Promise<void> => {
    try {
      await work;
      setDraft(null);
      notify(said, { label: 'Undo', run: () => void undo() });
    } catch (thrown) {
      notifyError(thrown);
    }
  };
  if (draft !== null) {
    return (
      <div className="cb-note">
        <textarea className="cb-textarea" rows={4} aria-label="Note" value={draft} autoFocus onChange={(e) => setDraft(e.currentTarget.value)} />
        <div className="cb-note-acts">
          <Button size="small" kind="primary" disabled={draft.trim() === ''} onClick={() => void run(engine.call('mark.editNote', { noteId: note.id, text: draft.trim() }), 'Note changed.')}>Save</Button>
          <Button size="small" kind="ghost" onClick={() => setDraft(null)}>Cancel</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="cb-note">
      <p>{note.text}</p>
      <div className="cb-note-foot">
        <span>{time.format(note.createdUs, 'second')}{note.editedUs !== null && ', edited'}</span>
        {!readOnly && (
          <span className="cb-end">
            <IconButton size="small" icon={IconPencil} label="Edit note" onClick={() => setDraft(note.text)} />
            <IconButton size="small" icon={IconTrash} label="Remove note" onClick={() => void run(engine.call('mark.removeNote', { noteId: note.id }), 'Note removed.')} />
          </span>
        )}
      </div>
    </div>
  );
};
