/** The smaller decisions of the desktop shell: requests, environment, names, log, window place, handles, places. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contentSecurityPolicy, responseHeaders } from '../../../electron/content-policy.ts';
import { plainName } from '../../../electron/dialogs.ts';
import { engineEnvironment } from '../../../electron/engine-link.ts';
import { hasGraphicsDevice } from '../../../electron/graphics.ts';
import { createHandles } from '../../../electron/handles.ts';
import { createLog } from '../../../electron/log.ts';
import { isAllowedRequest } from '../../../electron/no-network.ts';
import { shouldReload } from '../../../electron/page-recovery.ts';
import { findPlaces } from '../../../electron/places.ts';
import { isReachable, readWindowState, writeWindowState } from '../../../electron/window-state.ts';

vi.mock('electron', () => ({}));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebench-shell-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('requests of the page', () => {
  test.each(['app://casebench/index.html', 'blob:app://casebench/1', 'data:image/png;base64,AA'])('%s is loaded', (address) => expect(isAllowedRequest(address, null, false)).toBe(true));
  test.each(['http://example.com', 'https://example.com', 'ws://127.0.0.1:1', 'ftp://a', 'file:///etc/passwd', 'chrome://gpu', 'devtools://devtools/x', 'http://localhost:5173/', 'not an address'])('%s is not', (address) =>
    expect(isAllowedRequest(address, null, false)).toBe(false),
  );
  test('a development server is loaded in development only, and only that one', () => {
    expect(isAllowedRequest('http://localhost:5173/main.tsx', 'http://localhost:5173', true)).toBe(true);
    expect(isAllowedRequest('ws://localhost:5173/', 'http://localhost:5173', true)).toBe(true);
    expect(isAllowedRequest('http://localhost:5174/', 'http://localhost:5173', true)).toBe(false);
    expect(isAllowedRequest('http://localhost:5173.evil.example/', 'http://localhost:5173', true)).toBe(false);
  });
});

test('the content policy starts from nothing and lets no inline script, eval or remote address in', () => {
  const rules = Object.fromEntries(contentSecurityPolicy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
  expect(rules).toMatchObject({ 'default-src': "'none'", 'script-src': "'self'", 'connect-src': "'none'", 'object-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" });
  expect(rules['script-src']).not.toMatch(/unsafe|http|\*|blob|data/);
  expect(contentSecurityPolicy).not.toMatch(/https?:|\*/);
  expect(responseHeaders('text/html')).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': contentSecurityPolicy });
});

test("the engine's environment holds what it needs and no secret or switch", () => {
  const env = { PATH: '/bin', HOME: '/h', LC_TIME: 'cs', TZ: 'UTC', NODE_OPTIONS: '--inspect', ELECTRON_RUN_AS_NODE: '1', AWS_SECRET_ACCESS_KEY: 'canary', CASEBENCH_NODE: '/n', HTTP_PROXY: 'http://u:p@proxy', LD_PRELOAD: '/x.so', SSH_AUTH_SOCK: '/s' };
  expect(engineEnvironment(env)).toEqual({ PATH: '/bin', HOME: '/h', LC_TIME: 'cs', TZ: 'UTC' });
});

test.each([
  ['SigninLogs', 'csv', 'SigninLogs.csv'],
  ['a.CSV', 'csv', 'a.CSV'],
  ['../../etc/passwd', 'csv', '_.._etc_passwd.csv'],
  ['a<b>:c"d|e?f*g', 'jsonl', 'a_b_c_d_e_f_g.jsonl'],
  ['\u202egpj', 'csv', '_gpj.csv'],
  ['...', 'csv', 'export.csv'],
])('the suggested name %j becomes a plain file name', (name, extension, expected) => expect(plainName(name, extension)).toBe(expected));

test('only Linux is asked for a graphics device, and any of them will do', () => {
  expect(hasGraphicsDevice('linux', () => false)).toBe(false);
  expect(hasGraphicsDevice('linux', (path) => path === '/dev/dxg')).toBe(true);
  expect(hasGraphicsDevice('darwin', () => false)).toBe(true);
  expect(hasGraphicsDevice('win32', () => false)).toBe(true);
});

test('a page that ended is loaded again three times a minute at most', () => {
  expect(shouldReload([], 0)).toBe(true);
  expect(shouldReload([1_000, 2_000], 3_000)).toBe(true);
  expect(shouldReload([1_000, 2_000, 3_000], 4_000)).toBe(false);
  expect(shouldReload([1_000, 2_000, 3_000], 62_000)).toBe(true);
});

describe('the log', () => {
  const read = (name = 'casebench.log') => readFileSync(join(folder, 'logs', name), 'utf8');
  test('writes one line an event, whatever the text holds', () => {
    const log = createLog(folder, () => '2026-03-11T22:04:00.000Z');
    log('warn', 'sender refused', 'a\nb\u2028c\u202e\0d');
    log('info', 'engine ready');
    expect(read()).toBe('2026-03-11T22:04:00.000Z warn sender refused a b c d\n2026-03-11T22:04:00.000Z info engine ready\n');
  });
  test('is renewed at a megabyte and keeps two old files', () => {
    const log = createLog(folder, () => 't');
    for (let i = 0; i < 1_300; i++) log('info', 'x', 'a'.repeat(3_900));
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['casebench.log', 'casebench.log.1', 'casebench.log.2']);
    for (const name of readdirSync(join(folder, 'logs'))) expect(statSync(join(folder, 'logs', name)).size).toBeLessThanOrEqual(1_000_000);
  });
  test('that cannot be written is no reason to stop', () => {
    writeFileSync(join(folder, 'logs'), '');
    expect(() => createLog(folder, () => 't')('info', 'x')).not.toThrow();
  });
});

describe('the place of the window', () => {
  const state = { x: 10, y: 20, width: 1_600, height: 1_000, maximised: true };
  test('comes back as it was saved', () => {
    const file = join(folder, 'deep', 'window.json');
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });
  test.each(['', '{}', '{"x":"1"}', '{"x":0,"y":0,"width":-5,"height":1,"maximised":false}'])('a bad file %j counts as none', (text) => {
    writeFileSync(join(folder, 'window.json'), text);
    expect(readWindowState(join(folder, 'window.json'))).toBeNull();
  });
  test('counts only where a display still is', () => {
    const display = { x: 0, y: 0, width: 1_920, height: 1_080 };
    expect(isReachable(state, [display])).toBe(true);
    expect(isReachable({ ...state, x: 1_900 }, [display])).toBe(false);
    expect(isReachable({ ...state, x: -1_550 }, [display])).toBe(false);
    expect(isReachable({ ...state, y: 1_070 }, [display])).toBe(false);
    expect(isReachable({ ...state, x: 2_000 }, [display, { ...display, x: 1_920 }])).toBe(true);
    expect(isReachable(state, [])).toBe(false);
  });
});

describe('handles', () => {
  const setUp = () => {
    const granted: [string, string, string][] = [];
    return { granted, handles: createHandles(async (handle, path, mode) => void granted.push([handle, path, mode])) };
  };
  test('show the page a name, a size and nothing of the path', async () => {
    const { handles, granted } = setUp();
    writeFileSync(join(folder, 'a.csv'), 'abc');
    const file = await handles.read(join(folder, 'a.csv'));
    expect(file).toEqual({ handle: granted[0]?.[0], name: 'a.csv', sizeBytes: 3, kind: 'file' });
    expect(granted).toEqual([[file.handle, join(folder, 'a.csv'), 'read']]);
    expect(JSON.stringify(file)).not.toContain(folder);
    expect(await handles.read(folder)).toMatchObject({ kind: 'folder', sizeBytes: null });
  });
  test('the same path keeps its handle, reading and writing do not share one', async () => {
    const { handles } = setUp();
    const file = join(folder, 'a.csv');
    writeFileSync(file, '');
    const [first, second, other] = [await handles.read(file), await handles.read(file), await handles.write(file)];
    expect(first.handle).toBe(second.handle);
    expect(other.handle).not.toBe(first.handle);
  });
  test('what is not there, not absolute or not a file has none', async () => {
    const { handles, granted } = setUp();
    await expect(handles.read(join(folder, 'missing.csv'))).rejects.toMatchObject({ code: 'file.unreadable' });
    await expect(handles.read('relative.csv')).rejects.toMatchObject({ code: 'file.unreadable' });
    await expect(handles.read('/dev/null')).rejects.toMatchObject({ code: 'file.unreadable' });
    await expect(handles.write(folder)).rejects.toMatchObject({ code: 'file.unwritable' });
    expect(granted).toEqual([]);
  });
});

describe('places', () => {
  const facts = { appPath: '/app', resourcesPath: '/res', executable: '/x/electron', home: '/home/a', packaged: false, env: {} };
  test('in development the environment may move cases and Node; in a package it has no say', () => {
    const env = { CASEBENCH_CASES_DIR: '/cases', CASEBENCH_NODE: '/node24', ELECTRON_RENDERER_URL: 'http://localhost:5173/x' };
    expect(findPlaces({ ...facts, env })).toMatchObject({ casesDir: '/cases', node: '/node24', devServer: 'http://localhost:5173', samplesDir: '/app/resources/samples' });
    expect(findPlaces({ ...facts, env, packaged: true })).toMatchObject({ casesDir: '/home/a/Cases', node: null, devServer: null, samplesDir: '/res/samples' });
  });
  test('the stand-in runtime is known by the file beside it', () => {
    mkdirSync(join(folder, 'dist'));
    const executable = join(folder, 'dist', 'electron');
    expect(findPlaces({ ...facts, executable }).developmentRuntime).toBe(false);
    writeFileSync(join(folder, 'dist', 'casebench-fallback.json'), '{}');
    expect(findPlaces({ ...facts, executable }).developmentRuntime).toBe(true);
  });
});
