/**
 * The file-length check: nobody reads a file of more than 500 lines, so none may grow past that.
 * Owns: the limit and what counts as a source file. Must not: judge content.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const maxLines = 500;
const sourceFile = /\.(ts|tsx|mjs|cjs|js|css)$/;
const generated = /\.generated\.\w+$/;

/**
 * Source files longer than the limit.
 * @param {string} base
 * @param {string[]} files relative to base
 * @returns {{ file: string, lines: number }[]}
 */
export function tooLong(base, files) {
  return files
    .filter((file) => sourceFile.test(file) && !generated.test(file))
    .map((file) => ({ file, lines: readFileSync(join(base, file), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > maxLines);
}
