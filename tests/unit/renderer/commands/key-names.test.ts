import { describe, expect, test } from 'vitest';
import { conflictsOf, keysOf, keysOfEvent, normaliseKeys, typesText, type KeyPress } from '../../../../renderer/commands/key-names.ts';
import type { Command } from '../../../../renderer/commands/registry.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
const command = (id: string, keys: string[], scope?: 'grid' | 'timeline'): Command => ({ id, label: id, keys, scope, run: () => undefined });

describe('the name of a press', () => {
  test.each([
    [press('s'), 'S'],
    [press('S', { shiftKey: true }), 'Shift+S'],
    [press('?', { shiftKey: true }), '?'],
    [press('+', { shiftKey: true }), '+'],
    [press('P', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+P'],
    [press('\\', { ctrlKey: true }), 'Ctrl+\\'],
    [press('ArrowLeft', { altKey: true }), 'Alt+ArrowLeft'],
    [press('F6', { shiftKey: true }), 'Shift+F6'],
    [press(' '), 'Space'],
    [press('Shift', { shiftKey: true }), ''],
    [press('Dead'), ''],
  ])('%o is %s', (event, name) => expect(keysOfEvent(event, false)).toBe(name));

  test('Cmd stands for Ctrl on macOS, and Ctrl alone does not', () => {
    expect(keysOfEvent(press('z', { metaKey: true }), true)).toBe('Ctrl+Z');
    expect(keysOfEvent(press('z', { ctrlKey: true }), true)).toBe('Z');
  });

  test('a letter that ⌥ turns into a symbol keeps its name, a layout of its own is respected', () => {
    expect(keysOfEvent(press('†', { altKey: true, code: 'KeyT' }), true)).toBe('Alt+T');
    expect(keysOfEvent(press('q', { ctrlKey: true, code: 'KeyA' }), false)).toBe('Ctrl+Q');
  });
});

test('written keys are put in one order', () => {
  expect(normaliseKeys('shift+ctrl+p')).toBe('Ctrl+Shift+P');
  expect(normaliseKeys('Ctrl++')).toBe('Ctrl++');
  expect(normaliseKeys('alt+ArrowLeft')).toBe('Alt+ArrowLeft');
});

test('only keys without Ctrl or Alt type text; F-keys do not', () => {
  expect(['S', '?', 'Shift+F', 'Enter'].map(typesText)).toEqual([true, true, true, true]);
  expect(['Ctrl+S', 'Alt+T', 'F1', 'Shift+F6'].map(typesText)).toEqual([false, false, false, false]);
});

test('a change replaces all default keys, null takes them away', () => {
  const redo = command('case.redo', ['Ctrl+Shift+Z', 'Ctrl+Y']);
  expect(keysOf(redo, {})).toEqual(['Ctrl+Shift+Z', 'Ctrl+Y']);
  expect(keysOf(redo, { 'case.redo': 'alt+y' })).toEqual(['Alt+Y']);
  expect(keysOf(redo, { 'case.redo': null })).toEqual([]);
});

test('keys conflict within a place and with global ones, not between two views', () => {
  const all = [command('a', ['Ctrl+A']), command('g', ['S'], 'grid'), command('t', ['S'], 'timeline')];
  expect(conflictsOf('t', 'S', all, {})).toEqual([]);
  expect(conflictsOf('a', 's', all, {}).map((c) => c.id)).toEqual(['g', 't']);
  expect(conflictsOf('g', 'Ctrl+A', all, {}).map((c) => c.id)).toEqual(['a']);
  expect(conflictsOf('g', 'Ctrl+A', all, { a: null })).toEqual([]);
});
