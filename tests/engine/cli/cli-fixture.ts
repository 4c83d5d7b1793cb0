/** Runs the command line in this process, as a shell would: arguments in, exit code and both streams out. */
import { runCli } from '../../../main/cli/run-cli.ts';
import { systemClock } from '../../../main/shared/clock.ts';

export type CliRun = { code: number; out: string; err: string };

export const cliIn =
  (cwd: string) =>
  async (...args: string[]): Promise<CliRun> => {
    let out = '';
    let err = '';
    const code = await runCli(args, {
      async out(text) {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      errIsTerminal: false, clock: systemClock, signal: new AbortController().signal, cwd, homeDir: cwd,
    });
    return { code, out, err };
  };
