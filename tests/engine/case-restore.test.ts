import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCase, openCase, verifyCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import { addRealTable, temporaryFolder, testClock } from './case-fixture.ts';

const pageBytes = 4_096;

describe('a damaged case', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let dir: string;
  let file: string;
  let open: OpenSession | null = null;
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  const reopen = async (): Promise<OpenSession> => (open = await openCase(dir, options));
  const close = async (): Promise<void> => {
    await open?.close();
    open = null;
  };
  const findings = async (session: OpenSession) =>
    (await verifyCase(session, options.clock, { signal: new AbortController().signal, progress: () => undefined })).findings;
  const backups = (): string[] => readdirSync(path.join(dir, 'backup')).filter((name) => name.startsWith('case-'));
  const damagedFolder = (): string => path.join(dir, 'backup', readdirSync(path.join(dir, 'backup')).find((name) => name.startsWith('damaged-')) ?? 'none');
  const overwrite = (target: string, from: number, bytes: number, value = 0xff): void => {
    const content = readFileSync(target);
    content.fill(value, from, from + bytes);
    writeFileSync(target, content);
  };
  const leafOf = (table: string): number => {
    const db = new Sqlite(file, { readonly: true });
    const page = Number(db.prepare(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno DESC LIMIT 1`).pluck().get(table));
    db.close();
    return page;
  };
  /** Three backups come into being: one at each clean end. Then the session that does not end: changes in the write-ahead log only. */
  const crashAfter = async (change: (session: OpenSession) => void): Promise<void> => {
    const session = await reopen();
    change(session);
    // What a kill leaves: database, log and lock as they are now.
    const left = path.join(place.folder, 'left');
    cpSync(dir, left, { recursive: true });
    await close();
    rmSync(dir, { recursive: true });
    renameSync(left, dir);
    rmSync(path.join(dir, 'case.lock'));
  };

  beforeEach(async () => {
    place = temporaryFolder();
    dir = path.join(place.folder, 'Night.case');
    file = path.join(dir, 'case.db');
    open = await createCase(dir, 'Night', options);
    open.execute(await addRealTable(open, 1));
    open.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1, 2, 3], on: true } });
    open.saveView('layout', '"kept"');
    await close();
  });
  afterEach(async () => {
    await close();
    place.remove();
  });

  it('that was merely killed says up to when everything is there', async () => {
    await crashAfter((session) => session.execute({ kind: 'case.rename', payload: { name: 'Killed' } }));
    const session = await reopen();
    const info = session.info();
    const last = session.db.prepare('SELECT at_us FROM log ORDER BY seq DESC LIMIT 1').pluck().get();
    expect(info).toMatchObject({ name: 'Killed', restored: { atUs: last, text: expect.stringContaining('Nothing was lost') } });
    await close();
    expect((await reopen()).info().restored).toBeNull();
  });

  it('with a broken header is restored from its backup, with every later change', async () => {
    await crashAfter((session) => {
      session.execute({ kind: 'case.rename', payload: { name: 'After the backup' } });
      session.execute({ kind: 'marks.tag', payload: { tableId: 't1', rowIds: [7], tag: 'late', on: true } });
      session.saveView('layout', '"newer"');
    });
    overwrite(file, 0, 100);
    const session = await reopen();
    expect(session.info().name).toBe('After the backup');
    expect(session.info().restored?.text).toMatch(/restored from the backup case-.*\.db, and 2 later changes were read back.*Nothing was lost/s);
    expect(session.loadView('layout')).toBe('"newer"');
    expect(session.undo()).toBe('Tag 1 row “late”');
    expect(await findings(session)).toEqual([]);
    expect(existsSync(path.join(damagedFolder(), 'case.db'))).toBe(true);
  });

  it('with a broken first page likewise', async () => {
    await crashAfter((session) => session.execute({ kind: 'case.rename', payload: { name: 'After the backup' } }));
    const probe = new Sqlite(file);
    probe.pragma('wal_checkpoint(TRUNCATE)');
    probe.close();
    overwrite(file, 0, pageBytes);
    const session = await reopen();
    expect(session.info().name).toBe('After the backup');
    expect(session.info().restored?.text).toContain('1 later change was read back');
    expect(await findings(session)).toEqual([]);
  });

  it('with a broken page of marks is whole again, since the log is', async () => {
    const session = await reopen();
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: Array.from({ length: 450 }, (_, i) => i), on: true } });
    await close();
    for (const name of backups()) rmSync(path.join(dir, 'backup', name));
    overwrite(file, (leafOf('marked_row') - 1) * pageBytes, 500);
    const again = await reopen();
    expect(again.info().restored?.text).toMatch(/rebuilt from its own log \(4 changes\).*Nothing was lost/s);
    expect(again.db.prepare('SELECT count(*) FROM marked_row').pluck().get()).toBe(450);
    expect(await findings(again)).toEqual([]);
  });

  it('with a broken page of the log says what is missing', async () => {
    const session = await reopen();
    for (let i = 0; i < 60; i += 1) session.execute({ kind: 'board.add', payload: { id: `b${i}`, kind: 'note', label: `item ${i} ${'x'.repeat(200)}`, payload: '{}' } });
    const stale = path.join(place.folder, 'stale.db');
    const old = backups()[0] ?? '';
    copyFileSync(path.join(dir, 'backup', old), stale);
    await close();
    for (const name of backups()) rmSync(path.join(dir, 'backup', name));
    copyFileSync(stale, path.join(dir, 'backup', old));
    overwrite(file, (leafOf('log') - 1) * pageBytes, pageBytes);
    const again = await reopen();
    const info = again.info();
    expect(info.board.length).toBeGreaterThan(0);
    expect(info.board.length).toBeLessThan(60);
    expect(info.restored?.text).toContain(`${60 - info.board.length} later changes could not be read back`);
    expect(await findings(again)).toEqual([]);
  });

  it('with a broken write-ahead log opens up to the break, and says that more was there', async () => {
    await crashAfter((session) => {
      for (const name of ['One', 'Two', 'Three', 'Four']) session.execute({ kind: 'case.rename', payload: { name } });
    });
    const wal = `${file}-wal`;
    const frameBytes = pageBytes + 24;
    const frames = (statSync(wal).size - 32) / frameBytes;
    overwrite(wal, 32 + Math.floor(frames / 2) * frameBytes + 2_000, 40);
    const session = await reopen();
    expect(['One', 'Two', 'Three']).toContain(session.info().name);
    expect(session.info().restored?.text).toMatch(/up to [1-3] later changes? can’t be read/);
    expect(existsSync(path.join(damagedFolder(), 'case.db-wal'))).toBe(true);
    expect(await findings(session)).toEqual([]);
  });

  it('without its database is restored from the newest backup', async () => {
    rmSync(file);
    const session = await reopen();
    expect(session.info()).toMatchObject({ name: 'Night', restored: { text: expect.stringContaining('Changes made after that are not there') } });
    expect(session.tables().map(({ id }) => id)).toEqual(['t1']);
    expect(await findings(session)).toEqual([]);
  });

  it('with an empty database file likewise', async () => {
    truncateSync(file, 0);
    expect((await reopen()).tables()).toHaveLength(1);
  });

  it('with a write-ahead log but no database does not mix the two', async () => {
    await crashAfter((session) => session.execute({ kind: 'case.rename', payload: { name: 'Lost' } }));
    rmSync(file);
    const session = await reopen();
    expect(session.info().name).toBe('Night');
    expect(existsSync(path.join(damagedFolder(), 'case.db-wal'))).toBe(true);
    expect(await findings(session)).toEqual([]);
  });

  it('passes over damaged backups to an older good one', async () => {
    for (const name of ['Two', 'Three']) {
      const session = await reopen();
      session.execute({ kind: 'case.rename', payload: { name } });
      await close();
    }
    const [oldest, ...newer] = backups().toSorted();
    expect(newer).toHaveLength(2);
    for (const name of newer) overwrite(path.join(dir, 'backup', name), 0, 2 * pageBytes);
    rmSync(file);
    const session = await reopen();
    expect(session.info().name).toBe('Night');
    expect(session.info().restored?.text).toContain(oldest);
  });

  it('with damaged backups is rebuilt from the log that is left', async () => {
    for (const name of backups()) overwrite(path.join(dir, 'backup', name), 0, 3 * pageBytes);
    overwrite(file, (leafOf('marked_row') - 1) * pageBytes, 300);
    const session = await reopen();
    expect(session.info().restored?.text).toContain('rebuilt from its own log');
    expect(session.db.prepare('SELECT count(*) FROM marked_row').pluck().get()).toBe(3);
  });

  it('of which nothing is left says so and changes nothing', async () => {
    for (const name of backups()) overwrite(path.join(dir, 'backup', name), 0, 3 * pageBytes);
    const junk = Buffer.alloc(statSync(file).size, 0x5a);
    writeFileSync(file, junk);
    await expect(reopen()).rejects.toMatchObject({ code: 'case.damaged', message: expect.stringContaining('no backup of it is good') });
    expect(readFileSync(file).equals(junk)).toBe(true);
    expect(existsSync(path.join(dir, 'tables', '1.parquet'))).toBe(true);
    expect(existsSync(path.join(dir, 'case.lock'))).toBe(false);
  });

  it('keeps table files of changes that were lost beside the damaged database', async () => {
    const session = await reopen();
    session.execute(await addRealTable(session, 2));
    const old = backups().toSorted()[0] ?? '';
    const stale = path.join(place.folder, 'stale.db');
    copyFileSync(path.join(dir, 'backup', old), stale);
    await close();
    for (const name of backups()) rmSync(path.join(dir, 'backup', name));
    copyFileSync(stale, path.join(dir, 'backup', old));
    writeFileSync(file, 'nothing of it');
    const again = await reopen();
    expect(again.tables().map(({ id }) => id)).toEqual(['t1']);
    await close();
    expect(existsSync(path.join(damagedFolder(), 'tables', '2.parquet'))).toBe(true);
  });

  it('whose restore was cut short by a kill is restored at the next opening', async () => {
    await crashAfter((session) => session.execute({ kind: 'case.rename', payload: { name: 'After the backup' } }));
    overwrite(file, 0, 100);
    await reopen();
    await close();
    // As it was after the damaged file was set aside and before the restored one took its place.
    renameSync(file, path.join(dir, 'backup', 'restoring.db'));
    for (const side of ['-wal', '-shm']) rmSync(`${file}${side}`, { force: true });
    const session = await reopen();
    expect(session.info()).toMatchObject({ name: 'After the backup', restored: { text: expect.stringContaining('1 later change was read back') } });
  });

  it('open for reading only says that it can be restored elsewhere', async () => {
    writeFileSync(file, 'nothing of it');
    await expect(openCase(dir, { ...options, readOnly: true })).rejects.toMatchObject({ code: 'case.damaged' });
    expect(readFileSync(file, 'utf8')).toBe('nothing of it');
  });

  it('never lets a damaged copy push a good backup out', async () => {
    const good = backups();
    const session = await reopen();
    session.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: Array.from({ length: 450 }, (_, i) => i), on: true } });
    session.execute({ kind: 'case.rename', payload: { name: 'Two' } });
    const damaging = new Sqlite(file);
    damaging.pragma('wal_checkpoint(TRUNCATE)');
    damaging.close();
    overwrite(file, (leafOf('marked_row') - 1) * pageBytes, 500);
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await close();
    expect(said).toHaveBeenCalledWith('closing the case: backup failed', expect.anything());
    expect(backups()).toEqual(good);
  });
});
