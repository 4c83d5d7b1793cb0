import { afterEach, expect, test, vi } from 'vitest';
import { commandOfPress, isTextField, listenForKeys, type KeyboardDeps } from '../../../../renderer/commands/keyboard.ts';
import type { Command } from '../../../../renderer/commands/registry.ts';

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({ id, label: id, keys, run: () => undefined, ...more });
const commands = [
  command('star', ['S'], { scope: 'grid' }),
  command('palette', ['Ctrl+Shift+P'], { inText: true }),
  command('undo', ['Ctrl+Z']),
  command('sheet', ['?']),
  command('find', ['Ctrl+F']),
  command('grid.find', ['Ctrl+F'], { scope: 'grid' }),
  command('help', ['F1'], { inText: true }),
];
const deps = (more: Partial<KeyboardDeps> = {}): KeyboardDeps => ({ commands: () => commands, changes: () => ({}), activeKind: () => 'grid', dialogOpen: () => false, mac: false, ...more });

const press = (key: string, target: EventTarget = document.body, held: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held });
  Object.defineProperty(event, 'target', { value: target });
  return event;
};
const field = (html: string): HTMLElement => {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
};
afterEach(() => document.body.replaceChildren());

test('a single key runs its command, but never in a text field', () => {
  expect(commandOfPress(press('s'), deps())?.id).toBe('star');
  expect(commandOfPress(press('s', field('<input>')), deps())).toBeNull();
  expect(commandOfPress(press('s', field('<textarea></textarea>')), deps())).toBeNull();
  expect(commandOfPress(press('?', field('<input>'), { shiftKey: true }), deps())).toBeNull();
});

test('check boxes and buttons are no text fields', () => {
  expect(isTextField(field('<input type="checkbox">'))).toBe(false);
  expect(isTextField(field('<button></button>'))).toBe(false);
  expect(isTextField(field('<input type="search">'))).toBe(true);
  expect(isTextField(null)).toBe(false);
});

test('in a text field only commands meant for it act: undo stays the field’s own', () => {
  const input = field('<input>');
  expect(commandOfPress(press('P', input, { ctrlKey: true, shiftKey: true }), deps())?.id).toBe('palette');
  expect(commandOfPress(press('F1', input), deps())?.id).toBe('help');
  expect(commandOfPress(press('z', input, { ctrlKey: true }), deps())).toBeNull();
  expect(commandOfPress(press('z', document.body, { ctrlKey: true }), deps())?.id).toBe('undo');
});

test('scoped keys act only while their view is active, and win over global ones there', () => {
  expect(commandOfPress(press('s'), deps({ activeKind: () => 'timeline' }))).toBeNull();
  expect(commandOfPress(press('f', document.body, { ctrlKey: true }), deps())?.id).toBe('grid.find');
  expect(commandOfPress(press('f', document.body, { ctrlKey: true }), deps({ activeKind: () => null }))?.id).toBe('find');
});

test('behind an open dialog only commands that also work in text act', () => {
  const open = deps({ dialogOpen: () => true });
  expect(commandOfPress(press('s'), open)).toBeNull();
  expect(commandOfPress(press('z', document.body, { ctrlKey: true }), open)).toBeNull();
  expect(commandOfPress(press('P', document.body, { ctrlKey: true, shiftKey: true }), open)?.id).toBe('palette');
});

test('changed keys act instead of the default ones', () => {
  const changed = deps({ changes: () => ({ undo: 'Ctrl+U', star: null }) });
  expect(commandOfPress(press('u', document.body, { ctrlKey: true }), changed)?.id).toBe('undo');
  expect(commandOfPress(press('z', document.body, { ctrlKey: true }), changed)).toBeNull();
  expect(commandOfPress(press('s'), changed)).toBeNull();
});

test('a press that something else has answered, or that composes a character, is left alone', () => {
  const answered = press('s');
  answered.preventDefault();
  expect(commandOfPress(answered, deps())).toBeNull();
  expect(commandOfPress(press('s', document.body, { isComposing: true }), deps())).toBeNull();
});

test('a window is listened to until it is let go', () => {
  const run = vi.fn<(id: string) => void>();
  const end = listenForKeys(window, deps(), run);
  const event = new KeyboardEvent('keydown', { key: 's', bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  expect(run).toHaveBeenCalledExactlyOnceWith('star');
  expect(event.defaultPrevented).toBe(true);
  end();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true }));
  expect(run).toHaveBeenCalledTimes(1);
});
