import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainPath, resolveAppFile } from '../../../electron/app-files.ts';

let base: string;
let root: string;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'casebench-app-')));
  root = join(base, 'renderer');
  mkdirSync(join(root, 'assets', 'deep'), { recursive: true });
  mkdirSync(join(base, 'renderer-other'));
  mkdirSync(join(root, 'folder.js'));
  for (const file of ['index.html', 'popout.html', 'assets/index-Ab_1-x.js', 'assets/deep/a.css', 'assets/font.woff2', 'run.sh', 'no-type'])
    writeFileSync(join(root, file), file);
  writeFileSync(join(base, 'secret.js'), 'secret');
  writeFileSync(join(base, 'renderer-other', 'a.js'), 'sibling');
  symlinkSync(join(base, 'secret.js'), join(root, 'assets', 'link.js'));
  symlinkSync(base, join(root, 'up'));
  symlinkSync(join(base, 'renderer-other'), join(root, 'other'));
  symlinkSync(join(root, 'index.html'), join(root, 'inside.html'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('the page', () => {
  test.each([
    ['app://casebench/', 'index.html', 'text/html; charset=utf-8'],
    ['app://casebench/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['app://casebench/popout.html?id=3#x', 'popout.html', 'text/html; charset=utf-8'],
    ['app://casebench/assets/index-Ab_1-x.js', 'assets/index-Ab_1-x.js', 'text/javascript; charset=utf-8'],
    ['app://casebench/assets/deep/a.css', 'assets/deep/a.css', 'text/css; charset=utf-8'],
    ['app://casebench/assets/font.woff2', 'assets/font.woff2', 'font/woff2'],
  ])('%s is %s', async (address, file, type) => {
    expect(await resolveAppFile(root, address)).toEqual({ path: join(root, file), type });
  });

  test('a link that stays inside is followed', async () => {
    expect(await resolveAppFile(root, 'app://casebench/inside.html')).toMatchObject({ path: join(root, 'index.html') });
  });
});

describe('nothing else', () => {
  const traversals = [
    '../secret.js',
    'assets/../../secret.js',
    './index.html',
    '%2e%2e/secret.js',
    '%2E%2E%2Fsecret.js',
    '..%2fsecret.js',
    'assets/%2e%2e/%2e%2e/secret.js',
    '%252e%252e/secret.js',
    '..%5csecret.js',
    '..\\secret.js',
    'assets\\..\\..\\secret.js',
    '%c0%ae%c0%ae/secret.js',
    '/secret.js',
    '//etc/passwd',
    '/etc/passwd',
    'C:/secret.js',
    'c:\\secret.js',
    '\\\\server\\share\\a.js',
    '//server/share/a.js',
    'index.html::$DATA',
    'index.html:stream.js',
    'index.html%00.js',
    'index.html\0.js',
    'index.html .js',
    'index.html%20',
    'index.html.',
    '.hidden.js',
    'assets//index-Ab_1-x.js',
    'assets/',
    'assets',
    'folder.js',
    'assets/link.js',
    'up/secret.js',
    'other/a.js',
    '../renderer-other/a.js',
    'run.sh',
    'no-type',
    'missing.js',
    `${'a/'.repeat(5_000)}a.js`,
    'con.js\u202e',
    'ın\u0000dex.html',
  ];
  test.each(traversals)('app://casebench/%s is refused', async (path) => {
    expect(await resolveAppFile(root, `app://casebench/${path}`)).toBeNull();
  });

  test.each([
    'app://other/index.html',
    'app://casebench.evil/index.html',
    'app://user@casebench/index.html',
    'app://user:pass@casebench/index.html',
    'app://casebench:80/index.html',
    'APP://casebench/index.html',
    'app:/casebench/index.html',
    'app:index.html',
    'file:///etc/passwd',
    'https://casebench/index.html',
    'app://casebench',
    '',
  ])('the address %j is refused', async (address) => {
    expect(await resolveAppFile(root, address)).toBeNull();
  });
});

test('whatever the path, an answer lies inside the folder', async () => {
  const piece = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', '%00', 'assets', 'up', 'other', 'link.js', 'secret.js', 'index.html', ':', '~', ' ');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const found = await resolveAppFile(root, `app://casebench/${pieces.join('')}`);
      expect(found === null || found.path.startsWith(`${root}/`)).toBe(true);
      expect(found?.path.includes('secret') ?? false).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('queries and fragments do not change the file', () => {
  expect(plainPath('app://casebench/a/b.js?../../x')).toBe('a/b.js');
  expect(plainPath('app://casebench/a/b.js#/../x')).toBe('a/b.js');
});
