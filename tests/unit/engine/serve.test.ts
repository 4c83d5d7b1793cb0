import { describe, expect, test } from 'vitest';
import { CasebenchError, response, eventMessage } from '../../../main/contract/index.ts';
import type { EngineEvent } from '../../../main/engine/create-engine.ts';
import { serveClient } from '../../../main/engine/serve.ts';

const setUp = (dispatch: (op: string, input: unknown) => Promise<unknown>) => {
  const sent: unknown[] = [];
  let receive = (_message: unknown): void => undefined;
  let close = (): void => undefined;
  const listeners = new Set<(event: EngineEvent) => void>();
  serveClient(
    {
      dispatch,
      onEvent(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    {
      send: (message) => void sent.push(structuredClone(message)),
      onMessage: (listener) => void (receive = listener),
      onClose: (listener) => void (close = listener),
    },
  );
  const settle = () => new Promise((done) => setImmediate(done));
  return { sent, listeners, settle, receive: (message: unknown) => receive(message), close: () => close() };
};

describe('requests', () => {
  test('are answered under their number, in contract shape', async () => {
    const client = setUp(async (op, input) => ({ op, input }));
    client.receive({ t: 'req', id: 7, op: 'case.recent', input: { a: 1 } });
    await client.settle();
    expect(client.sent).toEqual([{ t: 'res', id: 7, ok: true, output: { op: 'case.recent', input: { a: 1 } } }]);
    expect(response.safeParse(client.sent[0]).success).toBe(true);
  });

  test('errors cross as plain data without a stack', async () => {
    const client = setUp(() => Promise.reject(new CasebenchError('case.none', 'No case is open.', { cause: new Error('inner') })));
    client.receive({ t: 'req', id: 1, op: 'x', input: {} });
    await client.settle();
    expect(client.sent).toEqual([{ t: 'res', id: 1, ok: false, error: { code: 'case.none', message: 'No case is open.', retryable: false } }]);
  });

  test('an output that cannot be copied is answered with an error', async () => {
    const client = setUp(async () => ({ f: () => 1 }));
    client.receive({ t: 'req', id: 1, op: 'x', input: {} });
    await client.settle();
    expect(client.sent).toMatchObject([{ id: 1, ok: false, error: { code: 'internal' } }]);
  });
});

describe('other messages', () => {
  test.each([
    [{ t: 'control', control: 'grant', handle: 'h', path: '/etc/passwd', mode: 'read', id: 3 }],
    [{ t: 'control', control: 'shutdown', id: 3 }],
    [{ t: 'req', id: 3, op: 5, input: {} }],
    [{ t: 'req', id: 3, op: 'a', input: {}, more: 1 }],
  ])('%j is refused and reaches nobody', async (message) => {
    let calls = 0;
    const client = setUp(async () => calls++);
    client.receive(message);
    await client.settle();
    expect(calls).toBe(0);
    expect(client.sent).toMatchObject([{ t: 'res', id: 3, ok: false, error: { code: 'input.invalid' } }]);
  });

  test.each([[null], ['text'], [42], [undefined], [[]], [{ id: 1.5 }], [{ t: 'control', control: 'shutdown' }]])('%j is dropped', async (message) => {
    const client = setUp(async () => 1);
    client.receive(message);
    await client.settle();
    expect(client.sent).toEqual([]);
  });
});

test('events reach the client until its channel closes', () => {
  const client = setUp(async () => 1);
  const [listener] = client.listeners;
  listener?.({ event: 'case.changed', payload: { info: null } });
  expect(client.sent).toEqual([{ t: 'ev', event: 'case.changed', payload: { info: null } }]);
  expect(eventMessage.safeParse(client.sent[0]).success).toBe(true);
  client.close();
  expect(client.listeners.size).toBe(0);
});
