/**
 * The engine's own process: started by the desktop shell as a utility process or as a plain Node child. Owns the order of start,
 * service and end, and the sign of life. Must not hold product logic; create-engine.ts does.
 */
import { toAppError, type AppError, type Control, type ControlReply } from '../contract/index.ts';
import { systemClock } from '../shared/clock.ts';
import { createEngine, type Engine } from './create-engine.ts';
import { createChildChannel, createUtilityChannel, type ChildProcess, type HostChannel, type ParentPort } from './host-channel.ts';
import { placeOf } from './place-of.ts';
import { serveClient } from './serve.ts';

const aliveEveryMs = 2_000;
const defectExitCode = 70;

const findHost = (): HostChannel | null => {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort !== undefined) return createUtilityChannel(parentPort);
  return typeof process.send === 'function' ? createChildChannel(process as unknown as ChildProcess) : null;
};

const runEngine = (host: HostChannel): void => {
  let started: Promise<Engine> | null = null;
  let ending = false;

  /** The shell may be gone already: then there is nobody to tell. */
  const tell = (reply: ControlReply): void => {
    try {
      host.send(reply);
    } catch {
      // the end of the channel is handled by `gone`
    }
  };
  const log = (level: 'info' | 'warn' | 'error', event: string, detail: string): void =>
    tell({ t: 'control', control: 'log', level, event: event.slice(0, 100), detail: detail.slice(0, 4_000) });

  const start = async (message: Extract<Control, { control: 'start' }>): Promise<Engine> => {
    const { userDataDir, casesDir, samplesDir, homeDir, appVersion, reopen } = message;
    const engine = createEngine({ userDataDir, casesDir, samplesDir, homeDir, appVersion }, { clock: systemClock, log });
    engine.onCaseFolder((folder) => tell({ t: 'control', control: 'caseFolder', folder }));
    let reopenError: AppError | null = null;
    if (reopen !== null) await engine.reopen(reopen).catch((thrown: unknown) => (reopenError = toAppError(thrown)));
    tell({ t: 'control', control: 'ready', reopenError });
    return engine;
  };

  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    let exitCode = 0;
    try {
      await (await started)?.close();
    } catch (thrown) {
      exitCode = defectExitCode;
      log('error', 'close', placeOf(thrown));
    }
    tell({ t: 'control', control: 'closed' });
    // The last message needs a turn of the loop to leave the process.
    setTimeout(() => process.exit(exitCode), 50);
  };

  /** After this nothing in memory can be trusted: the shell starts a new engine. */
  const crash =
    (event: string) =>
    (thrown: unknown): void => {
      log('error', event, placeOf(thrown));
      setTimeout(() => process.exit(defectExitCode), 50);
    };

  const alive = setInterval(() => tell({ t: 'control', control: 'alive' }), aliveEveryMs);
  alive.unref();

  process.on('uncaughtException', crash('uncaught exception'));
  process.on('unhandledRejection', (thrown) => log('error', 'unhandled rejection', placeOf(thrown)));
  // An interrupt at the terminal reaches every process of the group; the shell decides when the engine ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  process.on('SIGTERM', () => void end());

  host.listen({
    control(message) {
      if (message.control === 'start') {
        started ??= start(message);
        started.catch(crash('start'));
      }
      if (message.control === 'shutdown') void end();
      if (message.control === 'grant') {
        const { handle, path, mode } = message;
        void started
          ?.then((engine) => engine.grant(handle, path, mode))
          .catch((thrown: unknown) => log('warn', 'grant refused', placeOf(thrown)))
          .finally(() => tell({ t: 'control', control: 'granted', handle }));
      }
    },
    client: (channel) => void started?.then((engine) => serveClient(engine, channel)),
    gone: () => void end(),
    refused: (problem) => log('warn', 'refused', problem),
  });
};

const host = findHost();
if (host === null) {
  console.error('The engine is started by the desktop app. For scripts there is the command line: npx casebench --help');
  process.exitCode = 2;
} else runEngine(host);
