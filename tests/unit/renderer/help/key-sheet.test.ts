import { expect, test } from 'vitest';
import { sheetOf } from '../../../../renderer/help/key-sheet.tsx';
import type { Command } from '../../../../renderer/commands/registry.ts';

const command = (id: string, keys: string[], scope?: 'grid'): Command => ({ id, label: id, keys, scope, run: () => undefined });

test('keys stand by area, the active view’s first; commands without keys are not on the sheet', () => {
  const commands = [command('app.palette', ['Ctrl+Shift+P']), command('mark.star', ['S'], 'grid'), command('case.undo', ['Ctrl+Z']), command('case.close', [])];
  expect(sheetOf(commands, {}, 'grid').map(([area]) => area)).toEqual(['Grid', 'Case', 'Casebench']);
  expect(sheetOf(commands, { 'case.undo': 'Alt+U' }, null).find(([area]) => area === 'Case')?.[1]).toEqual([{ label: 'case.undo', keys: ['Alt+U'] }]);
});
