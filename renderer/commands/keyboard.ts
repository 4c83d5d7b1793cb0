/**
 * From a key press to the command it runs. Single keys never act in a text field; commands of the active view win over global ones;
 * while a dialog is open only commands that also work in text fields act. Owns no keys: defaults stand with the commands, changes in
 * the settings.
 */
import { keysOf, keysOfEvent, typesText, type KeyChanges, type KeyPress } from './key-names.ts';
import type { Command } from './registry.ts';

export type KeyboardDeps = {
  commands(): Iterable<Command>;
  changes(): KeyChanges;
  /** Kind of the active view, which scoped keys belong to. */
  activeKind(): string | null;
  dialogOpen(): boolean;
  mac: boolean;
};

type PressEvent = KeyPress & { target: EventTarget | null; isComposing: boolean; defaultPrevented: boolean };

/** Duck-typed, since a popped-out view's elements belong to another window. */
export const isTextField = (target: EventTarget | null): boolean => {
  if (target === null || !('tagName' in target)) return false;
  const element = target as HTMLElement;
  if (element.isContentEditable || element.tagName === 'TEXTAREA') return true;
  return element.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'range', 'color', 'file', 'submit'].includes((element as HTMLInputElement).type);
};

/** The command a press runs, or null. A command that can't run now still takes its key, so that nothing else answers it. */
export const commandOfPress = (e: PressEvent, deps: KeyboardDeps): Command | null => {
  if (e.defaultPrevented || e.isComposing) return null;
  const pressed = keysOfEvent(e, deps.mac);
  if (pressed === '') return null;
  const inText = isTextField(e.target);
  const kind = deps.activeKind();
  let global: Command | null = null;
  for (const command of deps.commands()) {
    const scope = command.scope ?? 'global';
    if (scope !== 'global' && scope !== kind) continue;
    if (!keysOf(command, deps.changes()).includes(pressed)) continue;
    if (inText && (command.inText !== true || typesText(pressed))) continue;
    if (deps.dialogOpen() && command.inText !== true) continue;
    if (scope !== 'global') return command;
    global ??= command;
  }
  return global;
};

/** Listens on a window (the main one, or that of a popped-out view) until the returned function is called. */
export const listenForKeys = (target: Window, deps: KeyboardDeps, run: (id: string) => void): (() => void) => {
  const onKeyDown = (e: KeyboardEvent): void => {
    const command = commandOfPress(e, deps);
    if (command === null) return;
    e.preventDefault();
    run(command.id);
  };
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
};
