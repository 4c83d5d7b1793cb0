/**
 * What the analyst granted: opaque handles to paths chosen in a dialog, by a drop or on the command line. The only place where
 * a handle of the renderer becomes a path. Must not touch the files themselves.
 */
import { isAbsolute, normalize } from 'node:path';
import { CasebenchError } from '../contract/index.ts';

export type GrantMode = 'read' | 'write';

export type Grants = {
  /** Throws `input.invalid` for a path that is not absolute. */
  grant(handle: string, path: string, mode: GrantMode): void;
  /** Throws `notFound` for an unknown handle or one granted for the other use. */
  resolve(handle: string, mode: GrantMode): string;
};

export const createGrants = (): Grants => {
  const granted = new Map<string, { path: string; mode: GrantMode }>();
  return {
    grant(handle, path, mode) {
      if (!isAbsolute(path) || path.includes('\0')) throw new CasebenchError('input.invalid', 'A granted path has to be absolute. The file was not opened.');
      granted.set(handle, { path: normalize(path), mode });
    },
    resolve(handle, mode) {
      const found = granted.get(handle);
      if (found === undefined || found.mode !== mode)
        throw new CasebenchError('notFound', 'This file or folder is not open to Casebench any more. Nothing was changed. Choose it again.');
      return found.path;
    },
  };
};
