import { beforeEach, expect, test } from 'vitest';
import { CasebenchError } from '../../../../main/contract/index.ts';
import { dismissToast, notify, notifyError, useToasts } from '../../../../renderer/state/toasts.ts';

const texts = (): string[] => useToasts.getState().toasts.map((t) => t.text);
const undo = { label: 'Undo', run: () => undefined };
beforeEach(() => useToasts.setState({ toasts: [] }));

test('only the newest change offers Undo: an older button would take back something else than it says', () => {
  notify('Starred 1 row.', undo);
  notify('Copied.');
  notify('Tagged 1 row.', undo);
  expect(texts()).toEqual(['Copied.', 'Tagged 1 row.']);
});

test('a failure does not push the Undo away, and stays until dismissed', () => {
  notify('Tagged 1 row.', undo);
  notifyError(new CasebenchError('disk.full', 'The disk is full.'));
  expect(texts()).toEqual(['Tagged 1 row.', 'The disk is full.']);
  dismissToast(useToasts.getState().toasts[1]?.id ?? 0);
  expect(texts()).toEqual(['Tagged 1 row.']);
});

test('what the analyst cancelled is no failure', () => {
  notifyError(new CasebenchError('cancelled', 'Cancelled.'));
  expect(texts()).toEqual([]);
});
