/**
 * Moves a closed case folder to another parent: by renaming on the same disk, else by a verified copy. The old folder goes only when
 * every byte of the new one was read back; a failure or a cancel leaves the old one as it was and nothing of the new one.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, utimes, stat } from 'node:fs/promises';
import path from 'node:path';
import { CasebenchError } from '../contract/index.ts';
import { exists, filesBelow, sha256OfFile, syncFolder, throwIfAborted } from './files.ts';
import { guardedAsync } from './failures.ts';
import { layoutOf } from './layout.ts';
import { acquireLock } from './lock.ts';
import type { Holder } from './lock.ts';

export type MoveWork = {
  readonly signal: AbortSignal;
  progress(update: { done?: number; total?: number | null; unit?: 'bytes'; stage?: string }): void;
};
export type MoveOptions = {
  readonly holder: Holder;
  /** Tests replace it to stand on two disks. */
  readonly renameFolder?: (from: string, to: string) => Promise<void>;
};

const codeOf = (thrown: unknown): unknown => (thrown instanceof Error && 'code' in thrown ? thrown.code : null);

/** The new folder. Throws `case.exists`, `case.locked`, `cancelled`, `disk.full`, `file.unwritable`. */
export const moveCaseFolder = (from: string, parent: string, work: MoveWork, options: MoveOptions): Promise<string> =>
  guardedAsync('Moving the case', async () => {
    const target = path.join(parent, path.basename(from));
    if (path.resolve(target) === path.resolve(from)) return from;
    if (!path.relative(from, parent).startsWith('..') && path.parse(from).root === path.parse(parent).root) {
      throw new CasebenchError('input.invalid', 'A case can’t be moved into itself. Nothing was moved. Choose another folder.');
    }
    if (await exists(target)) throw new CasebenchError('case.exists', `${path.basename(target)} already exists there. Nothing was moved. Choose another folder.`);
    const lock = acquireLock(layoutOf(from).lock, options.holder);
    if (lock.kind === 'locked') throw new CasebenchError('case.locked', `${lock.by.app} on ${lock.by.host} has the case open. Nothing was moved. Close it there, then move it again.`, { retryable: true });
    try {
      await (options.renameFolder ?? rename)(from, target);
      // The lock moved along.
      await rm(layoutOf(target).lock, { force: true });
      syncFolder(parent);
      return target;
    } catch (thrown) {
      if (codeOf(thrown) !== 'EXDEV') throw thrown;
    } finally {
      lock.release();
    }
    await copyThenRemove(from, target, work, options.holder);
    return target;
  });

const leftBehind = (relative: string): boolean => /^(temp|temp-trash)\//.test(relative) || relative.startsWith('case.lock') || relative === 'case.db-shm';

const copyThenRemove = async (from: string, target: string, work: MoveWork, holder: Holder): Promise<void> => {
  const lock = acquireLock(layoutOf(from).lock, holder);
  if (lock.kind === 'locked') throw new CasebenchError('case.locked', 'Another program opened the case meanwhile. Nothing was moved. Close it there, then move it again.', { retryable: true });
  const making = `${target}.moving-${randomBytes(4).toString('hex')}`;
  try {
    const files = (await filesBelow(from)).filter(({ relative }) => !leftBehind(relative));
    // Each file is read, written, and read back.
    let done = 0;
    work.progress({ unit: 'bytes', done, total: 2 * files.reduce((sum, { bytes }) => sum + bytes, 0) });
    const onBytes = (bytes: number): void => {
      done += bytes;
      work.progress({ done });
    };
    await mkdir(making, { recursive: true });
    for (const folder of ['tables', 'evidence', 'backup', 'temp']) await mkdir(path.join(making, folder), { recursive: true });
    for (const { relative } of files) {
      work.progress({ stage: `Copying ${relative}` });
      const parts = relative.split('/');
      await copyVerified(path.join(from, ...parts), path.join(making, ...parts), work.signal, onBytes);
    }
    throwIfAborted(work.signal);
    syncFolder(making);
    await rename(making, target);
    syncFolder(path.dirname(target));
  } catch (thrown) {
    await rm(making, { recursive: true, force: true });
    lock.release();
    throw thrown;
  }
  work.progress({ stage: 'Removing the old folder' });
  // First out of the way under one name, so that a kill meanwhile leaves no half case that could be opened.
  const old = `${from}.moved-${randomBytes(4).toString('hex')}`;
  await rename(from, old);
  await rm(old, { recursive: true, force: true });
};

const copyVerified = async (from: string, to: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<void> => {
  await mkdir(path.dirname(to), { recursive: true });
  const hash = createHash('sha256');
  const source = await open(from, 'r');
  const sink = await open(to, 'wx');
  try {
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      throwIfAborted(signal);
      const { bytesRead } = await source.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
      await sink.writeFile(chunk.subarray(0, bytesRead));
      onBytes(bytesRead);
    }
    await sink.sync();
  } finally {
    await source.close();
    await sink.close();
  }
  const times = await stat(from);
  await utimes(to, times.atime, times.mtime);
  if ((await sha256OfFile(to, { signal, onBytes })) !== hash.digest('hex')) {
    throw new CasebenchError('file.unwritable', `${path.basename(to)} reads differently on the new disk than it was written. The case stays where it was. Check that disk, or move the case to another.`);
  }
};
