/** Only our own page is answered; addresses leave through the confirmed gate; malformed calls are typed errors. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { errorCodes } from '../../main/contract/errors.ts';
import { launchApp, type RunningApp } from '../e2e/harness.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launchApp();
  await running.waitIdle();
  await running.app.evaluate(({ shell, dialog }) => {
    const seen = ((globalThis as Record<string, unknown>)['seen'] = { opened: [] as string[], asked: [] as string[], answer: 0 });
    shell.openExternal = async (url: string) => void seen.opened.push(url);
    shell.openPath = async (path: string) => {
      seen.opened.push(path);
      return '';
    };
    dialog.showMessageBox = (async (...args: unknown[]) => {
      seen.asked.push((args.at(-1) as { detail: string }).detail);
      return { response: seen.answer, checkboxChecked: false };
    }) as never;
  });
});
afterAll(() => running?.dispose());

type Seen = { opened: string[]; asked: string[]; answer: number };
const seen = () => running.app.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
const setAnswer = (answer: number) => running.app.evaluate((_electron, value) => void Object.assign((globalThis as unknown as { seen: Seen }).seen, { opened: [], asked: [], answer: value }), answer);
const shell = (op: string, input: unknown) => running.page.evaluate(([name, value]) => window.casebench.shell(name as string, value), [op, input] as const);

describe('opening an address', () => {
  beforeEach(() => setAnswer(0));

  test.each(['file:///etc/passwd', 'http://example.com', 'javascript:alert(1)', 'smb://host/share', 'ms-msdt:/id', 'https://user:pw@example.com', 'https://example.com\\@evil.example', '/etc/passwd', ''])('%j is refused without a question', async (url) => {
    expect(await shell('shell.openExternal', { url })).toMatchObject({ ok: false, error: { code: 'shell.refused' } });
    expect(await seen()).toMatchObject({ opened: [], asked: [] });
  });

  test('an https address is shown and opens only after a yes', async () => {
    const url = 'https://attack.mitre.org/techniques/T1110/';
    expect(await shell('shell.openExternal', { url })).toEqual({ ok: true, output: { opened: false } });
    expect((await seen()).asked[0]).toContain(url);
    expect((await seen()).opened).toEqual([]);
    await setAnswer(1);
    expect(await shell('shell.openExternal', { url })).toEqual({ ok: true, output: { opened: true } });
    expect((await seen()).opened).toEqual([url]);
  });

  test('there is no operation that opens a file or folder', async () => {
    for (const op of ['shell.openPath', 'shell.showItemInFolder', 'shell.exec']) expect(await shell(op, { path: '/etc' })).toMatchObject({ ok: false, error: { code: 'op.unknown' } });
  });
});

describe('the sender', () => {
  const about = `window.casebench.shell('shell.about', {}).then((answer) => JSON.stringify(answer))`;

  test('our page is answered', async () => {
    expect(await shell('shell.about', {})).toMatchObject({ ok: true, output: { packaged: false } });
  });

  test('another window with the same preload and page is refused, and gets no engine', async () => {
    const answer = await running.app.evaluate(
      async ({ BrowserWindow, app }, code) => {
        const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, preload: `${app.getAppPath()}/out/preload/preload.cjs` } });
        await window.loadURL('app://casebench/popout.html');
        const asked = await window.webContents.executeJavaScript(code);
        const port = await window.webContents.executeJavaScript(
          `new Promise((done) => { addEventListener('message', (e) => done(e.ports.length)); window.casebench.connect(); setTimeout(() => done('none'), 400); })`,
        );
        window.destroy();
        return { asked, port };
      },
      about,
    );
    expect(JSON.parse(answer.asked)).toMatchObject({ ok: false, error: { code: 'shell.refused' } });
    expect(answer.port).toBe('none');
  });

  test('a frame inside our window has no desktop functions', async () => {
    const found = await running.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) return [];
      // The policy keeps addresses out of frames; a document written into one is let in, under the same policy.
      await window.webContents.executeJavaScript(
        `new Promise((done) => { const f = document.createElement('iframe'); f.id = 'inner'; f.srcdoc = '<p>inner'; f.onload = () => done(1); document.body.append(f); setTimeout(() => done(0), 2000); })`,
      );
      return Promise.all(window.webContents.mainFrame.frames.map((frame) => frame.executeJavaScript('typeof window.casebench')));
    });
    expect(found).toEqual(['undefined']);
    await running.page.evaluate(() => document.querySelector('#inner')?.remove());
  });

  test('our window on another origin is refused', async () => {
    const other = await launchApp();
    try {
      await other.waitIdle(); // a load still under way would be what the next one aborts
      const answer = await other.app.evaluate(async ({ BrowserWindow }, code) => {
        const [window] = BrowserWindow.getAllWindows();
        // The app would bring a strayed page back at once; here the sender check has to hold by itself.
        window?.webContents.removeAllListeners('did-navigate');
        await window?.loadURL('data:text/html,<title>elsewhere</title>');
        return window?.webContents.executeJavaScript(code);
      }, about);
      expect(JSON.parse(String(answer))).toMatchObject({ ok: false, error: { code: 'shell.refused' } });
    } finally {
      await other.dispose();
    }
  });
});

describe('malformed calls', () => {
  test('are typed errors, and the app goes on', async () => {
    const answers = await running.page.evaluate(async () => {
      const values: unknown[] = [undefined, null, 0, -1, NaN, '', 'x'.repeat(100_000), [], [[]], {}, { a: { b: { c: {} } } }, { __proto__: { polluted: 1 } }, new Date(0), new Map([[1, 2]]), new Float64Array(8), 10n, { url: 5 }, { text: null }, { purpose: 'root' }, { action: 'format' }, { suggestedName: '', extension: '../x' }];
      const ops = ['shell.pickFolder', 'shell.pickSave', 'shell.openExternal', 'shell.copyText', 'shell.window', 'shell.nothing', '', '__proto__', 'constructor', 'case.close'];
      const found: { op: string; ok: boolean; code: string }[] = [];
      for (const op of ops) {
        for (const value of values) {
          const answer = await window.casebench.shell(op, value).catch((thrown: Error) => ({ ok: false as const, error: { code: `thrown ${thrown.message}` } }));
          found.push({ op, ok: answer.ok, code: answer.ok ? '' : (answer.error as { code: string }).code });
        }
      }
      return found;
    });
    expect(answers.length).toBeGreaterThan(200);
    for (const { ok, code } of answers) expect([ok, errorCodes.includes(code as never)]).toEqual([false, true]);
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['input.invalid', 'op.unknown']));
    expect(await shell('shell.about', {})).toMatchObject({ ok: true });
  });

  test('a wrong operation name of any type is refused', async () => {
    const codes = await running.page.evaluate(async () => {
      const names: unknown[] = [undefined, null, 5, {}, [], 'x'.repeat(101)];
      return Promise.all(names.map(async (name) => ((await window.casebench.shell(name as string, {})) as { error: { code: string } }).error.code));
    });
    expect(new Set(codes)).toEqual(new Set(['input.invalid']));
  });
});

describe('files', () => {
  test('are known to the page by an opaque handle, name and size', async () => {
    const path = join(running.folders.casesDir, 'evidence.csv');
    mkdirSync(running.folders.casesDir, { recursive: true });
    writeFileSync(path, 'a,b\n1,2\n');
    const [file] = await running.handlesOf([path]);
    expect(Object.keys(file ?? {}).sort()).toEqual(['handle', 'kind', 'name', 'sizeBytes']);
    expect(file).toMatchObject({ name: 'evidence.csv', sizeBytes: 8, kind: 'file' });
    expect(JSON.stringify(file)).not.toContain(running.folders.casesDir);
  });

  test('a file the page made itself has no path and no handle', async () => {
    expect(await running.page.evaluate(() => window.casebench.filesFromDrop([new File(['x'], '/etc/passwd')]))).toEqual([]);
  });

  test('a path is no handle', async () => {
    expect(await running.call('evidence.inspect', { handle: '/etc/passwd' })).toMatchObject({ ok: false });
    expect(await running.call('case.open', { handle: '/etc' })).toMatchObject({ ok: false, error: { code: 'notFound' } });
  });

  test('the page cannot grant itself a path over its engine port', async () => {
    const grant = { t: 'control', control: 'grant', handle: 'mine', path: '/etc', mode: 'read' };
    await running.call('settings.get', {});
    await running.page.evaluate((message) => (window as unknown as { casebenchTest: { port: MessagePort } }).casebenchTest.port.postMessage(message), grant);
    await running.page.evaluate((message) => (window as unknown as { casebenchTest: { port: MessagePort } }).casebenchTest.port.postMessage({ t: 'client', client: 1, message }), grant);
    expect(await running.call('case.open', { handle: 'mine' })).toMatchObject({ ok: false, error: { code: 'notFound' } });
  });
});
