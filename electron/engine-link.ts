/**
 * One running engine process, by either of two means: Electron's utility process, or a plain Node child where Electron's own Node
 * is too old for the native database module. Owns starting it with a scrubbed environment and carrying messages; must not decide
 * when to start or restart.
 */
import { spawn } from 'node:child_process';
import { utilityProcess, type MessagePortMain } from 'electron';
import { clientMessage, controlReply, type Control, type ControlReply } from '../main/contract/wire.ts';

export type EngineExit = { readonly code: number | null; readonly signal: string | null };

export type LinkListeners = {
  reply(message: ControlReply): void;
  /** Once, also when the process could not be started. */
  exit(exit: EngineExit): void;
  /** A line the process wrote itself; may hold anything. */
  output(line: string): void;
};

export type EngineLink = {
  readonly pid: () => number | undefined;
  send(message: Control): void;
  /** The engine serves this port from now on. */
  connect(client: number, port: MessagePortMain): void;
  disconnect(client: number): void;
  kill(): void;
};

/** What an engine needs of the environment; secrets and switches of Node and Electron stay out. */
const passedOn = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TMP', 'TEMP', 'SystemRoot', 'SystemDrive', 'windir', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA', 'PATHEXT', 'COMSPEC'];

export const engineEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && (passedOn.includes(entry[0]) || /^LC_[A-Z]+$/.test(entry[0]))));

const eachLine = (stream: NodeJS.ReadableStream | null | undefined, listener: (line: string) => void): void => {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(-10_000);
    for (const line of lines) if (line !== '') listener(line);
  });
};

export const launchUtilityEngine = (entry: string, listeners: LinkListeners): EngineLink => {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Casebench engine', env: engineEnvironment(process.env), stdio: 'pipe' });
  eachLine(child.stdout, listeners.output);
  eachLine(child.stderr, listeners.output);
  child.on('message', (message: unknown) => {
    const parsed = controlReply.safeParse(message);
    if (parsed.success) listeners.reply(parsed.data);
  });
  let ended = false;
  child.on('exit', (code) => {
    ended = true;
    listeners.exit({ code, signal: null });
  });
  return {
    pid: () => child.pid,
    send: (message) => {
      if (!ended) child.postMessage(message);
    },
    connect: (client, port) => {
      if (!ended) child.postMessage({ t: 'control', control: 'client', client } satisfies Control, [port]);
    },
    disconnect: () => undefined, // the port tells its own end
    kill: () => {
      // Not child.kill(): that asks, and this is for an engine that no longer listens.
      if (!ended && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
};

export const launchChildEngine = (entry: string, node: string, listeners: LinkListeners): EngineLink => {
  // Not fork(): Electron's adds its own switches to the environment.
  const child = spawn(node, [entry], { serialization: 'advanced', env: engineEnvironment(process.env), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ports = new Map<number, MessagePortMain>();
  let ended = false;
  const end = (exit: EngineExit): void => {
    if (ended) return;
    ended = true;
    for (const port of ports.values()) port.close();
    ports.clear();
    listeners.exit(exit);
  };
  const send = (message: unknown): void => {
    // A failed send means that the process is ending; `exit` follows.
    if (!ended && child.connected) child.send(message as Control, () => undefined);
  };
  eachLine(child.stdout, listeners.output);
  eachLine(child.stderr, listeners.output);
  child.on('error', () => end({ code: null, signal: null }));
  child.on('exit', (code, signal) => end({ code, signal }));
  child.on('message', (message: unknown) => {
    const wrapped = clientMessage.safeParse(message);
    if (wrapped.success) {
      ports.get(wrapped.data.client)?.postMessage(wrapped.data.message);
      return;
    }
    const parsed = controlReply.safeParse(message);
    if (parsed.success) listeners.reply(parsed.data);
  });
  const disconnect = (client: number): void => {
    if (ports.delete(client)) send({ t: 'control', control: 'clientGone', client } satisfies Control);
  };
  return {
    pid: () => child.pid,
    send,
    connect(client, port) {
      ports.set(client, port);
      send({ t: 'control', control: 'client', client } satisfies Control);
      port.on('message', ({ data }) => send({ t: 'client', client, message: data }));
      port.on('close', () => disconnect(client));
      port.start();
    },
    disconnect,
    kill: () => void child.kill('SIGKILL'),
  };
};
