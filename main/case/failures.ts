/**
 * Turns what SQLite and the file system throw into the contract's errors, in words that say what it means for the case.
 * Owns: the mapping from causes to codes. Must not hide an error it doesn't know: that one passes through unchanged.
 */
import { CasebenchError } from '../contract/index.ts';

const codeOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
const textOf = (thrown: unknown): string => (thrown instanceof Error ? `${codeOf(thrown)} ${thrown.message}`.trim() : String(thrown));

export const isDamage = (thrown: unknown): boolean => {
  const code = codeOf(thrown);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_FORMAT';
};

/** Nothing may be written here, for good: other than a full disk. */
export const isUnwritable = (thrown: unknown): boolean => {
  const code = codeOf(thrown);
  return ['EROFS', 'EACCES', 'EPERM'].includes(code) || code.startsWith('SQLITE_READONLY');
};

/**
 * @param doing what was being done, as the start of a sentence about it: “Opening the case”.
 */
export const caseFailure = (thrown: unknown, doing: string): unknown => {
  if (thrown instanceof CasebenchError) return thrown;
  const code = codeOf(thrown);
  const options = { detail: textOf(thrown), cause: thrown };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_FULL')) {
    return new CasebenchError('disk.full', `${doing} stopped: the disk is full. Nothing of it was kept, and everything saved before is unchanged. Free space on that disk, then try again.`, { ...options, retryable: true });
  }
  if (isDamage(thrown)) {
    return new CasebenchError('case.damaged', `${doing} stopped: case.db is damaged. Table files and evidence are unchanged. Close the case and open it again to restore it from its newest good backup.`, options);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new CasebenchError('case.locked', `${doing} stopped: another program holds case.db. Nothing was changed. Close that program or wait, then try again.`, { ...options, retryable: true });
  }
  if (isUnwritable(thrown) || code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code === 'EIO') {
    return new CasebenchError('file.unwritable', `${doing} stopped: the case folder can't be written. Everything saved before is unchanged. Check the permissions and the disk, or open a copy of the case elsewhere.`, { ...options, retryable: true });
  }
  if (['ENOENT', 'ENOTDIR', 'ENXIO', 'ENODEV', 'ESTALE', 'ETIMEDOUT', 'EHOSTDOWN'].includes(code)) {
    return new CasebenchError('case.unreachable', `${doing} stopped: a file of the case isn't there. Nothing was changed. Reconnect the disk, or locate the case folder if it was moved.`, { ...options, retryable: true });
  }
  return thrown;
};

/** Runs `work`; what it throws comes out as a contract error. */
export const guarded = <T>(doing: string, work: () => T): T => {
  try {
    return work();
  } catch (thrown) {
    throw caseFailure(thrown, doing);
  }
};
export const guardedAsync = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (thrown) {
    throw caseFailure(thrown, doing);
  }
};
