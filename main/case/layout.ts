/**
 * Names inside a case folder, and the one way to turn a relative path kept in the database into a path on disk.
 * Owns: the layout. Must not touch the disk.
 */
import path from 'node:path';
import { CasebenchError } from '../contract/index.ts';

export const caseExtension = '.case';

export const layoutOf = (folder: string) => ({
  folder,
  database: path.join(folder, 'case.db'),
  lock: path.join(folder, 'case.lock'),
  tables: path.join(folder, 'tables'),
  evidence: path.join(folder, 'evidence'),
  temp: path.join(folder, 'temp'),
  /** Table files that no row of the catalogue names; removed at the next clean close. */
  trash: path.join(folder, 'temp-trash'),
  backup: path.join(folder, 'backup'),
});
export type Layout = ReturnType<typeof layoutOf>;

/** Files SQLite keeps beside a database. */
export const sideFiles = (database: string): string[] => [`${database}-wal`, `${database}-shm`, `${database}-journal`];

/** Where damaged files are kept as they were found. */
export const damagedFolder = (layout: Layout, nowUs: number): string =>
  path.join(layout.backup, `damaged-${new Date(nowUs / 1_000).toISOString().replace(/[-:.]/g, '')}`);

/** A path from the database, which may have been edited by others: it must stay inside the case folder. */
export const insideCase = (folder: string, relative: string): string => {
  const parts = relative.split('/');
  const bad = parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\') || part.includes('\0'));
  if (bad || path.isAbsolute(relative) || /^[a-z]:/i.test(relative)) {
    throw new CasebenchError('case.damaged', `case.db names the file “${relative}”, which lies outside the case folder. It was not read. Verify the case to see what else was changed.`);
  }
  return path.join(folder, ...parts);
};

/** The folder as shown to a person: home shortened to ~. */
export const displayFolder = (folder: string, homeDir: string): string => {
  if (homeDir === '' || homeDir === path.parse(homeDir).root) return folder;
  if (folder === homeDir) return '~';
  return folder.startsWith(homeDir + path.sep) ? `~${folder.slice(homeDir.length)}` : folder;
};

/** A folder name that every file system takes; the case keeps the name as written. */
export const folderNameOf = (caseName: string): string => {
  const clean = caseName
    .normalize('NFC')
    // eslint-disable-next-line no-control-regex
    .replace(/[<>:"/\\|?*\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '-')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, 100)
    .trim();
  const safe = clean === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(clean) ? `Case ${clean}`.trim() : clean;
  return `${safe}${caseExtension}`;
};
