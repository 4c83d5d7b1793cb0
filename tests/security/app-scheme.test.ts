/** The running app serves its own page's files, to GET, with the policy headers, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../electron/content-policy.ts';
import { launchApp, root, type RunningApp } from '../e2e/harness.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launchApp();
});
afterAll(() => running?.dispose());

const ask = (address: string, method = 'GET') =>
  running.app.evaluate(
    async ({ net }, [url, verb]) => {
      try {
        const response = await net.fetch(url ?? '', { method: verb ?? 'GET', bypassCustomProtocolHandlers: false });
        return { status: response.status, headers: Object.fromEntries(response.headers), body: (await response.text()).slice(0, 200) };
      } catch (thrown) {
        return { status: 0, headers: {} as Record<string, string>, body: String(thrown) };
      }
    },
    [address, method] as const,
  );

test('pages come with the policy and the guarding headers', async () => {
  for (const page of ['', 'index.html', 'popout.html']) {
    const { status, headers } = await ask(`app://casebench/${page}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff', 'cross-origin-opener-policy': 'same-origin', 'referrer-policy': 'no-referrer' });
  }
});

describe('outside the page', () => {
  test.each([
    '../main/main.js',
    '..%2fmain/main.js',
    '%2e%2e/main/main.js',
    '%2e%2e%2fmain%2fmain.js',
    '..%5cmain%5cmain.js',
    '..\\main\\main.js',
    '....//main/main.js',
    '%252e%252e/main/main.js',
    'assets/../../main/main.js',
    '/etc/passwd',
    '//etc/passwd',
    'index.html%00.js',
    'index.html::$DATA',
    'assets',
    'assets/',
    'missing.html',
  ])('app://casebench/%s gives nothing', async (path) => {
    const { status, body } = await ask(`app://casebench/${path}`);
    expect(status).not.toBe(200);
    expect(body).not.toMatch(/import|root:/);
  });

  test.each(['app://other/index.html', 'app://casebench.evil/index.html', 'app://index.html'])('%s gives nothing', async (address) => {
    expect((await ask(address)).status).not.toBe(200);
  });

  test.each([`file://${root}/package.json`, 'file:///etc/hostname', 'devtools://devtools/bundled/inspector.html', 'chrome://version'])('the page cannot load %s', async (address) => {
    const outcome = await running.page.evaluate(
      (url) =>
        new Promise((finish) => {
          const script = document.createElement('script');
          script.src = url;
          script.onload = () => finish('loaded');
          script.onerror = () => finish('refused');
          document.head.append(script);
        }),
      address,
    );
    expect(outcome).toBe('refused');
  });
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is not answered', async (method) => {
  expect((await ask('app://casebench/index.html', method)).status).toBe(405);
});
