/**
 * The command line from its arguments to its exit code: finds the verb, reads its options, runs it, and says what went wrong. The
 * answer goes to one stream, messages to the other; with --json there is exactly one JSON document, for an error too.
 * Must not touch the process: index.ts hands everything in.
 */
import { parseArgs } from 'node:util';
import { toAppError, type AppError } from '../contract/index.ts';
import { commonOptions, helpMarkdown, overview, verbHelp } from './help.ts';
import type { CliIo } from './io.ts';
import { UsageError, type OptionValues, type Verb } from './verb.ts';
import { verbs } from './verbs.ts';

const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The verb the arguments begin with, and what follows it. */
const findVerb = (args: readonly string[]): { verb: Verb; rest: string[] } => {
  for (const verb of verbs) {
    const words = verb.name.split(' ');
    if (words.every((word, i) => args[i] === word)) return { verb, rest: args.slice(words.length) };
  }
  const second = args[1]?.startsWith('-') === true ? '' : (args[1] ?? '');
  const typed = args[0] === 'case' ? `case ${second}`.trim() : (args[0] ?? '');
  throw new UsageError(typed === 'case' ? 'case takes new, info or verify.' : `There is no command “${typed}”.`, null);
};

const readOptions = (verb: Verb, args: string[]): { options: OptionValues; positionals: string[] } => {
  const all = { ...verb.options, ...commonOptions };
  const config = Object.fromEntries(Object.entries(all).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]));
  try {
    const { values, positionals } = parseArgs({ args, options: config, allowPositionals: true, strict: true });
    return { options: values as OptionValues, positionals };
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown), verb);
  }
};

const checkPositionals = (verb: Verb, positionals: readonly string[]): void => {
  const { min, max } = verb.positionals;
  if (positionals.length < min) throw new UsageError(`Something is missing. The command is casebench ${verb.name} ${verb.usage}.`, verb);
  if (positionals.length > max) throw new UsageError(`Too much: “${positionals[max] ?? ''}”. The command is casebench ${verb.name} ${verb.usage}; quote what contains blanks.`, verb);
};

const run = async (given: readonly string[], io: CliIo): Promise<number> => {
  // --json may stand before the command, too
  const args = given[0] === '--json' ? [...given.slice(1), '--json'] : given;
  const [first] = args;
  if (first === undefined) {
    io.err(overview(verbs));
    return exitCodes.usage;
  }
  if (first === '--help' || first === '-h' || first === 'help') {
    await io.out(args.includes('--markdown') ? helpMarkdown(verbs) : overview(verbs));
    return exitCodes.ok;
  }
  const { verb, rest } = findVerb(args);
  const { options, positionals } = readOptions(verb, rest);
  if (options['help'] === true) {
    await io.out(verbHelp(verb));
    return exitCodes.ok;
  }
  checkPositionals(verb, positionals);
  try {
    return await verb.run({ positionals, options, json: options['json'] === true, io });
  } catch (thrown) {
    throw thrown instanceof UsageError && thrown.verb === null ? new UsageError(thrown.message, verb) : thrown;
  }
};

const report = async (io: CliIo, json: boolean, error: Pick<AppError, 'code' | 'message' | 'detail'>): Promise<void> => {
  if (json) await io.out(`${JSON.stringify({ code: error.code, message: error.message, detail: error.detail ?? null })}\n`);
  io.err(`${error.message}\n`);
  if (!json && error.detail !== undefined && error.detail !== '') io.err(`  ${error.code}: ${error.detail}\n`);
};

/** @returns the exit code. Never throws. */
export const runCli = async (args: readonly string[], io: CliIo): Promise<number> => {
  // before the options are read: an error in them is one JSON document, too
  const json = args.includes('--json');
  try {
    return await run(args, io);
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      await report(io, json, { code: 'input.invalid', message: `${thrown.message} Nothing was done.` });
      if (!json) io.err(thrown.verb === null ? 'casebench --help lists the commands.\n' : `casebench ${thrown.verb.name} --help tells more.\n`);
      return exitCodes.usage;
    }
    const error = toAppError(thrown);
    await report(io, json, error);
    return error.code === 'cancelled' || io.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
  }
};
