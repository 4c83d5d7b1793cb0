/** The process behind `casebench`: streams, signals, exit code. Everything else is in run-cli.ts. */
import { homedir } from 'node:os';
import { systemClock } from '../shared/clock.ts';

const abort = new AbortController();
let interrupts = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupts += 1;
    // the first one ends the work cleanly; whoever can't wait for that asks again
    if (interrupts > 1) process.exit(130);
    abort.abort();
  });
}

/** The reader went away (`| head`): the rest is not wanted. */
let readerGone = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  readerGone = true;
  abort.abort();
});

const out = (text: string): Promise<void> =>
  new Promise((resolve) => {
    if (text === '' || readerGone) return resolve();
    process.stdout.write(text, () => resolve());
  });

// loaded only now: an interrupt while the engine's sources are read must be answered, too
const { runCli } = await import('./run-cli.ts');
const code = await runCli(process.argv.slice(2), {
  out,
  err: (text) => void (readerGone || process.stderr.write(text)),
  errIsTerminal: process.stderr.isTTY === true,
  clock: systemClock,
  signal: abort.signal,
  cwd: process.cwd(),
  homeDir: homedir(),
});
process.exitCode = readerGone ? 0 : code;
