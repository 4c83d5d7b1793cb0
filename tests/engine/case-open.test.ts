import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase } from '../../main/case/index.ts';
import { addTable, temporaryFolder, testClock } from './case-fixture.ts';

describe('a case', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let dir: string;
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  beforeEach(() => {
    place = temporaryFolder();
    dir = path.join(place.folder, 'Night.case');
  });
  afterEach(() => place.remove());

  it('is made, changed, closed and opened again as it was', async () => {
    const made = await createCase(dir, 'Night', options);
    expect(made.info()).toMatchObject({ name: 'Night', revision: 1, readOnly: false, tables: [], restored: null });
    expect(made.execute(addTable(1))).toBe(2);
    made.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [3, 4, 9], on: true } });
    made.saveView('layout', '{"a":1}');
    const before = made.info();
    await made.close();

    const again = await openCase(dir, options);
    expect(again.info()).toEqual(before);
    expect(again.loadView('layout')).toBe('{"a":1}');
    await again.close();
  });

  it('undoes and redoes after it was opened again', async () => {
    const made = await createCase(dir, 'Night', options);
    made.execute(addTable(1));
    made.execute({ kind: 'table.rename', payload: { tableId: 't1', name: 'Sign-ins' } });
    await made.close();

    const again = await openCase(dir, options);
    expect(again.info().undoLabel).toBe('Rename table to “Sign-ins”');
    expect(again.undo()).toBe('Rename table to “Sign-ins”');
    expect(again.table('t1').name).toBe('Table 1');
    expect(again.undo()).toBe('Import “log-1.csv”');
    expect(again.tables()).toEqual([]);
    expect(again.undo()).toBeNull();
    await again.close();

    const third = await openCase(dir, options);
    expect(third.redo()).toBe('Import “log-1.csv”');
    expect(third.redo()).toBe('Rename table to “Sign-ins”');
    expect(third.redo()).toBeNull();
    expect(third.table('t1').name).toBe('Sign-ins');
    await third.close();
  });

  it('can’t redo once something else was done', async () => {
    const session = await createCase(dir, 'Night', options);
    session.execute(addTable(1));
    session.undo();
    expect(session.info().redoLabel).not.toBeNull();
    session.execute({ kind: 'case.rename', payload: { name: 'Day' } });
    expect(session.info().redoLabel).toBeNull();
    expect(session.redo()).toBeNull();
    await session.close();
  });
});
