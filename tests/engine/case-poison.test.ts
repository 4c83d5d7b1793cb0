import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase, verifyCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import { caseInfo } from '../../main/contract/index.ts';
import { createMarkHandlers } from '../../main/mark/index.ts';
import { addTable, temporaryFolder, testClock } from './case-fixture.ts';

describe('a row of case.db that can’t be read', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let dir: string;
  let session: OpenSession;
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  const poison = async (sql: string): Promise<void> => {
    await session.close();
    const db = new Sqlite(path.join(dir, 'case.db'));
    db.exec(sql);
    db.close();
    session = await openCase(dir, options);
  };

  beforeEach(async () => {
    place = temporaryFolder();
    dir = path.join(place.folder, 'Night.case');
    session = await createCase(dir, 'Night', options);
    session.execute(addTable(1));
    session.execute(addTable(2));
    session.execute({ kind: 'board.add', payload: { id: 'b1', kind: 'note', label: 'kept', payload: '{}' } });
    session.execute({ kind: 'board.add', payload: { id: 'b2', kind: 'note', label: 'poisoned', payload: '{}' } });
    session.execute({ kind: 'marks.noteAdd', payload: { noteId: 'n1', tableId: 't1', rowId: 1, text: 'short' } });
    session.execute({ kind: 'marks.noteAdd', payload: { noteId: 'n2', tableId: 't1', rowId: 2, text: 'to be poisoned' } });
  });
  afterEach(async () => {
    await session.close();
    place.remove();
  });

  it.each([
    ['bad JSON in a column list', `UPDATE case_table SET columns_json = '[{"name":' WHERE id = 't1'`, { what: 'table', name: 'Table 1' }],
    ['a column type nobody knows', `UPDATE case_table SET columns_json = replace(columns_json, 'datetime', 'hologram') WHERE id = 't1'`, { what: 'table', name: 'Table 1' }],
    ['a table kind nobody knows', `UPDATE case_table SET kind = 'future' WHERE id = 't1'`, { what: 'table', name: 'Table 1' }],
    ['a time that is no integer we can hold', `UPDATE case_table SET created_us = 9223372036854775807 WHERE id = 't1'`, { what: 'table', name: 'Table 1' }],
    ['a huge column list', `UPDATE case_table SET columns_json = printf('%.*c', 70000000, 'x') WHERE id = 't1'`, { what: 'table', name: 'Table 1' }],
    ['bad numbers in the ledger', `UPDATE evidence SET rows = 9223372036854775807 WHERE id = 'e1'`, { what: 'evidence', name: 'log-1.csv' }],
    ['a board item of a kind nobody knows', `UPDATE board SET kind = 'future' WHERE id = 'b2'`, { what: 'board', name: 'poisoned' }],
  ])('is left out and listed, and the case opens: %s', async (_what, sql, expected) => {
    await poison(sql);
    const info = session.info();
    expect(caseInfo.parse(info)).toEqual(info);
    expect(info.setAside).toMatchObject([expected]);
    expect(info.tables.some(({ id }) => id === 't2')).toBe(true);
    expect(info.board.some(({ id }) => id === 'b1')).toBe(true);
    const report = await verifyCase(session, options.clock, { signal: new AbortController().signal, progress: () => undefined });
    expect(report.findings).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'database', problem: 'unreadable', name: `${expected.what} ${expected.name}` })]));
    // Work goes on around it, undo included.
    session.execute({ kind: 'case.rename', payload: { name: 'Goes on' } });
    expect(session.undo()).toContain('Goes on');
  });

  it('is never loaded when it is a note of hundreds of megabytes', async () => {
    await poison(`UPDATE note SET text = printf('%.*c', 100000000, 'x') WHERE id = 'n2'`);
    const marks = createMarkHandlers({ currentCase: () => session, rowIdsOf: async () => new Float64Array() });
    const { rows } = await marks['mark.list']({ offset: 0, limit: 10 });
    expect(rows.map(({ notes }) => notes[0]?.text.slice(0, 40))).toEqual(['This note holds 100,000,000 bytes, more t', 'short'].map((text) => text.slice(0, 40)));
    const report = await verifyCase(session, options.clock, { signal: new AbortController().signal, progress: () => undefined });
    expect(report.findings).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'database', name: 'Note on row 2 in Table 1', problem: 'changed' })]));
  });

  it.each([
    ['an unknown kind', `'{"kind":"future.command","payload":{}}'`],
    ['bad JSON', `'{"kind":'`],
    ['another form', `'{"kind":"board.remove","payload":{"nr":1}}'`],
  ])('is passed over by undo when it is a log entry with %s', async (_what, inverse) => {
    await poison(`DROP TRIGGER log_is_not_edited; UPDATE log SET inverse = ${inverse} WHERE seq = (SELECT max(seq) FROM log)`);
    expect(session.info().undoLabel).toBe('Add note “short”');
    expect(session.undo()).toBe('Add note “short”');
    const report = await verifyCase(session, options.clock, { signal: new AbortController().signal, progress: () => undefined });
    expect(report.findings).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'log', problem: 'changed' })]));
  });
});
