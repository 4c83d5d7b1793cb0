import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngineHost, type EngineHost } from '../../../electron/engine-host.ts';
import type { EngineLink, LinkListeners } from '../../../electron/engine-link.ts';
import type { Control } from '../../../main/contract/index.ts';

/** One end of a channel: what was posted on it, and who listens. */
const fakePort = (name: string) =>
  Object.assign(new EventEmitter(), {
    name,
    posted: [] as unknown[],
    started: false,
    postMessage(message: unknown) {
      this.posted.push(message);
    },
    start() {
      this.started = true;
    },
    close: () => undefined,
  });
type FakePort = ReturnType<typeof fakePort>;
type FakeLink = EngineLink & { listeners: LinkListeners; sent: Control[]; connected: { client: number; port: FakePort }[]; killed: boolean };

let nowMs = 0;
let links: FakeLink[];
let delivered: FakePort[];
let lines: string[];
let host: EngineHost;

const latest = (): FakeLink => {
  const link = links.at(-1);
  if (link === undefined) throw new Error('no engine was started');
  return link;
};
const ready = (reopenError: null | { code: 'case.damaged'; message: string; retryable: boolean } = null) => latest().listeners.reply({ t: 'control', control: 'ready', reopenError });
const crash = (signal: string | null = 'SIGKILL') => latest().listeners.exit({ code: null, signal });
/** What the page was told of the engine, on the port in use. */
const told = (port: FakePort | undefined) => (port?.posted ?? []).map((message) => (message as { payload: { state: string } }).payload.state);

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 1_000_000;
  links = [];
  delivered = [];
  lines = [];
  let channels = 0;
  host = createEngineHost({
    launch(listeners) {
      const link: FakeLink = {
        listeners,
        sent: [],
        connected: [],
        killed: false,
        pid: () => 77,
        send: (message) => void link.sent.push(message),
        connect: (client, port) => void link.connected.push({ client, port: port as unknown as FakePort }),
        disconnect: () => undefined,
        kill: () => void (link.killed = true),
      };
      links.push(link);
      return link;
    },
    start: { userDataDir: '/u', casesDir: '/c', samplesDir: '/s', homeDir: '/h', appVersion: '1' },
    newChannel: () => {
      channels += 1;
      return { port1: fakePort(`host ${channels}`) as unknown as MessagePortMain, port2: Object.assign(fakePort(`page ${channels}`)) as unknown as MessagePortMain };
    },
    deliver: (port) => void delivered.push(port as unknown as FakePort),
    log: (level, event, detail) => void lines.push(`${level} ${event} ${detail}`),
    monotonicMs: () => nowMs,
  });
});
afterEach(() => vi.useRealTimers());

const pass = async (ms: number): Promise<void> => {
  nowMs += ms;
  await vi.advanceTimersByTimeAsync(ms);
};

describe('start', () => {
  test('the engine is started once, with its folders and no case', () => {
    expect(links).toHaveLength(1);
    expect(latest().sent).toEqual([{ t: 'control', control: 'start', userDataDir: '/u', casesDir: '/c', samplesDir: '/s', homeDir: '/h', appVersion: '1', reopen: null }]);
  });

  test('a page that asks early gets its port at once; the engine gets the other end when it is ready', () => {
    host.connectPage();
    expect(delivered.map((port) => port.name)).toEqual(['page 1']);
    expect(latest().connected).toEqual([]);
    ready();
    expect(latest().connected).toMatchObject([{ client: 1, port: { name: 'host 1', started: false } }]);
    expect(told(latest().connected[0]?.port)).toEqual(['ready']);
  });

  test('a reloaded page gets a new port', () => {
    ready();
    host.connectPage();
    host.connectPage();
    expect(latest().connected.map(({ client }) => client)).toEqual([1, 2]);
  });
});

describe('a crash', () => {
  test('is answered by a new engine at once, a new port, and the case and grants of before', async () => {
    ready();
    host.connectPage();
    void host.grant('h1', '/evidence/a.csv', 'read');
    latest().listeners.reply({ t: 'control', control: 'caseFolder', folder: '/cases/Lantern.case' });
    await pass(60_000 - 5_000);
    crash();
    expect(links).toHaveLength(2);
    expect(host.state()).toBe('restarting');
    expect(latest().sent[0]).toMatchObject({ control: 'start', reopen: '/cases/Lantern.case' });
    expect(latest().sent[1]).toMatchObject({ control: 'grant', handle: 'h1', path: '/evidence/a.csv' });
    expect(delivered).toHaveLength(2);
    ready();
    expect(told(latest().connected[0]?.port)).toEqual(['restarting', 'ready']);
    expect(host.state()).toBe('ready');
  });

  test('of a closed case reopens nothing', () => {
    ready();
    latest().listeners.reply({ t: 'control', control: 'caseFolder', folder: '/cases/a.case' });
    latest().listeners.reply({ t: 'control', control: 'caseFolder', folder: null });
    crash();
    expect(latest().sent[0]).toMatchObject({ reopen: null });
  });

  test('again and again waits longer, then gives up, says so, and answers every call', async () => {
    host.connectPage();
    for (let i = 0; i < 7; i++) {
      expect(host.state()).not.toBe('failed');
      crash();
      await pass(5_000);
    }
    expect(links).toHaveLength(7);
    expect(host.state()).toBe('failed');
    const port = delivered.at(-1);
    expect(port?.name).toBe('page 8');
  });

  test('in the failed state calls fail at once instead of hanging', async () => {
    for (let i = 0; i < 7; i++) {
      crash();
      await pass(5_000);
    }
    const posted: unknown[] = [];
    const channel = fakePort('host end');
    channel.postMessage = (message: unknown) => void posted.push(message);
    // The next channel is ours.
    const given = createEngineHost({
      launch: (listeners) => {
        queueMicrotask(() => listeners.exit({ code: 1, signal: null }));
        return { pid: () => 1, send: () => undefined, connect: () => undefined, disconnect: () => undefined, kill: () => undefined };
      },
      start: { userDataDir: '', casesDir: '', samplesDir: '', homeDir: '', appVersion: '' },
      newChannel: () => ({ port1: channel as unknown as MessagePortMain, port2: channel as unknown as MessagePortMain }),
      deliver: () => undefined,
      log: () => undefined,
      monotonicMs: () => nowMs,
    });
    await pass(30_000);
    expect(given.state()).toBe('failed');
    given.connectPage();
    expect(channel.started).toBe(true);
    channel.emit('message', { data: { t: 'req', id: 4, op: 'case.recent', input: {} } });
    channel.emit('message', { data: 'noise' });
    expect(posted.at(-1)).toMatchObject({ t: 'res', id: 4, ok: false, error: { code: 'engine.gone' } });
  });

  test('caused twice by opening the case leaves the case closed and says so', async () => {
    ready();
    host.connectPage();
    latest().listeners.reply({ t: 'control', control: 'caseFolder', folder: '/cases/bad.case' });
    await pass(10_000);
    crash();
    crash();
    await pass(5_000);
    expect(latest().sent[0]).toMatchObject({ reopen: '/cases/bad.case' });
    crash();
    await pass(5_000);
    expect(latest().sent[0]).toMatchObject({ reopen: null });
    ready();
    const last = latest().connected.at(-1)?.port.posted.at(-1) as { payload: { state: string; message: string } };
    expect(last.payload.state).toBe('ready');
    expect(last.payload.message).toContain('left closed');
  });

  test('a case that could not be reopened is named to the page', () => {
    ready();
    host.connectPage();
    crash();
    ready({ code: 'case.damaged', message: 'The case is damaged.', retryable: false });
    expect(latest().connected[0]?.port.posted.at(-1)).toMatchObject({ payload: { state: 'ready', message: 'The case is damaged.' } });
  });
});

describe('grants', () => {
  test('resolve when the engine knows the handle', async () => {
    ready();
    let known = false;
    void host.grant('h', '/a', 'write').then(() => (known = true));
    await pass(10);
    expect(known).toBe(false);
    latest().listeners.reply({ t: 'control', control: 'granted', handle: 'h' });
    await pass(0);
    expect(known).toBe(true);
  });

  test('do not hang on an engine that ends', async () => {
    ready();
    const granted = host.grant('h', '/a', 'read');
    crash();
    await granted;
    expect(latest().sent[1]).toMatchObject({ control: 'grant', handle: 'h' });
  });
});

describe('a silent engine', () => {
  test('is ended after a minute without a sign of life, and started again', async () => {
    ready();
    await pass(61_000);
    expect(latest().killed).toBe(true);
    crash();
    expect(links).toHaveLength(2);
  });

  test('signs of life keep it', async () => {
    ready();
    for (let i = 0; i < 20; i++) {
      await pass(10_000);
      latest().listeners.reply({ t: 'control', control: 'alive' });
    }
    expect(latest().killed).toBe(false);
  });
});

describe('the end', () => {
  test('waits for the engine, which is not started again', async () => {
    ready();
    let isDown = false;
    void host.shutdown().then(() => (isDown = true));
    expect(latest().sent.at(-1)).toEqual({ t: 'control', control: 'shutdown' });
    await pass(5_000);
    expect(isDown).toBe(false);
    crash(null);
    await pass(0);
    expect([isDown, links.length]).toEqual([true, 1]);
  });

  test('is forced after 30 seconds', async () => {
    ready();
    void host.shutdown();
    await pass(30_001);
    expect(latest().killed).toBe(true);
  });

  test('while a restart is pending starts no engine any more', async () => {
    ready();
    await pass(10_000);
    crash();
    await pass(10);
    crash();
    await host.shutdown();
    await pass(10_000);
    expect(links).toHaveLength(2);
  });
});

test('only last words of the runtime itself reach the log', () => {
  latest().listeners.output('FATAL ERROR: Reached heap limit');
  latest().listeners.output('Could not convert string "secret" to INT64');
  expect(lines).toEqual(['error engine output FATAL ERROR: Reached heap limit']);
});
