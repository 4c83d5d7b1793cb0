/** The running page refuses inline script, eval and everything remote; nothing of it reaches the network. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../e2e/harness.ts';
import { startCountingServer, type CountingServer } from './counting-server.ts';

let running: RunningApp;
let server: CountingServer;
beforeAll(async () => {
  server = await startCountingServer();
  running = await launchApp();
  await running.waitIdle();
});
afterAll(async () => {
  await running?.dispose();
  await server?.close();
});

type Outcome = { result: string; violations: string[] };

/** Runs an attack as the page's own task, since code of the test tool is exempt from the policy, and collects what was refused. */
const attack = (body: string): Promise<Outcome> =>
  running.page.evaluate(
    ([code, url]) => {
      const attacks: Record<string, (target: string) => unknown> = {
        'inline script': () => {
          const script = document.createElement('script');
          script.textContent = 'window.pwned = 1';
          document.head.append(script);
        },
        'inline handler': () => {
          const button = document.createElement('button');
          button.setAttribute('onclick', 'window.pwned = 1');
          document.body.append(button);
          button.click();
          button.remove();
        },
        'script in markup': () => {
          const box = document.createElement('div');
          box.innerHTML = '<img src="x:" onerror="window.pwned = 1">';
          document.body.append(box);
        },
        'javascript address': () => {
          const link = document.createElement('a');
          link.href = 'javascript:window.pwned=1';
          document.body.append(link);
          link.click();
          link.remove();
        },
        'data script': () => {
          const script = document.createElement('script');
          script.src = 'data:text/javascript,window.pwned=1';
          document.head.append(script);
        },
        'blob script': () => {
          const script = document.createElement('script');
          script.src = URL.createObjectURL(new Blob(['window.pwned = 1'], { type: 'text/javascript' }));
          document.head.append(script);
        },
        eval: () => (0, eval)('window.pwned = 1'),
        function: () => new Function('window.pwned = 1')(),
        'text timer': () => setTimeout('window.pwned = 1' as unknown as () => void, 0),
        'remote script': (target) => {
          const script = document.createElement('script');
          script.src = `${target}/a.js`;
          document.head.append(script);
        },
        'remote module': (target) => {
          const script = document.createElement('script');
          script.type = 'module';
          script.src = `${target}/a.mjs`;
          document.head.append(script);
        },
        'remote image': (target) => void (new Image().src = `${target}/a.png`),
        'remote style': (target) => {
          const link = document.createElement('link');
          link.rel = 'stylesheet';
          link.href = `${target}/a.css`;
          document.head.append(link);
        },
        'style image': (target) => {
          const box = document.createElement('div');
          box.style.cssText = `width:9px;height:9px;background:url(${target}/b.png)`;
          document.body.append(box);
        },
        'remote font': (target) => new FontFace('x', `url(${target}/f.woff2)`).load(),
        fetch: (target) => fetch(`${target}/x`),
        'fetch of an own file': () => fetch('/index.html'),
        request: (target) => {
          const request = new XMLHttpRequest();
          request.open('GET', `${target}/x`);
          request.send();
        },
        socket: (target) => void new WebSocket(target.replace('http', 'ws')),
        'event stream': (target) => void new EventSource(`${target}/e`),
        beacon: (target) => navigator.sendBeacon(`${target}/b`, 'x'),
        ping: (target) => {
          const link = document.createElement('a');
          link.href = '#ping';
          link.setAttribute('ping', `${target}/p`);
          document.body.append(link);
          link.click();
        },
        frame: (target) => {
          const frame = document.createElement('iframe');
          frame.src = target;
          document.body.append(frame);
        },
        'own frame': () => {
          const frame = document.createElement('iframe');
          frame.src = '/index.html';
          document.body.append(frame);
        },
        object: (target) => {
          const object = document.createElement('object');
          object.data = `${target}/o.pdf`;
          document.body.append(object);
        },
        media: (target) => void (document.createElement('video').src = `${target}/v.mp4`),
        'data worker': () => void new Worker('data:text/javascript,postMessage(1)'),
        base: (target) => {
          const base = document.createElement('base');
          base.href = target;
          document.head.append(base);
        },
        prefetch: (target) => {
          for (const rel of ['prefetch', 'preload', 'dns-prefetch', 'preconnect', 'manifest', 'modulepreload']) {
            const link = document.createElement('link');
            link.rel = rel;
            link.setAttribute('as', 'image');
            link.href = `${target}/${rel}`;
            document.head.append(link);
          }
        },
      };
      return new Promise<{ result: string; violations: string[] }>((finish) => {
        const violations: string[] = [];
        const note = (event: SecurityPolicyViolationEvent): void => void violations.push(event.effectiveDirective);
        document.addEventListener('securitypolicyviolation', note);
        setTimeout(() => {
          let result = 'ran';
          try {
            const answer = attacks[code ?? '']?.(url ?? '');
            if (answer instanceof Promise) answer.catch(() => undefined);
          } catch (thrown) {
            result = (thrown as Error).name;
          }
          setTimeout(() => {
            document.removeEventListener('securitypolicyviolation', note);
            if ('pwned' in window) result = 'pwned';
            finish({ result, violations });
          }, 150);
        });
      });
    },
    [body, server.url] as const,
  );

describe('script', () => {
  test.each([
    ['inline script', 'script-src-elem'],
    ['inline handler', 'script-src-attr'],
    ['script in markup', 'script-src-attr'],
    ['javascript address', 'script-src-elem'],
    ['data script', 'script-src-elem'],
    ['blob script', 'script-src-elem'],
    ['eval', 'script-src'],
    ['function', 'script-src'],
    ['text timer', 'script-src'],
    ['remote script', 'script-src-elem'],
    ['remote module', 'script-src-elem'],
  ])('%s is refused', async (what, directive) => {
    const { result, violations } = await attack(what);
    expect(result).not.toBe('pwned');
    expect(violations).toContain(directive);
  });
});

describe('everything remote', () => {
  test.each([
    ['remote image', 'img-src'],
    ['remote style', 'style-src-elem'],
    ['style image', 'img-src'],
    ['remote font', 'font-src'],
    ['fetch', 'connect-src'],
    ['fetch of an own file', 'connect-src'],
    ['request', 'connect-src'],
    ['socket', 'connect-src'],
    ['event stream', 'connect-src'],
    ['beacon', 'connect-src'],
    ['ping', 'connect-src'],
    ['frame', 'frame-src'],
    ['own frame', 'frame-src'],
    ['object', 'object-src'],
    ['media', 'media-src'],
    ['data worker', 'worker-src'],
    ['base', 'base-uri'],
  ])('%s is refused', async (what, directive) => {
    expect((await attack(what)).violations).toContain(directive);
  });

  test('hints to the network are not followed', async () => {
    await attack('prefetch');
    expect(server.connections()).toBe(0);
  });
});

test('after all of it the page still works and nobody connected', async () => {
  expect(server.connections()).toBe(0);
  expect(await running.call('settings.get', {})).toMatchObject({ ok: true });
});
