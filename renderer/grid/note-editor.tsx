/** N: a note on the row in focus. What is typed is a draft in the case until saved, so that it survives a kill. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { engine } from '../engine/bridge.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import { addNote } from './mark-actions.ts';
import { closeGridPopover } from './mark-popovers.ts';

const saveDelayMs = 200;

export const NoteEditor = ({ tableId, rowId }: { tableId: string; rowId: number }): ReactElement => {
  const key = `draft:note:${tableId}:${rowId}`;
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    void engine.call('view.load', { key }).then(({ json }) => {
      const draft: unknown = json === null ? null : JSON.parse(json);
      if (typeof draft === 'string') setText((now) => (now === '' ? draft : now));
    }, () => undefined);
    return () => clearTimeout(timer.current);
  }, [key]);
  const keep = (json: string | null): void => void engine.call('view.save', { key, json }).catch(() => undefined);
  const type = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => keep(JSON.stringify(next)), saveDelayMs);
  };
  const save = async (): Promise<void> => {
    if (text.trim() === '') return;
    clearTimeout(timer.current);
    if (!(await addNote(tableId, rowId, text.trim()))) return;
    keep(null);
    closeGridPopover();
  };
  return (
    <Dialog
      title={`Note on row ${(rowId + 1).toLocaleString('en-US')}`}
      width={480}
      onClose={closeGridPopover}
      foot={
        <>
          <span className="cb-t3 cb-f11">A draft is kept while you type.</span>
          <span className="cb-sp" />
          <Button kind="ghost" onClick={closeGridPopover}>Close</Button>
          <Button kind="primary" disabled={text.trim() === ''} onClick={() => void save()}>
            Save note <Keys of="Ctrl+Enter" />
          </Button>
        </>
      }
    >
      <div className="cb-note-body">
        <textarea data-autofocus className="cb-textarea" rows={7} aria-label="Note" placeholder="What does this row show?" value={text} onChange={(e) => type(e.currentTarget.value)} onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && void save()} />
      </div>
    </Dialog>
  );
};
