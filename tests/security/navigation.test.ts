/** The running page stays where it is, and opens no window but its own pop-out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../e2e/harness.ts';
import { startCountingServer, type CountingServer } from './counting-server.ts';

let running: RunningApp;
let server: CountingServer;
beforeAll(async () => {
  server = await startCountingServer();
  running = await launchApp();
  await running.waitIdle();
  await running.page.evaluate(() => void ((window as unknown as { marker: number }).marker = 1));
});
afterAll(async () => {
  await running?.dispose();
  await server?.close();
});

const home = 'app://casebench/index.html';
/** Same document as at the start, one window, nobody reached. */
const expectUnmoved = async (): Promise<void> => {
  await new Promise((done) => setTimeout(done, 250));
  expect(running.page.url().replace(/#.*$/, '')).toBe(home);
  expect(await running.page.evaluate(() => (window as unknown as { marker?: number }).marker)).toBe(1);
  expect(running.app.windows()).toHaveLength(1);
  expect(server.connections()).toBe(0);
};

const targets = (): string[] => [server.url, 'https://example.com/', 'app://casebench/popout.html', 'app://other/index.html', 'file:///etc/passwd', 'data:text/html,<h1>moved', 'javascript:document.write(1)', 'blob:app://casebench/1', 'mailto:a@example.com', 'ms-msdt:/id', 'chrome://gpu', 'view-source:app://casebench/index.html', 'devtools://devtools/bundled/inspector.html'];

describe('the page cannot leave', () => {
  test('by setting its location', async () => {
    for (const target of targets()) {
      await running.page.evaluate((url) => {
        try {
          location.href = url;
        } catch {
          // refused at once
        }
      }, target);
      await expectUnmoved();
    }
  });

  test('by links, whatever the button or target', async () => {
    for (const target of targets()) {
      await running.page.evaluate((url) => {
        const link = document.createElement('a');
        link.href = url;
        link.id = 'leave';
        link.textContent = 'leave';
        link.style.cssText = 'position:fixed;left:0;top:0;z-index:99999;width:80px;height:40px;background:red';
        document.body.append(link);
      }, target);
      await running.page.mouse.click(10, 10);
      await running.page.mouse.click(10, 10, { button: 'middle' });
      await running.page.keyboard.down('Control');
      await running.page.mouse.click(10, 10);
      await running.page.keyboard.up('Control');
      await running.page.evaluate(() => document.querySelector('#leave')?.setAttribute('target', '_blank'));
      await running.page.mouse.click(10, 10);
      await running.page.evaluate(() => document.querySelector('#leave')?.remove());
      await expectUnmoved();
    }
  });

  test.each(['GET', 'POST'])('by a form with %s', async (method) => {
    await running.page.evaluate(
      ([url, verb]) => {
        const form = document.createElement('form');
        form.action = url ?? '';
        form.method = verb ?? '';
        document.body.append(form);
        form.submit();
        form.remove();
      },
      [server.url, method] as const,
    );
    await expectUnmoved();
  });

  test('by a refresh in the markup', async () => {
    await running.page.evaluate((url) => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = `0;url=${url}`;
      document.head.append(meta);
    }, server.url);
    await expectUnmoved();
  });

  test('by a link or a file dropped on it', async () => {
    const session = await running.page.context().newCDPSession(running.page);
    for (const data of [
      { items: [{ mimeType: 'text/uri-list', data: server.url, title: 'x', baseURL: '' }], dragOperationsMask: 1 },
      { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 },
    ]) {
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 10, data });
      await expectUnmoved();
    }
    await session.detach();
  });
});

describe('no window opens', () => {
  test('for any address but the pop-out', async () => {
    for (const target of [...targets().filter((url) => !url.endsWith('/popout.html')), '/index.html', '/x/popout.html', 'https://casebench/popout.html', '']) {
      const opened = await running.page.evaluate((url) => window.open(url, '_blank', 'width=300,height=200') !== null, target);
      expect([target, opened]).toEqual([target, false]);
    }
    await expectUnmoved();
  });

  test('from a pop-out, not even another pop-out, and it cannot leave either', async () => {
    const opened = running.app.waitForEvent('window');
    await running.page.evaluate(() => void window.open('/popout.html', 'one', 'width=400,height=300'));
    const popout = await opened;
    await popout.waitForLoadState();
    expect(await popout.evaluate((urls) => urls.map((url) => window.open(url, '_blank', 'width=300,height=200') !== null), ['/popout.html', '/index.html', server.url])).toEqual([false, false, false]);
    await popout.evaluate((url) => void (location.href = url), server.url);
    await popout.evaluate(() => void (location.href = '/index.html'));
    await new Promise((done) => setTimeout(done, 250));
    expect(popout.url()).toBe('app://casebench/popout.html');
    await popout.close();
    await expectUnmoved();
  });

  test('and no page is embedded', async () => {
    await running.page.evaluate((url) => {
      const view = document.createElement('webview');
      view.setAttribute('src', url);
      document.body.append(view);
    }, server.url);
    await expectUnmoved();
    expect(await running.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });
});

test('an empty page, which no lock is asked about, is left again at once', async () => {
  await running.page.evaluate(() => void (location.href = 'about:blank'));
  await expect.poll(() => running.page.url(), { timeout: 5_000 }).toBe(home);
  await running.waitIdle();
});

test('a reload is the same page again, with an engine', async () => {
  await running.page.reload();
  await running.waitIdle();
  expect(running.page.url()).toBe(home);
  expect(await running.call('settings.get', {})).toMatchObject({ ok: true });
});
