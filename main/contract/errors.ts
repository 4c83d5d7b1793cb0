/**
 * The one error shape that crosses a process boundary. A message says what happened, what it means for the analyst's data
 * and what to do next. `code` is stable and closed; `detail` is for the Copy button and for scripts. No class instance,
 * no stack and no secret ever crosses.
 */
import { z } from 'zod';

export const errorCodes = [
  'input.invalid', // the call did not match the contract
  'op.unknown',
  'internal', // a defect in Casebench
  'engine.gone', // the engine ended before it answered
  'cancelled',
  'deadline', // ran past its time limit
  'limit', // a stated limit was reached
  'notFound',
  'case.none', // no case is open
  'case.readOnly',
  'case.locked',
  'case.newer', // written by a newer Casebench
  'case.damaged',
  'case.exists',
  'case.unreachable',
  'file.unreadable',
  'file.unwritable',
  'disk.full',
  'import.unsupported',
  'import.malformed',
  'import.refused', // hostile or disallowed content
  'import.empty',
  'filter.invalid',
  'sql.refused',
  'sql.failed',
  'shell.refused', // the desktop shell declined (URL, permission, window)
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

export const appError = z.strictObject({
  code: errorCode,
  message: z.string(),
  detail: z.string().optional(),
  retryable: z.boolean(),
});
export type AppError = z.infer<typeof appError>;

/** An Error that carries an `AppError`; thrown inside a process, turned into plain data at its boundary. */
export class CasebenchError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly retryable: boolean;
  constructor(code: ErrorCode, message: string, options: { detail?: string; retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CasebenchError';
    this.code = code;
    this.detail = options.detail;
    this.retryable = options.retryable ?? false;
  }
}

/** Any thrown value as the plain shape. Unknown errors become `internal`, with their text as detail only. */
export const toAppError = (thrown: unknown): AppError => {
  if (thrown instanceof CasebenchError) {
    const { code, message, detail, retryable } = thrown;
    return detail === undefined ? { code, message, retryable } : { code, message, detail, retryable };
  }
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return {
    code: 'internal',
    message: 'Casebench met an error of its own. Saved changes are kept. Try again, or copy the detail into a report.',
    detail,
    retryable: true,
  };
};
