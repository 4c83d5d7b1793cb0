import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase, verifyCase } from '../../main/case/index.ts';
import { migrations, newestVersion } from '../../main/case/migrations/index.ts';
import type { Migration } from '../../main/case/migrations/index.ts';
import { addTable, temporaryFolder, testClock } from './case-fixture.ts';

const fixtures = path.join(import.meta.dirname, '..', 'fixtures', 'case');

/** Stands for a later version of the software. */
const later: Migration = { version: newestVersion() + 1, readableBy: 1, up: (db) => db.exec('CREATE TABLE entity (id TEXT PRIMARY KEY) STRICT; ALTER TABLE board ADD COLUMN place INTEGER NOT NULL DEFAULT 0') };
const closed: Migration = { version: newestVersion() + 2, readableBy: newestVersion() + 2, up: (db) => db.exec('CREATE TABLE cluster (id TEXT PRIMARY KEY) STRICT') };

describe('a case of another version', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let dir: string;
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  const versionOf = (file: string): number => {
    const db = new Sqlite(file, { readonly: true });
    const version = Number(db.pragma('user_version', { simple: true }));
    db.close();
    return version;
  };
  const migrateTo = async (...steps: Migration[]): Promise<void> => {
    const session = await openCase(dir, { ...options, migrations: [...migrations, ...steps] });
    await session.close();
  };

  beforeEach(async () => {
    place = temporaryFolder();
    dir = path.join(place.folder, 'Night.case');
    const made = await createCase(dir, 'Night', options);
    made.execute(addTable(1));
    await made.close();
  });
  afterEach(() => place.remove());

  it('is brought up to date, after a backup of what it was', async () => {
    const session = await openCase(dir, { ...options, migrations: [...migrations, later] });
    expect(session.info()).toMatchObject({ name: 'Night', readOnly: false, revision: 2, restored: null });
    expect(session.db.prepare('SELECT count(*) FROM entity').pluck().get()).toBe(0);
    await session.close();
    expect(versionOf(path.join(dir, 'case.db'))).toBe(later.version);
    const backup = readdirSync(path.join(dir, 'backup')).find((name) => name.includes(`before-v${later.version}`));
    expect(backup).toBeDefined();
    expect(versionOf(path.join(dir, 'backup', backup ?? ''))).toBe(newestVersion());
  });

  it('that fails on the way up stays as it was', async () => {
    const broken: Migration = {
      version: newestVersion() + 1,
      readableBy: 1,
      up: (db) => {
        db.exec('CREATE TABLE half (id INTEGER)');
        throw new Error('a defect in a migration');
      },
    };
    await expect(openCase(dir, { ...options, migrations: [...migrations, broken] })).rejects.toThrow('a defect in a migration');
    expect(existsSync(path.join(dir, 'case.lock'))).toBe(false);
    const session = await openCase(dir, options);
    expect(session.info()).toMatchObject({ readOnly: false, revision: 2 });
    expect(session.db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get()).toBe(0);
    await session.close();
  });

  it('newer than this software opens read-only and says why', async () => {
    await migrateTo(later);
    const before = readFileSync(path.join(dir, 'case.db'));
    const session = await openCase(dir, options);
    expect(session.info()).toMatchObject({ name: 'Night', readOnly: true, readOnlyReason: expect.stringContaining('newer Casebench') });
    expect(session.tables()).toHaveLength(1);
    await session.close();
    expect(readFileSync(path.join(dir, 'case.db')).equals(before)).toBe(true);
    expect(existsSync(path.join(dir, 'case.lock'))).toBe(false);
  });

  it('so new that it can’t be read is refused, untouched', async () => {
    await migrateTo(later, closed);
    const before = readFileSync(path.join(dir, 'case.db'));
    await expect(openCase(dir, options)).rejects.toMatchObject({ code: 'case.newer', message: expect.stringContaining('Install the newer version') });
    expect(readFileSync(path.join(dir, 'case.db')).equals(before)).toBe(true);
  });

  it('older, opened for reading only, is read through an updated copy', async () => {
    const before = readFileSync(path.join(dir, 'case.db'));
    const session = await openCase(dir, { ...options, readOnly: true, migrations: [...migrations, later] });
    expect(session.info()).toMatchObject({ name: 'Night', readOnly: true });
    expect(session.db.prepare('SELECT count(*) FROM entity').pluck().get()).toBe(0);
    await session.close();
    expect(readFileSync(path.join(dir, 'case.db')).equals(before)).toBe(true);
  });

  it('is restored from a backup of an older version when it is damaged', async () => {
    await migrateTo(later);
    const db = path.join(dir, 'case.db');
    for (const name of readdirSync(path.join(dir, 'backup')).filter((each) => !each.includes('before'))) copyFileSync(path.join(dir, 'backup', readdirSync(path.join(dir, 'backup')).find((each) => each.includes('before')) ?? ''), path.join(dir, 'backup', name));
    copyFileSync(path.join(import.meta.dirname, 'case-fixture.ts'), db);
    const session = await openCase(dir, { ...options, migrations: [...migrations, later] });
    expect(session.info()).toMatchObject({ name: 'Night', restored: { text: expect.stringContaining('restored from the backup') } });
    expect(session.db.prepare('SELECT count(*) FROM entity').pluck().get()).toBe(0);
    await session.close();
  });
});

describe('cases that released versions wrote', () => {
  const versions = existsSync(fixtures) ? readdirSync(fixtures).filter((name) => name.endsWith('.db')) : [];

  it('are kept for every version', () => {
    expect(versions.map((name) => Number(/^v(\d+)\.db$/.exec(name)?.[1])).toSorted((a, b) => a - b)).toEqual(migrations.map(({ version }) => version));
  });

  it.each(versions)('open, undo and verify: %s', async (name) => {
    const { folder, remove } = temporaryFolder();
    try {
      const dir = path.join(folder, 'Old.case');
      mkdirSync(dir);
      copyFileSync(path.join(fixtures, name), path.join(dir, 'case.db'));
      const session = await openCase(dir, { clock: testClock(), homeDir: '/' });
      expect(session.info()).toMatchObject({ name: 'Fixture', readOnly: false, restored: null, tables: [{ id: 't1', name: 'Sign-ins' }], board: [{ label: 'finding' }] });
      expect(session.loadView('layout')).toBe('"kept"');
      const report = await verifyCase(session, testClock(), { signal: new AbortController().signal, progress: () => undefined });
      // The table's file is not part of the fixture.
      expect(report.findings).toMatchObject([{ kind: 'table', problem: 'missing' }]);
      while (session.undo() !== null);
      expect(session.info().tables).toEqual([]);
      await session.close();
    } finally {
      remove();
    }
  });
});
