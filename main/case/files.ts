/**
 * File work that must survive a kill or a power cut: atomic writes, flushed folders, hashing with cancel, sizes.
 * Must not know what the files mean.
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { CasebenchError } from '../contract/index.ts';

/** Makes names in a folder durable. Windows has no such call and needs none. */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

export const syncFile = (file: string): void => {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** Old content or new content, never a mixture, whatever happens in between. */
export const writeFileAtomic = async (file: string, content: string | Uint8Array): Promise<void> => {
  const temp = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = await open(temp, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, file);
    syncFolder(path.dirname(file));
  } catch (thrown) {
    await rm(temp, { force: true });
    throw thrown;
  }
};

export const throwIfAborted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw new CasebenchError('cancelled', 'Cancelled. Nothing was changed.');
};

const chunkBytes = 1 << 20;

/** SHA-256 in hex. `onBytes` hears the size of each chunk. Throws `cancelled` soon after an abort. */
export const sha256OfFile = async (file: string, options: { signal?: AbortSignal; onBytes?(bytes: number): void } = {}): Promise<string> => {
  const hash = createHash('sha256');
  const handle = await open(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      throwIfAborted(options.signal);
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, null);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
      options.onBytes?.(bytesRead);
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
};

export const exists = async (file: string): Promise<boolean> => {
  try {
    await stat(file);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')) return false;
    throw thrown;
  }
};

/** Names in a folder, none when it isn't there. */
export const namesIn = async (folder: string): Promise<string[]> => ((await exists(folder)) ? (await readdir(folder)).toSorted() : []);

/** Every file below a folder, as paths relative to it with `/`. Links are not followed. */
export const filesBelow = async (folder: string): Promise<{ relative: string; bytes: number }[]> => {
  const found: { relative: string; bytes: number }[] = [];
  const walk = async (relative: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, relative), { withFileTypes: true })) {
      const inner = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) await walk(inner);
      else if (entry.isFile()) found.push({ relative: inner, bytes: (await stat(path.join(folder, inner))).size });
    }
  };
  await walk('');
  return found;
};
