import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerCommands } from '../../../../renderer/commands/registry.ts';
import { engine } from '../../../../renderer/engine/bridge.ts';
import { KeySettings, withoutChange } from '../../../../renderer/settings/key-settings.tsx';
import { useSettings } from '../../../../renderer/state/settings-store.ts';
import { settings } from '../../../../main/contract/index.ts';

let end: () => void;
beforeEach(() => {
  useSettings.setState({ settings: settings.parse({}), loaded: true });
  vi.spyOn(engine, 'call').mockImplementation((async (_op: string, patch: object) => ({ ...useSettings.getState().settings, ...patch })) as never);
  end = registerCommands({ id: 'a.undo', label: 'Undo', keys: ['Ctrl+Z'], run: () => undefined }, { id: 'a.star', label: 'Star', keys: ['S'], scope: 'grid', run: () => undefined });
});
afterEach(() => {
  cleanup();
  end();
});
const show = (): void => void render(<MantineProvider><KeySettings /></MantineProvider>);

test('keys in use elsewhere are named before they are taken', () => {
  show();
  fireEvent.click(screen.getByRole('button', { name: 'Change keys of Star' }));
  fireEvent.keyDown(screen.getByLabelText('Press the new keys'), { key: 'z', ctrlKey: true });
  expect(screen.getByText(/Now: Undo/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Set' }));
  expect(useSettings.getState().settings.keys).toEqual({ 'a.star': 'Ctrl+Z', 'a.undo': null });
  const undo = screen.getByRole('button', { name: 'Change keys of Undo' });
  expect(within(undo).getByText('none')).toBeTruthy();
});

test('Esc leaves the keys as they were', () => {
  show();
  fireEvent.click(screen.getByRole('button', { name: 'Change keys of Star' }));
  fireEvent.keyDown(screen.getByLabelText('Press the new keys'), { key: 'q' });
  fireEvent.keyDown(screen.getByLabelText('Press the new keys'), { key: 'Escape' });
  expect(useSettings.getState().settings.keys).toEqual({});
});

test('going back to the default forgets the change of that command only', () => {
  expect(withoutChange({ a: 'X', b: null }, 'a')).toEqual({ b: null });
});
