import { expect, test } from 'vitest';
import type { CaseSession, ChangeKind } from '../../../main/case/types.ts';
import { createSessionEvents } from '../../../main/engine/session-events.ts';

/** A session reduced to what the events read. */
const fakeSession = (name: string) => {
  const listeners = new Set<(kinds: ReadonlySet<ChangeKind>, tableIds: readonly string[]) => void>();
  let revision = 0;
  const session = {
    folder: `/cases/${name}.case`,
    info: () => ({ name, revision }),
    onChanged(listener: (kinds: ReadonlySet<ChangeKind>, tableIds: readonly string[]) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  } as unknown as CaseSession;
  const change = (kinds: ChangeKind[], tableIds: string[] = []): void => {
    revision++;
    for (const listener of listeners) listener(new Set(kinds), tableIds);
  };
  return { session, change, listeners };
};

const setUp = () => {
  const emitted: unknown[] = [];
  const folders: (string | null)[] = [];
  const events = createSessionEvents((event, payload) => void emitted.push([event, payload]), (folder) => void folders.push(folder));
  return { emitted, folders, events };
};
const turn = () => new Promise((done) => setImmediate(done));

test('following a session tells its info and folder, once', () => {
  const { emitted, folders, events } = setUp();
  const { session } = fakeSession('Lantern');
  events.follow(session);
  events.follow(session);
  expect(emitted).toEqual([['case.changed', { info: { name: 'Lantern', revision: 0 } }]]);
  expect(folders).toEqual(['/cases/Lantern.case']);
  events.follow(null);
  expect(emitted.at(-1)).toEqual(['case.changed', { info: null }]);
  expect(folders.at(-1)).toBeNull();
});

test('changes of one turn are told once, with every marked table', async () => {
  const { emitted, events } = setUp();
  const { session, change } = fakeSession('Lantern');
  events.follow(session);
  emitted.length = 0;
  change(['marks'], ['t1']);
  change(['marks'], ['t2', 't1']);
  change(['tables']);
  await turn();
  expect(emitted).toEqual([
    ['marks.changed', { tableIds: ['t1', 't2'] }],
    ['case.changed', { info: { name: 'Lantern', revision: 3 } }],
  ]);
  change(['case']);
  await turn();
  expect(emitted.slice(2)).toEqual([['case.changed', { info: { name: 'Lantern', revision: 4 } }]]);
});

test('a session left behind says nothing more, not even what it was about to say', async () => {
  const { emitted, events } = setUp();
  const first = fakeSession('First');
  events.follow(first.session);
  first.change(['marks'], ['t1']);
  events.follow(fakeSession('Second').session);
  await turn();
  expect(first.listeners.size).toBe(0);
  expect(emitted.at(-1)).toEqual(['case.changed', { info: { name: 'Second', revision: 0 } }]);
  expect(emitted).toHaveLength(2);
});
