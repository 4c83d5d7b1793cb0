import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createChildChannel, createUtilityChannel, type ChildProcess, type ClientChannel, type HostChannel, type ParentPort } from '../../../main/engine/host-channel.ts';

const listen = (host: HostChannel) => {
  const seen = { control: [] as unknown[], clients: [] as ClientChannel[], refused: [] as string[], gone: 0 };
  host.listen({
    control: (message) => seen.control.push(message),
    client: (channel) => seen.clients.push(channel),
    refused: (problem) => seen.refused.push(problem),
    gone: () => seen.gone++,
  });
  return seen;
};
const grant = { t: 'control', control: 'grant', handle: 'h', path: '/a', mode: 'read' };

describe('behind a child process', () => {
  const setUp = () => {
    const sent: unknown[] = [];
    const child = Object.assign(new EventEmitter(), { send: (message: unknown) => void sent.push(message) });
    const host = createChildChannel(child as unknown as ChildProcess);
    return { child, sent, host, seen: listen(host), receive: (message: unknown) => child.emit('message', message) };
  };

  test('windows are told apart by their number', () => {
    const { seen, sent, receive } = setUp();
    receive({ t: 'control', control: 'client', client: 1 });
    receive({ t: 'control', control: 'client', client: 2 });
    const [first, second] = seen.clients;
    const heard: unknown[] = [];
    first?.onMessage((message) => heard.push(['first', message]));
    second?.onMessage((message) => heard.push(['second', message]));
    receive({ t: 'client', client: 2, message: 'b' });
    receive({ t: 'client', client: 1, message: 'a' });
    receive({ t: 'client', client: 9, message: 'nobody' });
    expect(heard).toEqual([['second', 'b'], ['first', 'a']]);
    second?.send('answer');
    expect(sent).toEqual([{ t: 'client', client: 2, message: 'answer' }]);
  });

  test('what a window says before it is served waits', () => {
    const { seen, receive } = setUp();
    receive({ t: 'control', control: 'client', client: 1 });
    receive({ t: 'client', client: 1, message: 'early' });
    const heard: unknown[] = [];
    seen.clients[0]?.onMessage((message) => heard.push(message));
    receive({ t: 'client', client: 1, message: 'late' });
    expect(heard).toEqual(['early', 'late']);
  });

  test('nothing is sent to a window that went away', () => {
    const { seen, sent, receive } = setUp();
    receive({ t: 'control', control: 'client', client: 1 });
    let closed = 0;
    seen.clients[0]?.onClose(() => closed++);
    receive({ t: 'control', control: 'clientGone', client: 1 });
    seen.clients[0]?.send('late');
    expect([closed, sent]).toEqual([1, []]);
  });

  test('control messages are checked; a window cannot wrap one', () => {
    const { seen, receive } = setUp();
    receive({ t: 'control', control: 'client', client: 1 });
    receive({ t: 'client', client: 1, message: grant });
    receive({ ...grant, path: 5 });
    receive({ t: 'control', control: 'format' });
    expect(seen.control).toEqual([]);
    expect(seen.refused).toHaveLength(2);
    receive(grant);
    expect(seen.control).toEqual([grant]);
  });

  test('a closed channel is told', () => {
    const { child, seen } = setUp();
    child.emit('disconnect');
    expect(seen.gone).toBe(1);
  });
});

describe('as a utility process', () => {
  const setUp = () => {
    const parent = Object.assign(new EventEmitter(), { postMessage: () => undefined });
    return { seen: listen(createUtilityChannel(parent as unknown as ParentPort)), receive: (data: unknown, ports: unknown[] = []) => parent.emit('message', { data, ports }) };
  };

  test('a window comes with its port, started when somebody listens', () => {
    const { seen, receive } = setUp();
    let started = 0;
    const port = Object.assign(new EventEmitter(), { postMessage: () => undefined, start: () => started++ });
    receive({ t: 'control', control: 'client', client: 1 }, [port]);
    expect(started).toBe(0);
    const heard: unknown[] = [];
    seen.clients[0]?.onMessage((message) => heard.push(message));
    expect(started).toBe(1);
    port.emit('message', { data: 'hello' });
    expect(heard).toEqual(['hello']);
  });

  test('a window without a port is refused', () => {
    const { seen, receive } = setUp();
    receive({ t: 'control', control: 'client', client: 1 });
    expect(seen.clients).toEqual([]);
    expect(seen.refused).toHaveLength(1);
  });
});
