/**
 * Opaque handles for the paths an analyst chose. Owns the way from a path to a handle; the page sees the handle, name and size, the
 * engine is told the path. Must not read contents.
 */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import { CasebenchError } from '../main/contract/errors.ts';
import type { FileHandle } from '../main/contract/shell.ts';

export type GrantMode = 'read' | 'write';

export type Handles = {
  /** An existing file or folder. Throws `file.unreadable`. */
  read(path: string): Promise<FileHandle>;
  /** A file that is going to be written; it need not exist. */
  write(path: string): Promise<FileHandle>;
};

/** `grant` resolves when the engine knows the handle, so that the page can use it at once. */
export const createHandles = (grant: (handle: string, path: string, mode: GrantMode) => Promise<void>): Handles => {
  const known = new Map<string, string>();

  const register = async (path: string, mode: GrantMode): Promise<string> => {
    const key = `${mode} ${path}`;
    const handle = known.get(key) ?? randomUUID();
    known.set(key, handle);
    await grant(handle, path, mode);
    return handle;
  };

  const describe = async (path: string): Promise<{ kind: FileHandle['kind']; sizeBytes: number | null } | null> => {
    try {
      const found = await stat(path);
      if (found.isDirectory()) return { kind: 'folder', sizeBytes: null };
      return found.isFile() ? { kind: 'file', sizeBytes: found.size } : null;
    } catch {
      return null;
    }
  };
  const nameOf = (path: string): string => basename(path) || path;

  return {
    async read(given) {
      const path = isAbsolute(given) ? resolve(given) : '';
      const described = path === '' ? null : await describe(path);
      if (described === null)
        throw new CasebenchError('file.unreadable', `${nameOf(given)} can't be read: it is missing, not accessible, or neither a file nor a folder. Nothing was opened. Check it and choose it again.`);
      return { handle: await register(path, 'read'), name: nameOf(path), ...described };
    },
    async write(given) {
      const path = resolve(given);
      const described = await describe(path);
      if (described?.kind === 'folder') throw new CasebenchError('file.unwritable', `${nameOf(path)} is a folder. Nothing was written. Choose a file name.`);
      return { handle: await register(path, 'write'), name: nameOf(path), sizeBytes: described?.sizeBytes ?? null, kind: 'file' };
    },
  };
};
