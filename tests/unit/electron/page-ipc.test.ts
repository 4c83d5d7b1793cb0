/** Who is answered. The live test shows it for whole windows; here every part of the check is bent by itself. */
import type { WebContents } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageIpc } from '../../../electron/page-ipc.ts';
import { CasebenchError } from '../../../main/contract/errors.ts';

const ipc = vi.hoisted(() => ({ handlers: new Map<string, (event: unknown, input: unknown) => Promise<unknown>>(), listeners: new Map<string, (event: unknown) => void>() }));
vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, handler: never) => void ipc.handlers.set(channel, handler),
    on: (channel: string, listener: never) => void ipc.listeners.set(channel, listener),
  },
}));

const mainFrame = { parent: null, origin: 'app://casebench' };
const page = { mainFrame } as unknown as WebContents;
const good = { sender: page, senderFrame: mainFrame };
let lines: string[];
beforeEach(() => {
  ipc.handlers.clear();
  ipc.listeners.clear();
  lines = [];
});

const setUp = (current: WebContents | null = page, devServer: string | null = null) => {
  const seen: unknown[] = [];
  const gate = createPageIpc(() => current, devServer, (level, event, detail) => void lines.push(`${level} ${event} ${detail}`));
  gate.answer('ask', (input) => {
    seen.push(input);
    return { heard: input };
  });
  gate.listen('tell', () => seen.push('told'));
  return { seen, ask: (event: unknown) => ipc.handlers.get('ask')?.(event, 1), tell: (event: unknown) => ipc.listeners.get('tell')?.(event) };
};

test('our main frame on our origin is answered', async () => {
  const { ask, tell, seen } = setUp();
  expect(await ask(good)).toEqual({ ok: true, output: { heard: 1 } });
  tell(good);
  expect(seen).toEqual([1, 'told']);
});

describe('refused, and the handler is not run', () => {
  test.each([
    ['a frame inside our page', { ...good, senderFrame: { parent: mainFrame, origin: 'app://casebench' } }],
    ['a frame that is gone', { ...good, senderFrame: null }],
    ['another top frame of the same contents', { ...good, senderFrame: { parent: null, origin: 'app://casebench' } }],
    ['another window', { sender: {}, senderFrame: mainFrame }],
  ])('%s', async (_who, event) => {
    const { ask, tell, seen } = setUp();
    expect(await ask(event)).toMatchObject({ ok: false, error: { code: 'shell.refused' } });
    tell(event);
    expect(seen).toEqual([]);
    expect(lines).toEqual(['warn sender refused ask', 'warn sender refused tell']);
  });

  test.each(['null', 'https://casebench', 'app://casebench.evil', 'app://other', 'file://', 'http://localhost:5173', 'app://casebench:80'])('the origin %s', async (origin) => {
    const frame = { parent: null, origin };
    const own = { mainFrame: frame } as unknown as WebContents;
    const { ask, seen } = setUp(own);
    expect(await ask({ sender: own, senderFrame: frame })).toMatchObject({ ok: false, error: { code: 'shell.refused' } });
    expect(seen).toEqual([]);
  });

  test('anybody while there is no window', async () => {
    expect(await setUp(null).ask(good)).toMatchObject({ ok: false, error: { code: 'shell.refused' } });
  });
});

test('in development the page of the development server is ours', async () => {
  const frame = { parent: null, origin: 'http://localhost:5173' };
  const own = { mainFrame: frame } as unknown as WebContents;
  expect(await setUp(own, 'http://localhost:5173').ask({ sender: own, senderFrame: frame })).toMatchObject({ ok: true });
});

test('throws become typed errors; of a defect only the class is logged', async () => {
  const gate = createPageIpc(() => page, null, (level, event, detail) => void lines.push(`${level} ${event} ${detail}`));
  gate.answer('typed', () => {
    throw new CasebenchError('file.unreadable', 'Gone.');
  });
  gate.answer('defect', () => {
    throw new TypeError('evidence text');
  });
  expect(await ipc.handlers.get('typed')?.(good, null)).toEqual({ ok: false, error: { code: 'file.unreadable', message: 'Gone.', retryable: false } });
  expect(await ipc.handlers.get('defect')?.(good, null)).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(lines).toEqual(['error defect in defect TypeError']);
});
