/** Every page is sandboxed and isolated, has no Node, and sees three functions of the desktop. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../e2e/harness.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launchApp();
  await running.waitIdle();
});
afterAll(() => running?.dispose());

const safe = { sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, webviewTag: false, webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false };

const preferencesOfAll = () =>
  running.app.evaluate(({ webContents }) => webContents.getAllWebContents().map((contents) => ({ url: contents.getURL(), preferences: { ...(contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences() } })));

const nodeInPage = () => {
  const scope = globalThis as Record<string, unknown>;
  return ['require', 'process', 'module', 'exports', '__dirname', 'Buffer', 'global', 'electron', 'ipcRenderer', 'webUtils'].filter((name) => typeof scope[name] !== 'undefined');
};

describe('the main page', () => {
  test('runs sandboxed, isolated and without Node, by its web preferences', async () => {
    const all = await preferencesOfAll();
    expect(all).toHaveLength(1);
    expect(all[0]?.preferences).toMatchObject(safe);
  });

  test('finds nothing of Node or Electron', async () => {
    expect(await running.page.evaluate(nodeInPage)).toEqual([]);
  });

  test('finds nothing of it in a worker either', async () => {
    const found = await running.page.evaluate(
      () =>
        new Promise((finish) => {
          const code = `postMessage(['require', 'process', 'module', 'Buffer', 'importScripts'].filter((name) => name in self))`;
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
          worker.onmessage = ({ data }) => finish(data);
        }),
    );
    expect(found).toEqual(['importScripts']);
  });

  test('sees exactly three functions of the desktop', async () => {
    const seen = await running.page.evaluate(() => Object.entries(window.casebench).map(([key, value]) => `${key}: ${typeof value}`));
    expect(seen.sort()).toEqual(['connect: function', 'filesFromDrop: function', 'shell: function']);
  });

  test('cannot replace or extend them', async () => {
    const after = await running.page.evaluate(() => {
      const surface = window.casebench as unknown as Record<string, unknown>;
      const before = surface['shell'];
      for (const change of [() => (surface['shell'] = () => 1), () => (surface['more'] = 1), () => Object.defineProperty(window, 'casebench', { value: {} })]) {
        try {
          change();
        } catch {
          // refused
        }
      }
      return { same: surface['shell'] === before, keys: Object.keys(window.casebench).length };
    });
    expect(after).toEqual({ same: true, keys: 3 });
  });

  test('does not reach the isolated world through what it is given', async () => {
    const reached = await running.page.evaluate(async () => {
      const answer = await window.casebench.shell('shell.about', {});
      const constructors = [window.casebench.shell, answer, answer.ok].map((value) => (value as unknown as { constructor: { constructor: (code: string) => () => unknown } }).constructor.constructor);
      return constructors.map((make) => {
        try {
          return typeof make('return typeof require')() === 'string' ? make('return typeof require')() : 'odd';
        } catch (thrown) {
          return (thrown as Error).name;
        }
      });
    });
    for (const result of reached) expect(['EvalError', 'undefined']).toContain(result);
  });
});

test('a pop-out has the same preferences and no desktop functions', async () => {
  const opened = running.app.waitForEvent('window');
  await running.page.evaluate(() => void window.open('/popout.html', 'casebench-test', 'width=500,height=400'));
  const popout = await opened;
  await popout.waitForLoadState();
  const all = await preferencesOfAll();
  expect(all.map(({ url }) => new URL(url).pathname).sort()).toEqual(['/index.html', '/popout.html']);
  for (const { preferences } of all) expect(preferences).toMatchObject(safe);
  expect(await popout.evaluate(nodeInPage)).toEqual([]);
  expect(await popout.evaluate(() => typeof (window as { casebench?: unknown }).casebench)).toBe('undefined');
  await popout.close();
});
