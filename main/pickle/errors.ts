/**
 * The one error the pickle reader throws, and the sentences it uses.
 * Owns: codes and wording. Must not: know opcodes or pandas.
 */

export type PickleErrorCode = 'pickle.refused' | 'pickle.malformed' | 'pickle.limit' | 'pickle.unsupported';

export class PickleError extends Error {
  readonly code: PickleErrorCode;
  /** The dotted global a refused file names, for `pickle.refused`. */
  readonly global: string | undefined;
  /** Byte offset of the instruction at fault, where there is one. */
  readonly offset: number | undefined;

  constructor(code: PickleErrorCode, message: string, where: { global?: string; offset?: number } = {}) {
    super(message);
    this.name = 'PickleError';
    this.code = code;
    this.global = where.global;
    this.offset = where.offset;
  }
}

const NOTHING_RAN = 'Nothing was run, nothing was imported.';

/** Evidence text inside a message: bounded, and with control characters escaped. */
export function quoteForMessage(text: string, maxLength = 120): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

const NO_TABLE = 'No table was read from it.';

export function refusedGlobal(module: string, name: string): PickleError {
  const dotted = quoteForMessage(`${module}.${name}`);
  return new PickleError(
    'pickle.refused',
    `This pickle names \`${dotted}\`, which is not on the list of allowed types. ${NOTHING_RAN}`,
    { global: `${module}.${name}`.slice(0, 500) },
  );
}

export function refused(what: string): PickleError {
  return new PickleError('pickle.refused', `This pickle ${what}, which is not allowed. ${NOTHING_RAN}`);
}

/** A file that breaks the pickle rules, or whose parts contradict each other. */
export function malformed(what: string): PickleError {
  return new PickleError('pickle.malformed', `The pickle is damaged or was cut short: ${what}. ${NO_TABLE}`);
}

/** The same error with the place of the instruction at fault. */
export function atOffset(error: PickleError, offset: number): PickleError {
  const where = error.code === 'pickle.malformed' ? error.message.replace(`. ${NO_TABLE}`, ` (byte ${offset}). ${NO_TABLE}`) : error.message;
  return new PickleError(error.code, where, { global: error.global, offset });
}

export function limitReached(what: string): PickleError {
  return new PickleError('pickle.limit', `Reading the pickle was stopped: ${what}. ${NO_TABLE}`);
}

export function unsupported(what: string): PickleError {
  return new PickleError('pickle.unsupported', `The pickle is readable, but ${what}. ${NO_TABLE}`);
}
