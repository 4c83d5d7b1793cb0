import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, evidenceState, openCase, verifyCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import type { VerifyReport } from '../../main/contract/index.ts';
import { addRealTable, addTable, temporaryFolder, testClock, testEvidence, testTable, writeTable } from './case-fixture.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('verification of a case', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let dir: string;
  let session: OpenSession;
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  const work = { signal: new AbortController().signal, progress: () => undefined };
  const verify = (): Promise<VerifyReport> => verifyCase(session, options.clock, work);

  /** Edits the closed database the way a stranger would: without Casebench. */
  const tamper = async (edit: (db: Sqlite.Database) => void): Promise<void> => {
    await session.close();
    const db = new Sqlite(path.join(dir, 'case.db'));
    db.exec('DROP TRIGGER log_is_not_edited; DROP TRIGGER log_is_not_cut');
    edit(db);
    db.close();
    session = await openCase(dir, options);
  };
  const flipLastByte = (file: string): void => {
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };

  beforeEach(async () => {
    place = temporaryFolder();
    dir = path.join(place.folder, 'Night.case');
    session = await createCase(dir, 'Night', options);
    session.execute(await addRealTable(session, 1));
    const original = path.join(place.folder, 'original.csv');
    writeFileSync(original, 'a,b\n1,2\n');
    writeFileSync(path.join(session.evidenceDir, 'copy.csv'), 'a,b\n3,4\n');
    session.execute({ kind: 'evidence.add', payload: { evidence: testEvidence(2, { name: 'copy.csv', copied: true, copyPath: 'evidence/copy.csv', sizeBytes: 8, sha256: sha256('a,b\n3,4\n') }), tables: [] } });
    session.execute({ kind: 'evidence.add', payload: { evidence: testEvidence(3, { name: 'original.csv', originalPath: original, sizeBytes: 8, sha256: sha256('a,b\n1,2\n') }), tables: [] } });
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1, 2, 3], on: true } });
    session.execute({ kind: 'marks.tag', payload: { tableId: 't1', rowIds: [2], tag: 'exfil', on: true } });
    session.execute({ kind: 'marks.noteAdd', payload: { noteId: 'n1', tableId: 't1', rowId: 3, text: 'seen' } });
    session.undo();
    session.redo();
  });
  afterEach(async () => {
    await session.close();
    place.remove();
  });

  it('finds nothing in a sound case, and remembers so for each piece of evidence', async () => {
    expect(evidenceState(session, 'e2')).toBe('unchecked');
    expect(await verify()).toEqual({ ok: true, evidenceChecked: 2, evidenceAbsent: 1, tablesChecked: 1, logEntries: 9, findings: [] });
    expect(evidenceState(session, 'e2')).toBe('verified');
    expect(evidenceState(session, 'e3')).toBe('verified');
  });

  it('names a table file with one changed byte', async () => {
    flipLastByte(path.join(dir, 'tables', '1.parquet'));
    expect((await verify()).findings).toMatchObject([{ kind: 'table', name: 'Table 1 (tables/1.parquet)', problem: 'changed', detail: expect.stringContaining('SHA-256') }]);
  });

  it('names missing and longer table files', async () => {
    appendFileSync(path.join(dir, 'tables', '1.parquet'), 'x');
    expect((await verify()).findings).toMatchObject([{ kind: 'table', problem: 'changed', detail: expect.stringContaining('bytes') }]);
    rmSync(path.join(dir, 'tables', '1.parquet'));
    expect((await verify()).findings).toMatchObject([{ kind: 'table', problem: 'missing' }]);
  });

  it('looks at tables that were removed from sight too', async () => {
    session.execute({ kind: 'table.hide', payload: { tableId: 't1' } });
    flipLastByte(path.join(dir, 'tables', '1.parquet'));
    expect((await verify()).findings).toMatchObject([{ kind: 'table', problem: 'changed' }]);
  });

  it('names a copied original with one changed byte', async () => {
    flipLastByte(path.join(dir, 'evidence', 'copy.csv'));
    expect((await verify()).findings).toMatchObject([{ kind: 'evidence', name: 'copy.csv (evidence/copy.csv)', problem: 'changed' }]);
    expect(evidenceState(session, 'e2')).toBe('changed');
  });

  it('counts originals that are not here, and names one that changed', async () => {
    writeFileSync(path.join(place.folder, 'original.csv'), 'a,b\n1,3\n');
    expect(await verify()).toMatchObject({ ok: false, evidenceAbsent: 1, findings: [{ kind: 'evidence', name: 'original.csv', problem: 'changed' }] });
    rmSync(path.join(place.folder, 'original.csv'));
    expect(await verify()).toMatchObject({ ok: true, evidenceAbsent: 2, findings: [] });
    expect(evidenceState(session, 'e3')).toBe('missing');
  });

  it('names a log entry that was changed', async () => {
    await tamper((db) => db.exec(`UPDATE log SET payload = replace(payload, 'exfil', 'exfiL') WHERE kind = 'marks.tag'`));
    expect((await verify()).findings).toMatchObject(expect.arrayContaining([expect.objectContaining({ kind: 'log', name: 'Entry 6: Tag 1 row “exfil”', problem: 'changed' })]));
  });

  it('names a log entry that was taken out', async () => {
    await tamper((db) => {
      db.pragma('foreign_keys = OFF');
      db.exec('DELETE FROM log WHERE seq = 4');
    });
    expect((await verify()).findings).toMatchObject(expect.arrayContaining([expect.objectContaining({ kind: 'log', name: 'Entry 4', problem: 'missing' })]));
  });

  it('notices that the end of the log was cut off', async () => {
    await tamper((db) => db.exec('DELETE FROM log WHERE seq >= 8'));
    expect((await verify()).findings).toMatchObject(expect.arrayContaining([expect.objectContaining({ kind: 'log', name: 'End of the log', problem: 'missing' })]));
    // Work goes on, and the gap stays named.
    session.execute({ kind: 'case.rename', payload: { name: 'Later' } });
    expect((await verify()).findings.filter(({ kind }) => kind === 'log')[0]).toMatchObject({ name: 'Entry 8', problem: 'missing' });
  });

  it('notices a log that was rewritten with new hashes, by the backups taken before', async () => {
    await tamper((db) => {
      db.exec(`UPDATE log SET hash = '${'c'.repeat(64)}' WHERE seq = 9; UPDATE meta SET value = '${'c'.repeat(64)}' WHERE key = 'log_head'`);
    });
    expect((await verify()).findings).toMatchObject(expect.arrayContaining([expect.objectContaining({ kind: 'log', name: 'Entry 9', problem: 'changed', detail: expect.stringContaining('backup') })]));
  });

  it.each([
    ['a star', `UPDATE marked_row SET starred_us = starred_us + 1 WHERE row_id = 1`, 'Marks of row 1 in Table 1', 'changed'],
    ['a star taken away', `DELETE FROM marked_row WHERE row_id = 1`, 'Marks of row 1 in Table 1', 'missing'],
    ['a star put in', `INSERT INTO marked_row (table_key, row_id, starred_us, newest_us) VALUES (1, 77, 5, 5)`, 'Marks of row 77 in Table 1', 'changed'],
    ['a tag', `DELETE FROM row_tag`, 'Tag on row 2 in Table 1', 'missing'],
    ['a note', `UPDATE note SET text = 'unseen'`, 'Note on row 3 in Table 1', 'changed'],
    ['a hash of the ledger', `UPDATE evidence SET sha256 = '${'d'.repeat(64)}' WHERE id = 'e1'`, 'Ledger entry log-1.csv', 'changed'],
    ['a table’s row count', `UPDATE case_table SET rows = rows - 1`, 'Table Table 1', 'changed'],
    ['the name of the case', `UPDATE meta SET value = 'Day' WHERE key = 'name'`, 'Case name', 'changed'],
    ['what can be undone', `UPDATE undo_state SET state = 'undone' WHERE seq = 5`, 'Undo state of entry 5', 'changed'],
  ])('names a row that was edited outside Casebench: %s', async (_what, sql, name, problem) => {
    await tamper((db) => db.exec(sql));
    expect((await verify()).findings).toMatchObject([{ kind: 'database', name, problem }]);
  });

  it('names broken pages of case.db', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i);
    session.execute(addTable(8), { kind: 'marks.star', payload: { tableId: 't8', rowIds: many, on: true } });
    await session.close();
    session = await openCase(dir, options);
    const file = path.join(dir, 'case.db');
    const page = Number(session.db.prepare(`SELECT pageno FROM dbstat WHERE name = 'marked_row' AND pagetype = 'leaf' ORDER BY pageno DESC LIMIT 1`).pluck().get());
    const bytes = readFileSync(file);
    bytes.fill(0xff, (page - 1) * 4096, (page - 1) * 4096 + 600);
    writeFileSync(file, bytes);
    const report = await verify();
    expect(report.findings.some(({ kind, name, problem }) => kind === 'database' && name === 'case.db' && problem === 'broken')).toBe(true);
  });

  it('stops soon when it is cancelled, and leaves nothing behind', async () => {
    const abort = new AbortController();
    const running = verifyCase(session, options.clock, { signal: abort.signal, progress: ({ stage }) => void (stage === 'Checking the action log' && abort.abort()) });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(evidenceState(session, 'e2')).toBe('unchecked');
  });

  it('tells how far it is', async () => {
    const heard: { done?: number; total?: number | null; stage?: string }[] = [];
    await verifyCase(session, options.clock, { signal: work.signal, progress: (update) => void heard.push(update) });
    const total = heard[0]?.total ?? 0;
    expect(total).toBeGreaterThan(0);
    expect(heard.map(({ stage }) => stage).filter(Boolean)).toEqual(
      expect.arrayContaining(['Checking evidence copy.csv', 'Checking table Table 1', 'Checking case.db', 'Checking the action log', 'Comparing case.db with the action log']),
    );
    expect(Math.max(...heard.map(({ done }) => done ?? 0))).toBe(total);
  });

  it('works in a case that is open for reading only', async () => {
    const other = await openCase(dir, { ...options, readOnly: true });
    try {
      expect(await verifyCase(other, options.clock, work)).toMatchObject({ ok: true });
    } finally {
      await other.close();
    }
    expect(evidenceState(session, 'e2')).toBe('unchecked');
  });

  it('refuses to read files that lie outside the case', async () => {
    const template = await writeTable(path.join(place.folder, 'outside.parquet'));
    session.execute({ kind: 'evidence.add', payload: { evidence: testEvidence(7), tables: [testTable(7, { ...template.table, file: '../outside.parquet' })] } });
    expect((await verify()).findings).toMatchObject([{ kind: 'table', problem: 'changed', detail: expect.stringContaining('outside the case folder') }]);
  });
});
