/**
 * Writes the sample case: `node build/samples/generate.ts [--out DIR] [--check]`. With `--check` nothing is written; the exit code
 * says whether the files on disk are what the generator makes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildLantern } from './lantern.ts';
import type { OutputFile } from './lantern.ts';

const DEFAULT_DIR = resolve(import.meta.dirname, '../../resources/samples/lantern');

function differs(dir: string, file: OutputFile): boolean {
  try {
    return !readFileSync(join(dir, file.path)).equals(file.bytes);
  } catch {
    return true;
  }
}

function main(): number {
  const { values } = parseArgs({ options: { out: { type: 'string', default: DEFAULT_DIR }, check: { type: 'boolean', default: false } } });
  const files = buildLantern();
  const changed = files.filter((file) => differs(values.out, file));
  if (values.check) {
    for (const file of changed) console.error(`${file.path}: not what the generator makes`);
    return changed.length === 0 ? 0 : 1;
  }
  mkdirSync(values.out, { recursive: true });
  for (const file of changed) writeFileSync(join(values.out, file.path), file.bytes);
  for (const file of files) console.log(`${String(file.bytes.length).padStart(9)}  ${file.path}${changed.includes(file) ? '  written' : ''}`);
  console.log(`${String(files.reduce((sum, file) => sum + file.bytes.length, 0)).padStart(9)}  in all`);
  return 0;
}

process.exitCode = main();
