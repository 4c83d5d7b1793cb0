/**
 * From an operation's name and a raw input to its handler: looks the operation up, checks the input against the contract, starts
 * a job or makes the call. Owns that order and nothing else. Everything it throws is a `CasebenchError`.
 */
import { z } from 'zod';
import { CasebenchError, engineOps, toAppError, type AnyOp, type EngineOpName } from '../contract/index.ts';
import type { JobContext, Jobs } from '../jobs/index.ts';
import type { Handlers } from './types.ts';

const maxDetailChars = 2_000;

/** Where the engine says that it met a defect of its own. Never gets a message text: those can quote evidence. */
export type DefectLog = (op: string, thrown: unknown) => void;

export type Dispatch = (op: string, input: unknown) => Promise<unknown>;

type AnyHandler = ((input: unknown) => unknown) | { label(input: unknown): string; run(input: unknown, job: JobContext): Promise<unknown> };

const isOpName = (op: string): op is EngineOpName => Object.hasOwn(engineOps, op);

const parseInput = (op: string, schema: z.ZodType, input: unknown): unknown => {
  let problem: string;
  try {
    const parsed = schema.safeParse(input);
    if (parsed.success) return parsed.data;
    problem = z.prettifyError(parsed.error);
  } catch (thrown) {
    // A hostile shape (a throwing getter, endless depth) is an invalid input, not a defect.
    problem = thrown instanceof Error ? thrown.name : 'unreadable';
  }
  throw new CasebenchError('input.invalid', `The call ${op} was not understood, so nothing was changed.`, { detail: problem.slice(0, maxDetailChars) });
};

export const createDispatch = (handlers: Handlers, jobs: Jobs, logDefect: DefectLog = () => undefined): Dispatch => {
  const asCasebenchError = (op: string, thrown: unknown): CasebenchError => {
    if (thrown instanceof CasebenchError) return thrown;
    logDefect(op, thrown);
    const { code, message, detail, retryable } = toAppError(thrown);
    return new CasebenchError(code, message, { retryable, cause: thrown, ...(detail === undefined ? {} : { detail }) });
  };

  return async (op, input) => {
    if (!isOpName(op)) throw new CasebenchError('op.unknown', 'The engine does not know this operation. Nothing was changed.', { detail: op.slice(0, 100) });
    const definition: AnyOp = engineOps[op];
    const parsed = parseInput(op, definition.input, input);
    const handler = handlers[op] as AnyHandler;
    try {
      if (typeof handler === 'function') return await handler(parsed);
      const { jobId } = jobs.start({ op, label: handler.label(parsed) }, async (job) => {
        try {
          return await handler.run(parsed, job);
        } catch (thrown) {
          throw asCasebenchError(op, thrown);
        }
      });
      return { jobId };
    } catch (thrown) {
      throw asCasebenchError(op, thrown);
    }
  };
};
