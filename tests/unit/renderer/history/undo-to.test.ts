import { expect, test } from 'vitest';
import type { LogEntry } from '../../../../main/contract/index.ts';
import { stepsBackTo } from '../../../../renderer/history/undo-to.ts';

const entry = (seq: number, state: LogEntry['state'] = 'done', undoable = true): LogEntry => ({ seq, atUs: seq, kind: 'k', label: `step ${seq}`, state, undoable });

test('counts the steps that still hold, newest first', () => {
  const entries = [entry(5), entry(4, 'undo'), entry(3, 'undone'), entry(2), entry(1, 'done', false)];
  const back = (at: number): number | null => stepsBackTo(entries, entries[at] as LogEntry);
  expect(back(0)).toBe(1);
  expect(back(3)).toBe(2);
  expect([back(1), back(2), back(4)]).toEqual([null, null, null]);
});

test('a later step that can’t be taken back bars the way', () => {
  const entries = [entry(3), entry(2, 'done', false), entry(1)];
  expect(stepsBackTo(entries, entries[2] as LogEntry)).toBeNull();
});
