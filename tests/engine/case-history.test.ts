import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase, verifyCase } from '../../main/case/index.ts';
import type { Command, OpenSession } from '../../main/case/index.ts';
import { maxMarkedRows } from '../../main/contract/index.ts';
import { packRowIds } from '../../main/case/index.ts';
import { addTable, temporaryFolder, testClock } from './case-fixture.ts';

/** Everything an analyst can see. Colours of tags stay allotted after an undo, by design. */
const seen = ({ db }: OpenSession): unknown => ({
  meta: db.prepare(`SELECT value FROM meta WHERE key IN ('case_id', 'name', 'created_us')`).all(),
  evidence: db.prepare('SELECT * FROM evidence WHERE hidden = 0 ORDER BY id').all(),
  tables: db.prepare('SELECT * FROM case_table WHERE hidden = 0 ORDER BY id').all(),
  marks: db.prepare('SELECT * FROM marked_row ORDER BY table_key, row_id').all(),
  tags: db.prepare('SELECT table_key, row_id, tag.name, at_us FROM row_tag JOIN tag ON tag.key = tag_key ORDER BY 1, 2, 3').all(),
  notes: db.prepare('SELECT id, table_key, row_id, text, created_us, edited_us FROM note ORDER BY id').all(),
  board: db.prepare('SELECT id, kind, label, payload, created_us FROM board ORDER BY id').all(),
});

const tableId = fc.constantFrom('t1', 't2');
const rowIds = fc.array(fc.nat(60), { minLength: 1, maxLength: 50 });
const noteId = fc.constantFrom('n1', 'n2', 'n3');
const boardId = fc.constantFrom('b1', 'b2');
const text = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' });
const single: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('marks.star'), payload: fc.record({ tableId, rowIds, on: fc.boolean() }) }),
  fc.record({ kind: fc.constant('marks.tag'), payload: fc.record({ tableId, rowIds, tag: fc.constantFrom('a', 'b', 'exfil'), on: fc.boolean() }) }),
  fc.record({ kind: fc.constant('marks.noteAdd'), payload: fc.record({ noteId, tableId, rowId: fc.nat(60), text }) }),
  fc.record({ kind: fc.constant('marks.noteEdit'), payload: fc.record({ noteId, tableId, text }) }),
  fc.record({ kind: fc.constant('marks.noteRemove'), payload: fc.record({ noteId, tableId }) }),
  fc.record({ kind: fc.constant('board.add'), payload: fc.record({ id: boardId, kind: fc.constant('note'), label: text, payload: fc.constant('{}') }) }),
  fc.record({ kind: fc.constant('board.rename'), payload: fc.record({ id: boardId, label: text }) }),
  fc.record({ kind: fc.constant('board.remove'), payload: fc.record({ id: boardId }) }),
  fc.record({ kind: fc.constantFrom('table.hide', 'table.show'), payload: fc.record({ tableId }) }),
  fc.record({ kind: fc.constant('table.rename'), payload: fc.record({ tableId, name: fc.constantFrom('one', 'two', 'three') }) }),
  fc.record({ kind: fc.constant('table.setTimeColumn'), payload: fc.record({ tableId, column: fc.constantFrom('TimeGenerated', null), fromUs: fc.constantFrom(5, null), toUs: fc.constantFrom(9, null) }) }),
  fc.record({ kind: fc.constant('case.rename'), payload: fc.record({ name: fc.constantFrom('Night', 'Day') }) }),
  fc.record({ kind: fc.constantFrom('evidence.hide', 'evidence.show'), payload: fc.constant({ evidenceId: 'e1', tableIds: ['t1'], name: 'log-1.csv' }) }),
  fc.integer({ min: 3, max: 6 }).map((number) => addTable(number)),
);
const step = fc.array(single, { minLength: 1, maxLength: 3 });
type Act = { do: Command[] } | 'undo' | 'redo';
const acts: fc.Arbitrary<Act[]> = fc.array(fc.oneof({ weight: 6, arbitrary: step.map((commands): Act => ({ do: commands })) }, { weight: 2, arbitrary: fc.constant<Act>('undo') }, { weight: 1, arbitrary: fc.constant<Act>('redo') }), { maxLength: 30 });

const perform = (session: OpenSession, act: Act): void => {
  if (act === 'undo') session.undo();
  else if (act === 'redo') session.redo();
  else {
    const before = seen(session);
    const revision = session.info().revision;
    try {
      session.execute(...act.do);
    } catch {
      // A note that is not there, a name that is taken: then nothing at all was changed.
      expect(seen(session)).toEqual(before);
      expect(session.info().revision).toBe(revision);
    }
  }
};

describe('the history of a case', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let session: OpenSession;
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  let count = 0;
  const fresh = async (): Promise<OpenSession> => {
    const made = await createCase(path.join(place.folder, `${(count += 1)}.case`), 'Night', options);
    made.execute(addTable(1));
    made.execute(addTable(2));
    return made;
  };
  beforeEach(async () => {
    place = temporaryFolder();
    session = await fresh();
  });
  afterEach(async () => {
    await session.close();
    place.remove();
  });

  it('undone to its start and redone to its end is as it was, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        await session.close();
        session = await fresh();
        for (const act of list) perform(session, act);
        while (session.redo() !== null);
        const final = seen(session);
        let undone = 0;
        while (session.undo() !== null) undone += 1;
        const emptied = seen(session) as { marks: unknown[]; tables: unknown[] };
        expect(emptied.marks).toEqual([]);
        expect(emptied.tables).toEqual([]);
        for (let i = 0; i < undone; i += 1) expect(session.redo()).not.toBeNull();
        expect(session.redo()).toBeNull();
        expect(seen(session)).toEqual(final);
        const report = await verifyCase(session, options.clock, { signal: new AbortController().signal, progress: () => undefined });
        expect(report.findings.filter(({ kind }) => kind !== 'table')).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('is one step for several commands, all or nothing', () => {
    const before = session.info().revision;
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1], on: true } }, { kind: 'marks.tag', payload: { tableId: 't2', rowIds: [2, 3], tag: 'x', on: true } });
    expect(session.info()).toMatchObject({ revision: before + 1, undoLabel: 'Star 1 row and 1 more' });
    const marked = seen(session);
    expect(() => session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [7], on: true } }, { kind: 'table.rename', payload: { tableId: 'nowhere', name: 'x' } })).toThrow('not in this case');
    expect(seen(session)).toEqual(marked);
    expect(session.undo()).toBe('Star 1 row and 1 more');
    expect(session.db.prepare('SELECT count(*) FROM marked_row').pluck().get()).toBe(0);
  });

  it('leaves no entry when nothing had to be changed', () => {
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1, 2], on: true } });
    const before = session.info().revision;
    expect(session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [2, 1, 1], on: true } })).toBe(before);
    expect(session.execute({ kind: 'marks.tag', payload: { tableId: 't1', rowIds: [2], tag: 'never', on: false } })).toBe(before);
  });

  it('undoes only what a step really changed', () => {
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1, 2], on: true } });
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [2, 3], on: true } });
    session.undo();
    expect(session.db.prepare('SELECT row_id FROM marked_row ORDER BY 1').pluck().all()).toEqual([1, 2]);
  });

  it('refuses rows that a table does not have, and changes of unknown kinds', () => {
    const before = session.info().revision;
    expect(() => session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [5, 1_000_000], on: true } })).toThrow('beyond them');
    expect(() => session.execute({ kind: 'marks.shine', payload: {} })).toThrow('does not know the change');
    expect(() => session.execute({ kind: 'marks.star', payload: { tableId: 't1', rows: [1] } })).toThrow('does not have the form');
    expect(session.info().revision).toBe(before);
  });

  it('marks as many rows as one step may, and takes them back', () => {
    const ids = packRowIds(Float64Array.from({ length: maxMarkedRows }, (_, i) => i * 5));
    session.execute({ kind: 'marks.tag', payload: { tableId: 't1', rowIds: ids, tag: 'many', on: true } });
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: ids, on: true } });
    session.execute({ kind: 'marks.tag', payload: { tableId: 't1', rowIds: ids, tag: 'many', on: false } });
    session.undo();
    session.undo();
    expect(session.db.prepare('SELECT count(*) FROM row_tag').pluck().get()).toBe(maxMarkedRows);
    expect(session.db.prepare('SELECT count(*) FROM marked_row WHERE starred_us IS NOT NULL').pluck().get()).toBe(0);
  });

  it('keeps text that a database would bend', async () => {
    const odd = 'half \ud800 nul \0 bidi \u202e';
    session.execute({ kind: 'marks.noteAdd', payload: { noteId: 'n', tableId: 't1', rowId: 1, text: odd } });
    const { folder } = session;
    await session.close();
    session = await openCase(folder, options);
    const report = await verifyCase(session, options.clock, { signal: new AbortController().signal, progress: () => undefined });
    expect(report.findings.filter(({ kind }) => kind !== 'table')).toEqual([]);
    expect(session.undo()).toContain('Add note');
  });

  it('tells listeners what changed, after it is kept', () => {
    const heard: unknown[] = [];
    session.onChanged((kinds, tableIds) => heard.push([...kinds, ...tableIds, session.info().revision]));
    const { revision } = session.info();
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1], on: true } });
    session.undo();
    session.execute(addTable(9));
    expect(heard).toEqual([
      ['marks', 't1', revision + 1],
      ['marks', 't1', revision + 2],
      ['tables', 't9', revision + 3],
    ]);
  });
});
