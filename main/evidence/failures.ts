/** Errors of reading evidence, in words for analysts: which file, what happened, what it means for the data, what to do. */
import { CasebenchError } from '../contract/index.ts';
import { isDiskFull } from './duck.ts';

const codeOf = (thrown: unknown): string => {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string' && /^E[A-Z]+$/.test(thrown.code)) return thrown.code;
  const detail = thrown instanceof CasebenchError ? (thrown.detail ?? '') : '';
  return /^(E[A-Z]+):/.exec(detail)?.[1] ?? '';
};

/** Any error met while importing `label`, as a contract error that names it. */
export const importFailure = (thrown: unknown, label: string): CasebenchError => {
  const code = codeOf(thrown);
  const detail = thrown instanceof CasebenchError ? (thrown.detail ?? thrown.message) : thrown instanceof Error ? thrown.message : String(thrown);
  if (code === 'ENOENT') return new CasebenchError('file.unreadable', `${label} isn't there any more. No table was added. Check the path or reconnect the disk.`, { detail, retryable: true });
  if (code === 'EACCES' || code === 'EPERM') return new CasebenchError('file.unreadable', `${label} can't be read: permission denied. No table was added. Change its permissions or copy it to where you may read it.`, { detail });
  if (code === 'EISDIR') return new CasebenchError('file.unreadable', `${label} is a folder. No table was added. Import the files in it.`, { detail });
  if (code === 'EIO' || code === 'ESTALE') return new CasebenchError('file.unreadable', `${label} can't be read: the disk reports an error. No table was added. Check the disk or copy the file from another source.`, { detail, retryable: true });
  if (code === 'ENOSPC' || code === 'EDQUOT' || isDiskFull(thrown)) return new CasebenchError('disk.full', `Importing ${label} stopped: the disk is full. No table was added, the file is unchanged. Free space on the disk of the case, then import again.`, { detail, retryable: true });
  if (code === 'EROFS') return new CasebenchError('file.unwritable', `Importing ${label} stopped: the case folder can't be written. No table was added. Open a copy of the case on a writable disk.`, { detail });
  if (thrown instanceof CasebenchError && thrown.code !== 'internal') return thrown;
  if (thrown instanceof Error && /Out of Memory Error/.test(thrown.message)) return new CasebenchError('limit', `${label} needs more memory than an import may use. No table was added. Split it into smaller files and import those.`, { detail });
  return new CasebenchError('internal', `${label} can't be imported because of an error in Casebench. No table was added, the file is unchanged. Copy the detail into a report.`, { detail, cause: thrown });
};

export const emptyFile = (label: string): CasebenchError =>
  new CasebenchError('import.empty', `${label} is empty. No table was added. Check that it was copied completely.`);

export const unsupportedFile = (label: string, kind: string | null): CasebenchError =>
  kind === null
    ? new CasebenchError('import.unsupported', `${label} is not in a format Casebench reads. No table was added. Convert it to CSV, JSON lines or Parquet and import that.`)
    : new CasebenchError('import.unsupported', `${label} is ${kind}, which Casebench can't read. No table was added. Convert it to CSV, JSON lines or Parquet and import that.`);

export const changedWhileRead = (label: string): CasebenchError =>
  new CasebenchError('file.unreadable', `${label} changed while it was read. No table was added. Import it again once nothing writes to it.`, { retryable: true });
