/**
 * Words to the person at the console. Everything goes to stderr; stdout belongs to the app and to results.
 * Owns: the prefix and the shape of a failure. Must not: decide when to speak.
 */

/** A failure the person can act on: printed as text, without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} message what happened, what it means, what to do next
   * @param {number} exitCode 1 for a failed setup, 2 for a wrong command line
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'SetupError';
    this.exitCode = exitCode;
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`casebench: ${line}\n`);
}

/**
 * Runs a command's main function, prints a SetupError as text and anything else with its stack.
 * @param {() => Promise<number>} main resolves to the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof SetupError) {
      say(error.message);
      process.exitCode = error.exitCode;
    } else {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exitCode = 1;
    }
  }
}
