/** Whatever the running page asks the system for, the answer is no. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../e2e/harness.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launchApp();
  await running.waitIdle();
});
afterAll(() => running?.dispose());

const wishes = ['geolocation', 'notifications', 'camera', 'microphone', 'screen', 'clipboard read', 'clipboard write', 'usb', 'hid', 'serial', 'bluetooth', 'midi', 'pointer lock', 'idle', 'local fonts', 'persistent storage'];

/** 'granted', or the name of the refusal. */
const wish = (what: string): Promise<string> =>
  running.page.evaluate(async (name) => {
    const nav = navigator as unknown as Record<string, Record<string, (options?: unknown) => Promise<unknown>>>;
    const scope = window as unknown as Record<string, (options?: unknown) => Promise<unknown>>;
    const asks: Record<string, () => Promise<unknown>> = {
      geolocation: () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)),
      notifications: async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new DOMException('', 'NotAllowedError');
      },
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
      screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
      'clipboard read': () => navigator.clipboard.readText(),
      'clipboard write': () => navigator.clipboard.writeText('x'),
      usb: async () => nav['usb']?.['requestDevice']?.({ filters: [] }),
      hid: async () => {
        if (((await nav['hid']?.['requestDevice']?.({ filters: [] })) as unknown[] | undefined)?.length === 0) throw new DOMException('', 'NotFoundError');
      },
      serial: async () => nav['serial']?.['requestPort']?.(),
      bluetooth: async () => nav['bluetooth']?.['requestDevice']?.({ acceptAllDevices: true }),
      midi: async () => (navigator as unknown as { requestMIDIAccess(options: unknown): Promise<unknown> }).requestMIDIAccess({ sysex: true }),
      'pointer lock': async () => {
        await (document.body.requestPointerLock() as unknown as Promise<void> | undefined);
        await new Promise((done) => setTimeout(done, 200));
        if (document.pointerLockElement === null) throw new DOMException('', 'NotAllowedError');
      },
      idle: async () => {
        const detector = (window as unknown as { IdleDetector: { requestPermission(): Promise<string> } }).IdleDetector;
        if ((await detector.requestPermission()) !== 'granted') throw new DOMException('', 'NotAllowedError');
      },
      'local fonts': async () => {
        if (((await scope['queryLocalFonts']?.()) as unknown[] | undefined)?.length === 0) throw new DOMException('', 'NotAllowedError');
      },
      'persistent storage': async () => {
        if (!(await navigator.storage.persist())) throw new DOMException('', 'NotAllowedError');
      },
    };
    // What this build of Chromium does not have cannot be granted either.
    if (['usb', 'hid', 'serial', 'bluetooth'].includes(name) && nav[name] === undefined) return 'TypeError';
    const ask = asks[name];
    if (ask === undefined) return 'unknown wish';
    const late = new Promise<never>((_yes, no) => setTimeout(() => no(new DOMException('', 'no answer')), 3_000));
    try {
      await Promise.race([ask(), late]);
      return 'granted';
    } catch (thrown) {
      return thrown instanceof GeolocationPositionError ? `geolocation ${thrown.code}` : (thrown as Error).name;
    }
  }, what);

test.each(wishes)('%s is refused', async (what) => {
  const answer = await wish(what);
  expect(['NotAllowedError', 'SecurityError', 'NotFoundError', 'AbortError', 'TypeError', 'WrongDocumentError', 'NotSupportedError', 'geolocation 1', 'InvalidStateError']).toContain(answer);
});

test('asked about, they are denied already', async () => {
  const states = await running.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write', 'midi', 'background-sync', 'persistent-storage', 'idle-detection', 'local-fonts', 'screen-wake-lock'];
    const found: Record<string, string> = {};
    for (const name of names) found[name] = await navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state, () => 'unsupported');
    return found;
  });
  for (const [name, state] of Object.entries(states)) expect([name, state]).not.toEqual([name, 'granted']);
  expect(states).toMatchObject({ geolocation: 'denied', notifications: 'denied', camera: 'denied', 'clipboard-read': 'denied', 'clipboard-write': 'denied' });
});

test('text still reaches the clipboard through the shell', async () => {
  const answer = await running.page.evaluate(() => window.casebench.shell('shell.copyText', { text: 'hxxps://example[.]com' }));
  expect(answer).toEqual({ ok: true, output: {} });
  expect(await running.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('hxxps://example[.]com');
});

test('refusals are logged by name', () => {
  const log = readFileSync(join(running.folders.userDataDir, 'logs', 'casebench.log'), 'utf8');
  expect(log).toMatch(/warn permission refused \S+/);
});
