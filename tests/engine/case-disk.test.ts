import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MockInstance } from 'vitest';
import { createCase, openCase, verifyCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import { addRealTable, addTable, temporaryFolder, testClock } from './case-fixture.ts';

/** Needs to mount file systems of its own: root on Linux. */
const canMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const { folder, remove } = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    remove();
  }
})();

describe.skipIf(!canMount)('a disk that is full or read-only (skipped where this process may not mount one)', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let disk: string;
  let dir: string;
  let open: OpenSession | null = null;
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  const mount = (size: string): void => {
    mkdirSync(disk, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]);
  };
  const fill = (leaveBytes = 0): void => {
    const file = path.join(disk, 'filler');
    for (const bytes of [65_536, 4_096]) {
      try {
        for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
      } catch {
        // Full.
      }
    }
    if (leaveBytes > 0) execFileSync('truncate', ['-s', `-${leaveBytes}`, file]);
  };
  const makeRoom = (): void => rmSync(path.join(disk, 'filler'), { force: true });
  const findings = async (session: OpenSession) =>
    (await verifyCase(session, options.clock, { signal: new AbortController().signal, progress: () => undefined })).findings;

  /** Closing goes on although a backup could not be made, and says so on the console. */
  let said: MockInstance;
  beforeEach(() => {
    said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    place = temporaryFolder();
    disk = path.join(place.folder, 'disk');
    dir = path.join(disk, 'Night.case');
  });
  afterEach(async () => {
    await open?.close();
    open = null;
    execFileSync('umount', ['-l', disk], { stdio: 'ignore' });
    place.remove();
  });

  it('refuses a change that no longer fits, keeps all before it, and goes on when there is room', async () => {
    mount('4m');
    open = await createCase(dir, 'Night', options);
    open.execute(addTable(1));
    open.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1, 2], on: true } });
    const before = open.info();
    fill();
    const large = { kind: 'marks.star', payload: { tableId: 't1', rowIds: Array.from({ length: 50_000 }, (_, i) => i * 7), on: true } };
    expect(() => open?.execute(large)).toThrow(expect.objectContaining({ code: 'disk.full', message: expect.stringContaining('disk is full') }));
    expect(open.info()).toEqual(before);
    expect(open.db.prepare('SELECT count(*) FROM marked_row').pluck().get()).toBe(2);
    makeRoom();
    open.execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [3], on: true } });
    expect(open.info().revision).toBe(before.revision + 1);
  });

  it('closes and opens again although no backup fits', async () => {
    mount('4m');
    open = await createCase(dir, 'Night', options);
    open.execute(await addRealTable(open, 1));
    for (let i = 0; i < 30; i += 1) open.execute({ kind: 'board.add', payload: { id: `b${i}`, kind: 'note', label: `item ${i}`, payload: 'x'.repeat(20_000) } });
    fill();
    await open.close();
    expect(said).toHaveBeenCalledWith('closing the case: backup failed', expect.anything());
    expect(readdirSync(path.join(dir, 'temp'))).toEqual([]);
    fill();
    open = await openCase(dir, options);
    expect(open.info()).toMatchObject({ readOnly: true, readOnlyReason: expect.stringContaining('disk is full') });
    expect(open.info().board).toHaveLength(30);
    makeRoom();
    await open.close();
    open = await openCase(dir, options);
    expect(open.readOnly).toBe(false);
    expect(await findings(open)).toEqual([]);
  });

  it('makes no half case', async () => {
    mount('100k');
    await expect(createCase(dir, 'Night', options)).rejects.toMatchObject({ code: 'disk.full' });
    expect(readdirSync(disk)).toEqual([]);
  });

  it.each([0, 8_192, 65_536, 131_072])('full at any step of working leaves a case that opens whole (%i bytes left)', async (leaveBytes) => {
    mount('4m');
    open = await createCase(dir, 'Night', options);
    open.execute(addTable(1));
    fill(leaveBytes);
    let kept = open.info().revision;
    for (let i = 0; i < 40; i += 1) {
      try {
        kept = open.execute({ kind: 'board.add', payload: { id: `b${i}`, kind: 'note', label: `item ${i}`, payload: 'x'.repeat(3_000) } });
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'disk.full' });
      }
    }
    expect(open.info().revision).toBe(kept);
    await open.close();
    makeRoom();
    open = await openCase(dir, options);
    expect(open.info().revision).toBe(kept);
    expect((await findings(open)).filter(({ kind }) => kind !== 'table')).toEqual([]);
  });

  it('that is read-only lets a case be read, also one that was not closed', async () => {
    mount('8m');
    open = await createCase(dir, 'Night', options);
    open.execute(await addRealTable(open, 1));
    open.execute({ kind: 'case.rename', payload: { name: 'Last words' } });
    // As after a kill: the last changes stand in the write-ahead log only.
    cpSync(dir, path.join(disk, 'Killed.case'), { recursive: true });
    rmSync(path.join(disk, 'Killed.case', 'case.lock'));
    await open.close();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    for (const name of ['Night.case', 'Killed.case']) {
      open = await openCase(path.join(disk, name), options);
      expect(open.info()).toMatchObject({ name: 'Last words', readOnly: true, readOnlyReason: expect.stringContaining('can’t be written') });
      expect(await findings(open)).toEqual([]);
      expect(() => open?.execute({ kind: 'case.rename', payload: { name: 'x' } })).toThrow(/read-only/);
      await open.close();
    }
    open = null;
    await expect(createCase(path.join(disk, 'New.case'), 'New', options)).rejects.toMatchObject({ code: 'file.unwritable' });
    expect(existsSync(path.join(disk, 'New.case'))).toBe(false);
  });
});
