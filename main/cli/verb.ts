/** What a verb of the command line is made of. Adding a verb is one file and one line in verbs.ts. */
import type { ParseArgsOptionDescriptor } from 'node:util';
import type { CliIo } from './io.ts';

export type OptionSpec = Pick<ParseArgsOptionDescriptor, 'type' | 'short'> & {
  /** What stands for the value in the help, e.g. `n`. */
  readonly value?: string;
  readonly help: string;
};

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export type VerbInput = {
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  /** One JSON document is wanted. */
  readonly json: boolean;
  readonly io: CliIo;
};

export type Verb = {
  /** As typed, e.g. `case new`. */
  readonly name: string;
  /** After the name, e.g. `<case> <table>`. */
  readonly usage: string;
  readonly summary: string;
  /** Further paragraphs of the help. */
  readonly details: readonly string[];
  readonly examples: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly positionals: { readonly min: number; readonly max: number };
  /** Resolves to the exit code: 0 for success. Throws what went wrong. */
  run(input: VerbInput): Promise<number>;
};

/** The command line was not understood; nothing was done. */
export class UsageError extends Error {
  readonly verb: Verb | null;
  constructor(message: string, verb: Verb | null) {
    super(message);
    this.name = 'UsageError';
    this.verb = verb;
  }
}
