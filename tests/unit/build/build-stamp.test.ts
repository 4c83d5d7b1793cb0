/** The stamp that decides whether the app is built again, and the file-length check. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentStamp, listFiles } from '../../../build/lib/app-build.mjs';
import { maxLines, tooLong } from '../../../build/lib/file-length.mjs';

let base = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'casebench-stamp-'));
  mkdirSync(join(base, 'main', 'deep'), { recursive: true });
  mkdirSync(join(base, 'resources', 'samples'), { recursive: true });
  writeFileSync(join(base, 'main', 'a.ts'), 'a');
  writeFileSync(join(base, 'main', 'deep', 'b.ts'), 'b');
  writeFileSync(join(base, 'resources', 'samples', 'big.csv'), 'x');
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const stamp = () => contentStamp(base, listFiles(base, ['main', 'resources', 'absent'], new Set([join('resources', 'samples')])));

describe('build stamp', () => {
  it('stays for the same content, whenever it was written', () => {
    const before = stamp();
    utimesSync(join(base, 'main', 'a.ts'), 1, 1);
    writeFileSync(join(base, 'resources', 'samples', 'big.csv'), 'changed');
    expect(stamp()).toBe(before);
  });

  it('changes when a file changes, appears, moves or goes', () => {
    const seen = new Set([stamp()]);
    writeFileSync(join(base, 'main', 'a.ts'), 'A');
    seen.add(stamp());
    writeFileSync(join(base, 'main', 'c.ts'), '');
    seen.add(stamp());
    rmSync(join(base, 'main', 'c.ts'));
    writeFileSync(join(base, 'main', 'd.ts'), '');
    seen.add(stamp());
    rmSync(join(base, 'main', 'deep'), { recursive: true });
    seen.add(stamp());
    expect(seen.size).toBe(5);
  });

  it('does not confuse where one file ends and the next begins', () => {
    const one = stamp();
    writeFileSync(join(base, 'main', 'a.ts'), 'ab');
    writeFileSync(join(base, 'main', 'deep', 'b.ts'), '');
    expect(stamp()).not.toBe(one);
  });
});

describe('file length', () => {
  it('names source files past the limit, and only those', () => {
    const long = 'x\n'.repeat(maxLines + 1);
    writeFileSync(join(base, 'main', 'long.ts'), long);
    writeFileSync(join(base, 'main', 'full.ts'), 'x\n'.repeat(maxLines));
    writeFileSync(join(base, 'main', 'tlds.generated.ts'), long);
    writeFileSync(join(base, 'main', 'notes.md'), long);
    expect(tooLong(base, listFiles(base, ['main']))).toEqual([{ file: join('main', 'long.ts'), lines: maxLines + 1 }]);
  });
});
