/** Keys of every command: press a new combination, take one away, go back to the default. A combination in use elsewhere is named. */
import { focusNow } from '../ui/focus.ts';
import { IconRestore, IconSearch, IconX } from '@tabler/icons-react';
import { useMemo, useState, type KeyboardEvent, type ReactElement } from 'react';
import { conflictsOf, keysOf, keysOfEvent, typesText, type KeyChanges } from '../commands/key-names.ts';
import { useCommands, type Command } from '../commands/registry.ts';
import { matchText } from '../commands/search.ts';
import { onMac } from '../commands/use-keys.ts';
import { changeSettings, useSettings } from '../state/settings-store.ts';
import { notifyError } from '../state/toasts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';

const save = (keys: Record<string, string | null>): void => void changeSettings({ keys }).catch(notifyError);

/** Without the change, the command has its default keys again. */
export const withoutChange = (changes: KeyChanges, id: string): Record<string, string | null> =>
  Object.fromEntries(Object.entries(changes).filter(([changed]) => changed !== id));

const scopes = { global: 'everywhere', grid: 'in grids', timeline: 'in timelines' } as const;

export const KeySettings = (): ReactElement => {
  const commands = useCommands((s) => s.commands);
  const changes = useSettings((s) => s.settings.keys);
  const [search, setSearch] = useState('');
  const [asking, setAsking] = useState<string | null>(null);
  const [pressed, setPressed] = useState<string | null>(null);
  const rows = useMemo(
    () => [...commands.values()].filter((c) => search.trim() === '' || matchText(search, c.label, keysOf(c, changes).join(' ')) !== null).toSorted((a, b) => a.label.localeCompare(b.label, 'en')),
    [commands, search, changes],
  );
  const stop = (): void => {
    setAsking(null);
    setPressed(null);
  };
  const set = (id: string, keys: string): void => {
    // who had the keys loses them; that was said before the analyst agreed
    const taken = Object.fromEntries(conflictsOf(id, keys, commands.values(), changes).map((c) => [c.id, null]));
    save({ ...changes, ...taken, [id]: keys });
    stop();
  };
  return (
    <div className="cb-setting cb-keys-setting">
      <div className="cb-row">
        <h3>Keys</h3>
        <span className="cb-sp" />
        <Button size="small" kind="ghost" icon={IconRestore} disabled={Object.keys(changes).length === 0} onClick={() => save({})}>
          All defaults
        </Button>
      </div>
      <p>Single keys never act in a text field.{onMac ? '' : ' Ctrl is Cmd on macOS.'}</p>
      <label className="cb-in">
        <Icon of={IconSearch} size={13} />
        <input data-autofocus value={search} placeholder="Find a command or key" aria-label="Find a command or key" spellCheck={false} onChange={(e) => setSearch(e.target.value)} />
      </label>
      <ul className="cb-key-list">
        {rows.map((c) => (
          <li key={c.id} className="cb-key-row">
            <span className="cb-el">{c.label}</span>
            <span className="cb-t3">{c.scope === undefined || c.scope === 'global' ? '' : scopes[c.scope]}</span>
            {asking === c.id ? (
              <Asking
                pressed={pressed}
                conflicts={pressed === null ? [] : conflictsOf(c.id, pressed, commands.values(), changes)}
                onPress={setPressed}
                onSet={() => pressed !== null && set(c.id, pressed)}
                onStop={stop}
              />
            ) : (
              <>
                <button type="button" className="cb-key-now" aria-label={`Change keys of ${c.label}`} onClick={() => setAsking(c.id)}>
                  {keysOf(c, changes).length === 0 ? <span className="cb-t3">none</span> : keysOf(c, changes).map((k) => <Keys key={k} of={k} />)}
                </button>
                <span className="cb-row cb-key-acts">
                  {c.id in changes ? (
                    <IconButton size="small" icon={IconRestore} label={`Default keys for ${c.label}`} onClick={() => save(withoutChange(changes, c.id))} />
                  ) : (
                    keysOf(c, changes).length > 0 && <IconButton size="small" iconSize={12} icon={IconX} label={`No keys for ${c.label}`} onClick={() => save({ ...changes, [c.id]: null })} />
                  )}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};

type AskingProps = { pressed: string | null; conflicts: Command[]; onPress(keys: string): void; onSet(): void; onStop(): void };

const Asking = ({ pressed, conflicts, onPress, onSet, onStop }: AskingProps): ReactElement => {
  const onKeyDown = (e: KeyboardEvent): void => {
    e.stopPropagation();
    if (e.key === 'Escape') return onStop();
    if (e.key === 'Enter' && pressed !== null) {
      e.preventDefault();
      return onSet();
    }
    if (e.key === 'Tab' && !e.ctrlKey) return;
    const keys = keysOfEvent(e.nativeEvent, onMac);
    if (keys === '') return;
    e.preventDefault();
    onPress(keys);
  };
  return (
    <span className="cb-key-asking">
      <input readOnly ref={focusNow} className="cb-key-press" aria-label="Press the new keys" value={pressed ?? ''} placeholder="Press the new keys" onKeyDown={onKeyDown} onBlur={(e) => !e.currentTarget.parentElement?.contains(e.relatedTarget) && onStop()} />
      <span className={conflicts.length > 0 ? 'cb-warn cb-f11' : 'cb-t3 cb-f11'} role="status">
        {conflicts.length > 0 ? `Now: ${conflicts.map((c) => c.label).join(', ')}. It would lose these keys.` : pressed !== null && typesText(pressed) ? 'Acts outside text fields only.' : ''}
      </span>
      <Button size="small" kind="primary" disabled={pressed === null} onClick={onSet}>
        Set
      </Button>
    </span>
  );
};
