/**
 * Writes a file so that it is there whole or not at all: beside its place under another name, flushed to the disk, then renamed.
 * Hashes what it writes. Must not overwrite the old file before the new one is complete.
 */
import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { CasebenchError } from '../contract/index.ts';

export type Written = { readonly bytes: number; readonly sha256: string };

const codeOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '');

const writeFailure = (thrown: unknown, name: string): unknown => {
  if (thrown instanceof CasebenchError) return thrown;
  const code = codeOf(thrown);
  const options = { detail: thrown instanceof Error ? `${code} ${thrown.message}` : String(thrown), retryable: true, cause: thrown };
  if (code === 'ENOSPC' || code === 'EDQUOT') return new CasebenchError('disk.full', `The disk is full, so ${name} was not written. The case is unchanged. Free some space or choose another place, then export again.`, options);
  if (code === '') return thrown;
  return new CasebenchError('file.unwritable', `${name} can't be written there (${code}). The case is unchanged, and a file of that name is as it was. Choose another place, then export again.`, options);
};

/** Renames survive a power cut only once the folder is on the disk; not every file system lets a folder be opened for that. */
const syncFolder = async (folder: string): Promise<void> => {
  let handle: FileHandle | null = null;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // the file itself is flushed; only the moment its name becomes durable is up to the system
  } finally {
    await handle?.close();
  }
};

/** Throws `disk.full`, `file.unwritable`, and whatever `work` throws; then no file was made or changed. */
export const writeWhole = async (file: string, work: (write: (part: string | Uint8Array) => Promise<void>) => Promise<void>): Promise<Written> => {
  const name = path.basename(file);
  const making = path.join(path.dirname(file), `.${name}.${randomUUID().slice(0, 8)}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  let handle: FileHandle | null = null;
  try {
    handle = await open(making, 'wx');
    const out = handle;
    await work(async (part) => {
      const buffer = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
      hash.update(buffer);
      for (let at = 0; at < buffer.length; ) at += (await out.write(buffer, at, buffer.length - at)).bytesWritten;
      bytes += buffer.length;
    });
    await handle.sync();
    await handle.close();
    handle = null;
    await rename(making, file);
    await syncFolder(path.dirname(file));
    return { bytes, sha256: hash.digest('hex') };
  } catch (thrown) {
    await handle?.close().catch(() => undefined);
    await rm(making, { force: true }).catch(() => undefined);
    throw writeFailure(thrown, name);
  }
};
