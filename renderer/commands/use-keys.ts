/** The keyboard joined to the registry, the settings and the active view; and what keys a command has, for menus and tooltips. */
import { useActiveView } from '../state/active-view.ts';
import { useSettings } from '../state/settings-store.ts';
import { keysOf } from './key-names.ts';
import { listenForKeys, type KeyboardDeps } from './keyboard.ts';
import { runCommand, useCommands } from './registry.ts';

export const onMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);

const deps: KeyboardDeps = {
  commands: () => useCommands.getState().commands.values(),
  changes: () => useSettings.getState().settings.keys,
  activeKind: () => useActiveView.getState().active?.kind ?? null,
  dialogOpen: () => document.querySelector('[aria-modal="true"]') !== null,
  mac: onMac,
};

/** For the main window and every popped-out one. */
export const attachKeyboard = (target: Window): (() => void) => listenForKeys(target, deps, runCommand);

/** First key of a command as it is now, null when it has none. */
export const useKeysOf = (id: string): string | null => {
  const changes = useSettings((s) => s.settings.keys);
  return useCommands((s) => {
    const command = s.commands.get(id);
    return command === undefined ? null : (keysOf(command, changes)[0] ?? null);
  });
};
