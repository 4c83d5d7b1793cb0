/** T: tags of the case with a tick each for the picked rows; typing filters or makes a new one. */
import { Modal } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactElement } from 'react';
import { plural } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { useAsked } from '../engine/use-asked.ts';
import { useTags } from '../state/tags.ts';
import { Icon } from '../ui/icon.tsx';
import { setTag } from './mark-actions.ts';
import { closeGridPopover } from './mark-popovers.ts';
import { targetRows } from './target-rows.ts';

type Choice = { name: string; color: number; known: boolean; on: boolean };

export const TagPicker = (): ReactElement | null => {
  const [target] = useState(targetRows);
  const tags = useTags((s) => s.tags);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const first = target !== null && 'rowIds' in target.rows ? target.rows.rowIds[0] : undefined;
  const { data } = useAsked(`${target?.tableId}:${first}`, target === null || first === undefined ? null : () => engine.call('table.row', { tableId: target.tableId, rowId: first }));
  if (target === null) return null;
  const typed = text.trim();
  const choices: Choice[] = tags
    .filter((t) => t.name.toLowerCase().includes(typed.toLowerCase()))
    .map((t) => ({ name: t.name, color: t.color, known: true, on: data?.tags.includes(t.name) ?? false }));
  if (typed !== '' && !tags.some((t) => t.name === typed)) choices.push({ name: typed, color: (tags.length % 8) + 1, known: false, on: false });
  const run = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    closeGridPopover();
    void setTag(choice.name, !choice.on, target);
  };
  const keys = (e: KeyboardEvent): void => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setAt((i) => Math.max(0, Math.min(choices.length - 1, i + (e.key === 'ArrowDown' ? 1 : -1))));
    }
    if (e.key === 'Enter') run(choices[at]);
  };
  return (
    <Modal opened onClose={closeGridPopover} withCloseButton={false} size={320} yOffset="18vh" centered={false} aria-label={`Tag ${plural(target.count, 'row')}`}>
      <div className="cb-picker" role="presentation" onKeyDown={keys}>
        <label className="cb-in">
          <Icon of={IconTag} />
          <input data-autofocus value={text} onChange={(e) => { setText(e.currentTarget.value); setAt(0); }} placeholder={`Tag ${plural(target.count, 'row')}`} aria-label="Tag" maxLength={60} />
        </label>
        <ul role="listbox" aria-label="Tags">
          {choices.map((c, i) => (
            <li key={c.name} role="option" aria-selected={i === at}>
              <button type="button" className={i === at ? 'cb-menu-item cb-menu-on' : 'cb-menu-item'} onMouseEnter={() => setAt(i)} onClick={() => run(c)}>
                <span className="cb-swatch" style={{ background: `var(--c${c.color})` }} />
                <span className="cb-el">{c.known ? c.name : `New tag “${c.name}”`}</span>
                {c.on && <span className="cb-t3 cb-end">take off</span>}
              </button>
            </li>
          ))}
        </ul>
        {choices.length === 0 && <p className="cb-facet-note">No tag yet. Type a name and press Enter.</p>}
      </div>
    </Modal>
  );
};
