/**
 * Keeps an engine running behind the window: starts it, hands the page its port, watches its signs of life, starts it again with
 * the same case and grants when it ends, closes it cleanly. Owns the engine's life; must not know what its messages mean.
 *
 * The page gets a new port at every start. Until the engine is ready the port's other end waits here: the page's calls wait in it,
 * and are answered once the engine has it.
 */
import type { MessagePortMain } from 'electron';
import type { AppError } from '../main/contract/errors.ts';
import type { EventPayload } from '../main/contract/events.ts';
import type { Control, ControlReply, EventMessage, Response } from '../main/contract/wire.ts';
import type { EngineExit, EngineLink, LinkListeners } from './engine-link.ts';
import type { GrantMode } from './handles.ts';
import type { Log } from './log.ts';
import { createRestartPolicy } from './restart-policy.ts';

type StartMessage = Omit<Extract<Control, { control: 'start' }>, 't' | 'control' | 'reopen'>;
type EngineState = EventPayload<'engine.state'>;

export type EngineHostDeps = {
  launch(listeners: LinkListeners): EngineLink;
  readonly start: StartMessage;
  newChannel(): { port1: MessagePortMain; port2: MessagePortMain };
  /** Posts the port to the page. */
  deliver(port: MessagePortMain): void;
  readonly log: Log;
  monotonicMs(): number;
};

export type EngineHost = {
  /** The page asks for its port, after every load. */
  connectPage(): void;
  /** Resolves when the running engine knows the handle; a later engine is told again. */
  grant(handle: string, path: string, mode: GrantMode): Promise<void>;
  state(): EngineState['state'];
  /** Folder of the open case. */
  caseFolder(): string | null;
  /** Closes the case cleanly and ends the engine; ends it the hard way after 30 s. */
  shutdown(): Promise<void>;
};

const tickMs = 5_000;
/** Ticks without a sign of life before the engine counts as stuck: ticks, not time, so that a computer's sleep is no reason. */
const maxSilentTicks = 12;
const shutdownMs = 30_000;
const maxGrantWaitMs = 5_000;

const restartingText = 'The engine ended unexpectedly and is starting again. Everything saved is kept; running jobs have failed and can be run again.';
const failedText = 'The engine keeps ending and was not started again. Everything saved is kept. Close Casebench and start it again; the log folder says more.';
const caseLeftText = 'The engine ended twice while it opened the case, so the case was left closed. Nothing in it was changed. Open it again, or open its newest backup.';

const gone: AppError = { code: 'engine.gone', message: failedText, retryable: false };

export const createEngineHost = ({ launch, start, newChannel, deliver, log, monotonicMs }: EngineHostDeps): EngineHost => {
  const policy = createRestartPolicy();
  const grants = new Map<string, Extract<Control, { control: 'grant' }>>();
  const grantWaits = new Map<string, Set<() => void>>();
  let link: EngineLink | null = null;
  let state: EngineState = { state: 'restarting', message: '' };
  let readyAtMs: number | null = null;
  let caseFolder: string | null = null;
  let reopen: string | null = null;
  let page: { readonly client: number; readonly port: MessagePortMain } | null = null;
  let nextClient = 1;
  let silentTicks = 0;
  let stopping: { readonly ended: Promise<void>; readonly end: () => void } | null = null;

  /** Nothing is said of the first start: to the page the engine is just slow to answer. */
  const tellPage = (): void => {
    if (state.message === '' && state.state !== 'ready') return;
    const message: EventMessage = { t: 'ev', event: 'engine.state', payload: state };
    page?.port.postMessage(message);
  };

  /** Nobody is going to answer on this port: say so to every call. */
  const refuseCalls = (port: MessagePortMain): void => {
    port.on('message', ({ data }: { data: unknown }) => {
      const id = typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'number' ? data.id : null;
      if (id !== null) port.postMessage({ t: 'res', id, ok: false, error: gone } satisfies Response);
    });
    port.start();
  };

  const setState = (next: EngineState): void => {
    state = next;
    tellPage();
    if (page === null) return;
    if (next.state === 'ready') link?.connect(page.client, page.port);
    if (next.state === 'failed') refuseCalls(page.port);
  };

  const connectPage = (): void => {
    if (page !== null) link?.disconnect(page.client);
    const { port1, port2 } = newChannel();
    page = { client: nextClient++, port: port1 };
    deliver(port2);
    setState(state);
  };

  const settleGrants = (): void => {
    for (const waits of grantWaits.values()) for (const settle of waits) settle();
    grantWaits.clear();
  };

  const onReply = (message: ControlReply): void => {
    silentTicks = 0;
    if (message.control === 'ready') {
      readyAtMs = monotonicMs();
      log('info', 'engine ready', `process ${link?.pid() ?? '?'}`);
      if (message.reopenError !== null) log('warn', 'case not reopened', message.reopenError.code);
      const left = reopen === null && caseFolder !== null;
      if (left || message.reopenError !== null) caseFolder = null;
      setState({ state: 'ready', message: message.reopenError?.message ?? (left ? caseLeftText : '') });
    } else if (message.control === 'caseFolder') caseFolder = message.folder;
    else if (message.control === 'log') log(message.level, `engine: ${message.event}`, message.detail);
    else if (message.control === 'granted') {
      for (const settle of grantWaits.get(message.handle) ?? []) settle();
      grantWaits.delete(message.handle);
    }
  };

  const onExit = ({ code, signal }: EngineExit): void => {
    link = null;
    settleGrants();
    if (stopping !== null) {
      stopping.end();
      return;
    }
    const nowMs = monotonicMs();
    const decision = policy.onExit(nowMs, readyAtMs === null ? null : nowMs - readyAtMs);
    readyAtMs = null;
    log('error', 'engine ended', `code ${code ?? '-'} signal ${signal ?? '-'}`);
    state = decision.kind === 'giveUp' ? { state: 'failed', message: failedText } : { state: 'restarting', message: restartingText };
    // A new port, so that the page's open calls on the old one fail at once.
    if (page !== null) connectPage();
    if (decision.kind === 'giveUp') return;
    reopen = decision.reopenCase ? caseFolder : null;
    if (decision.delayMs === 0) startEngine();
    else setTimeout(startEngine, decision.delayMs);
  };

  const startEngine = (): void => {
    if (stopping !== null) return;
    silentTicks = 0;
    link = launch({
      reply: onReply,
      exit: onExit,
      output: (line) => {
        // Node's own last words; anything else could quote evidence.
        if (/^(FATAL ERROR|#|Fatal )/.test(line)) log('error', 'engine output', line);
      },
    });
    link.send({ t: 'control', control: 'start', ...start, reopen });
    for (const grant of grants.values()) link.send(grant);
  };

  const watch = setInterval(() => {
    if (link === null) return;
    silentTicks += 1;
    if (silentTicks < maxSilentTicks) return;
    log('error', 'engine stuck', `no sign of life for ${(maxSilentTicks * tickMs) / 1_000} s`);
    silentTicks = 0;
    link.kill();
  }, tickMs);
  watch.unref?.();

  startEngine();

  return {
    connectPage,
    state: () => state.state,
    caseFolder: () => caseFolder,
    grant(handle, path, mode) {
      const message = { t: 'control', control: 'grant', handle, path, mode } as const;
      grants.set(handle, message);
      const target = link;
      if (target === null || state.state !== 'ready') return Promise.resolve(target?.send(message));
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, maxGrantWaitMs);
        const waits = grantWaits.get(handle) ?? new Set();
        grantWaits.set(handle, waits);
        waits.add(() => {
          clearTimeout(timer);
          resolve();
        });
        target.send(message);
      });
    },
    shutdown() {
      if (stopping !== null) return stopping.ended;
      clearInterval(watch);
      const { promise, resolve } = Promise.withResolvers<void>();
      stopping = { ended: promise, end: resolve };
      if (link === null) resolve();
      else {
        const hard = setTimeout(() => {
          log('error', 'engine did not close', `ended after ${shutdownMs / 1_000} s`);
          link?.kill();
        }, shutdownMs);
        void promise.then(() => clearTimeout(hard));
        link.send({ t: 'control', control: 'shutdown' });
      }
      return promise;
    },
  };
};
