import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import { addRealTable, temporaryFolder, testClock, testEvidence } from './case-fixture.ts';

describe('what a killed session left behind', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let dir: string;
  let session: OpenSession;
  const options = { clock: testClock(), homeDir: '/' };
  const put = (...parts: string[]): void => {
    const file = path.join(dir, ...parts);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'half');
  };

  beforeEach(async () => {
    place = temporaryFolder();
    dir = path.join(place.folder, 'Night.case');
    session = await createCase(dir, 'Night', options);
    session.execute(await addRealTable(session, 1));
    session.execute(await addRealTable(session, 2));
    put('evidence', 'kept.csv');
    session.execute({ kind: 'evidence.add', payload: { evidence: testEvidence(3, { copied: true, copyPath: 'evidence/kept.csv' }), tables: [] } });
    await session.close();
  });
  afterEach(async () => {
    await session.close();
    place.remove();
  });

  it('is cleared away: half files at once, files that nothing names first aside, then at the next clean close', async () => {
    put('temp', 'import-1', 'half.parquet');
    put('tables', 'orphan.parquet');
    put('evidence', 'deep', 'orphan.csv');
    session = await openCase(dir, options);
    expect(readdirSync(path.join(dir, 'temp'))).toEqual([]);
    expect(readdirSync(path.join(dir, 'tables')).toSorted()).toEqual(['1.parquet', '2.parquet']);
    expect(existsSync(path.join(dir, 'temp-trash', 'tables', 'orphan.parquet'))).toBe(true);
    expect(existsSync(path.join(dir, 'temp-trash', 'evidence', 'deep', 'orphan.csv'))).toBe(true);
    expect(existsSync(path.join(dir, 'evidence', 'kept.csv'))).toBe(true);
    await session.close();
    expect(existsSync(path.join(dir, 'temp-trash'))).toBe(false);
  });

  it('does not include tables that were removed from sight or undone', async () => {
    session = await openCase(dir, options);
    session.execute({ kind: 'table.hide', payload: { tableId: 't1' } });
    session.undo();
    session.undo();
    session.undo();
    await session.close();
    session = await openCase(dir, options);
    expect(session.tables().map(({ id }) => id)).toEqual(['t1']);
    expect(readdirSync(path.join(dir, 'tables')).toSorted()).toEqual(['1.parquet', '2.parquet']);
    session.redo();
    expect(session.table('t2').file).toBe('tables/2.parquet');
  });

  it('does not include files that only the log names: somebody may have edited the catalogue', async () => {
    const db = new Sqlite(path.join(dir, 'case.db'));
    db.exec(`DELETE FROM case_table WHERE id = 't2'`);
    db.close();
    session = await openCase(dir, options);
    expect(session.tables().map(({ id }) => id)).toEqual(['t1']);
    expect(existsSync(path.join(dir, 'tables', '2.parquet'))).toBe(true);
  });

  it('gets its missing folders back', async () => {
    for (const name of ['temp', 'backup']) rmSync(path.join(dir, name), { recursive: true });
    session = await openCase(dir, options);
    expect(existsSync(session.tempDir)).toBe(true);
    await session.close();
    expect(readdirSync(path.join(dir, 'backup'))).toHaveLength(1);
  });
});
