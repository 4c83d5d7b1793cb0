/** Where the command line reads and writes: the answer on one stream, messages on the other. Tests hand in their own. */
import type { Clock } from '../shared/clock.ts';

export type CliIo = {
  /** The answer. Resolves when the reader can take more. */
  out(text: string): Promise<void>;
  /** Messages and progress. */
  err(text: string): void;
  /** Progress lines are redrawn on a terminal and left out elsewhere. */
  readonly errIsTerminal: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly cwd: string;
  readonly homeDir: string;
};
