/** Folders given to an import become the files in them, in name order. Links are not followed out of the folder. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FileToImport } from './import-file.ts';

const maxDepth = 16;
/** What systems leave in folders. */
const litter = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

const filesIn = async (folder: string, depth: number): Promise<string[]> => {
  if (depth > maxDepth) return [];
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => !litter.test(entry.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesIn(path, depth + 1)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
};

/** A path that can't be looked at stays in the list: importing it says why. */
export const expandPaths = async (files: readonly FileToImport[]): Promise<FileToImport[]> => {
  const all: FileToImport[] = [];
  for (const file of files) {
    const path = resolve(file.path);
    const isFolder = await stat(path).then((found) => found.isDirectory(), () => false);
    if (isFolder) all.push(...(await filesIn(path, 0)).map((inside) => ({ path: inside })));
    else all.push({ ...file, path });
  }
  return all;
};
