/**
 * Everything a person can do, by name: the palette lists it, the keyboard runs it, menus and buttons call it. A command that
 * can't run now stays listed with its reason.
 */
import { create } from 'zustand';
import type { ComponentType } from 'react';

export type Scope = 'global' | 'grid' | 'timeline';
export type Command = {
  /** `area.verb`; also the key under which a changed shortcut is saved. */
  readonly id: string;
  readonly label: string;
  /** Shown in grey after the label, e.g. "of SecurityEvent". */
  context?(): string;
  readonly icon?: ComponentType<{ size?: number | string; stroke?: number | string }>;
  /** Default keys, e.g. `Ctrl+Shift+P`, `S`, `Alt+ArrowLeft`. Ctrl stands for Cmd on macOS. */
  readonly keys?: string[];
  /** Keys act only while a view of this kind is active. */
  readonly scope?: Scope;
  /** Works while a text field has the focus (combinations with Ctrl or Alt only). */
  readonly inText?: boolean;
  /** True, or why it can't run now. */
  when?(): true | string;
  run(): void | Promise<void>;
};

type CommandState = { commands: ReadonlyMap<string, Command> };
export const useCommands = create<CommandState>(() => ({ commands: new Map() }));

/** Adds commands; the returned function takes them away again. */
export const registerCommands = (...commands: Command[]): (() => void) => {
  useCommands.setState((s) => ({ commands: new Map([...s.commands, ...commands.map((c) => [c.id, c] as const)]) }));
  return () =>
    useCommands.setState((s) => ({
      commands: new Map([...s.commands].filter(([id, c]) => !commands.some((mine) => mine.id === id && mine === c))),
    }));
};

export const runCommand = (id: string): void => {
  const command = useCommands.getState().commands.get(id);
  if (command !== undefined && (command.when?.() ?? true) === true) void command.run();
};
