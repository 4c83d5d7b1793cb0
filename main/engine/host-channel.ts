/**
 * How the engine's process talks to the desktop shell: as an Electron utility process (`process.parentPort`, a port per window)
 * or as a plain Node child (`process.send`, windows numbered). Owns that difference; the rest of the engine sees one interface.
 * Control messages are checked here, the receiving end.
 */
import { clientMessage, control, type Control, type ControlReply } from '../contract/index.ts';

export type ClientChannel = {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
};

export type HostListeners = {
  control(message: Exclude<Control, { control: 'client' | 'clientGone' }>): void;
  /** A window was connected. */
  client(channel: ClientChannel): void;
  /** The shell ended without saying so. */
  gone(): void;
  /** A message that is not one of the contract's; only its kind, never its content. */
  refused(problem: string): void;
};

export type HostChannel = {
  send(reply: ControlReply): void;
  listen(listeners: HostListeners): void;
};

type Port = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
};
/** The part of Electron's `process.parentPort` in use here. */
export type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: readonly Port[] }) => void): unknown;
};
/** The part of a forked Node process in use here. */
export type ChildProcess = {
  send(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
};

const portChannel = (port: Port): ClientChannel => ({
  send: (message) => port.postMessage(message),
  onMessage(listener) {
    port.on('message', ({ data }) => listener(data));
    port.start();
  },
  onClose: (listener) => void port.on('close', listener),
});

export const createUtilityChannel = (parent: ParentPort): HostChannel => ({
  send: (reply) => parent.postMessage(reply),
  listen({ control: onControl, client, refused }) {
    parent.on('message', ({ data, ports }) => {
      const parsed = control.safeParse(data);
      if (!parsed.success) refused('a message outside the contract');
      else if (parsed.data.control === 'client') {
        const port = ports[0];
        if (port === undefined) refused('a window without a port');
        else client(portChannel(port));
      } else if (parsed.data.control !== 'clientGone') onControl(parsed.data); // a port tells its own end
    });
    // Chromium ends a utility process whose browser is gone; there is no message for it.
  },
});

type Numbered = { message(message: unknown): void; close(): void };

export const createChildChannel = (child: ChildProcess): HostChannel => {
  const windows = new Map<number, Numbered>();

  const connect = (client: number): ClientChannel => {
    /** Until somebody listens, messages wait, as in a port that was not started. */
    const waiting: unknown[] = [];
    const messageListeners: ((message: unknown) => void)[] = [];
    const closeListeners: (() => void)[] = [];
    windows.set(client, {
      message(message) {
        if (messageListeners.length === 0) waiting.push(message);
        for (const listener of messageListeners) listener(message);
      },
      close: () => closeListeners.forEach((listener) => listener()),
    });
    return {
      send: (message) => {
        if (windows.has(client)) child.send({ t: 'client', client, message });
      },
      onMessage(listener) {
        messageListeners.push(listener);
        for (const message of waiting.splice(0)) listener(message);
      },
      onClose: (listener) => void closeListeners.push(listener),
    };
  };
  const disconnect = (client: number): void => {
    windows.get(client)?.close();
    windows.delete(client);
  };

  return {
    send: (reply) => child.send(reply),
    listen({ control: onControl, client, gone, refused }) {
      child.on('disconnect', gone);
      child.on('message', (message) => {
        const wrapped = clientMessage.safeParse(message);
        if (wrapped.success) {
          windows.get(wrapped.data.client)?.message(wrapped.data.message);
          return;
        }
        const parsed = control.safeParse(message);
        if (!parsed.success) refused('a message outside the contract');
        else if (parsed.data.control === 'client') client(connect(parsed.data.client));
        else if (parsed.data.control === 'clientGone') disconnect(parsed.data.client);
        else onControl(parsed.data);
      });
    },
  };
};
