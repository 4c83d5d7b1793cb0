/**
 * Key combinations as text: `Ctrl+Shift+P`, `S`, `?`, `Alt+ArrowLeft`. Ctrl stands for Cmd on macOS. Pure: from a keyboard event to that
 * text, and which keys a command has after the analyst's changes.
 */
import type { Command } from './registry.ts';

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const modifierKeys = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified']);

/** The name of the key itself: letters in capitals, the physical letter where a modifier would turn it into a symbol (macOS ⌥). */
const keyName = (e: KeyPress): string => {
  if (e.key === ' ') return 'Space';
  if (e.key.length > 1) return e.key;
  if (/^[a-z]$/i.test(e.key)) return e.key.toUpperCase();
  const physical = /^Key([A-Z])$/.exec(e.code)?.[1];
  return physical !== undefined && (e.altKey || e.ctrlKey || e.metaKey) && e.key.charCodeAt(0) > 126 ? physical : e.key;
};

/** The combination pressed, '' for a modifier alone. */
export const keysOfEvent = (e: KeyPress, mac: boolean): string => {
  if (modifierKeys.has(e.key)) return '';
  const key = keyName(e);
  const ctrl = mac ? e.metaKey : e.ctrlKey;
  // Shift is part of what `?` or `+` is; it counts only with letters, digits, named keys or another modifier
  const shiftCounts = e.shiftKey && (key.length > 1 || /[A-Z0-9]/.test(key) || ctrl || e.altKey);
  return `${ctrl ? 'Ctrl+' : ''}${e.altKey ? 'Alt+' : ''}${shiftCounts ? 'Shift+' : ''}${key}`;
};

/** `ctrl+shift+p` as this file writes it: order Ctrl, Alt, Shift, then the key. */
export const normaliseKeys = (keys: string): string => {
  const parts = keys.split(/\+(?=.)/);
  const key = parts.at(-1) ?? '';
  const has = (name: string): boolean => parts.slice(0, -1).some((p) => p.toLowerCase() === name);
  return `${has('ctrl') ? 'Ctrl+' : ''}${has('alt') ? 'Alt+' : ''}${has('shift') ? 'Shift+' : ''}${key.length === 1 ? key.toUpperCase() : key}`;
};

/** Changed keys by command id; null takes the key away. */
export type KeyChanges = Readonly<Record<string, string | null>>;

export const keysOf = (command: Command, changes: KeyChanges): string[] => {
  const changed = changes[command.id];
  if (changed === null) return [];
  return changed === undefined ? (command.keys ?? []).map(normaliseKeys) : [normaliseKeys(changed)];
};

/** Without Ctrl or Alt a key belongs to whoever types; F-keys don't type. */
export const typesText = (keys: string): boolean => !/^(Ctrl\+|Alt\+)/.test(keys) && !/(^|\+)F\d{1,2}$/.test(keys);

/** Commands that would answer the same keys in the same place. */
export const conflictsOf = (id: string, keys: string, commands: Iterable<Command>, changes: KeyChanges): Command[] => {
  const all = [...commands];
  const scope = all.find((c) => c.id === id)?.scope ?? 'global';
  const wanted = normaliseKeys(keys);
  return all.filter((c) => {
    const other = c.scope ?? 'global';
    return c.id !== id && (other === scope || other === 'global' || scope === 'global') && keysOf(c, changes).includes(wanted);
  });
};
