/** The lint rules that keep addresses and page messages behind their gates do fail on a raw call. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..', '..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebench-lint-'));
  mkdirSync(join(folder, 'electron'));
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lint = (code: string): string => {
  writeFileSync(join(folder, 'electron', 'fixture.ts'), code);
  try {
    execFileSync(process.execPath, [join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'), '--deny-warnings', 'electron'], { cwd: folder, encoding: 'utf8' });
    return '';
  } catch (thrown) {
    return (thrown as { stdout: string }).stdout;
  }
};

test.each([
  ["import { shell } from 'electron';\nexport const open = (url: string): Promise<void> => shell.openExternal(url);\n", 'one gate'],
  ["import { shell } from 'electron';\nexport const open = (path: string): Promise<string> => shell.openPath(path);\n", 'one gate'],
  ["import { ipcMain } from 'electron';\nexport const listen = (): void => void ipcMain.on('x', () => undefined);\n", 'checks the sender'],
])('%j is refused', (code, reason) => expect(lint(code)).toContain(reason));

test('a file without them passes', () => expect(lint("import { app } from 'electron';\nexport const name = (): string => app.name;\n")).toBe(''));
