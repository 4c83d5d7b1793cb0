/**
 * The words the contract is written in: an operation has one input and one output schema; a long one is a job.
 * Owns nothing at run time. From maps made of these come the renderer's typed client, the engine's exhaustive handlers,
 * validation at both receiving ends and the fuzz test that walks the map.
 */
import { z } from 'zod';

/** A short call: input in, output back, or an `AppError`. */
export type CallOp<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly type: 'call';
  readonly input: I;
  readonly output: O;
};

/** Long work: the call answers `{jobId}` at once; progress and the one end come as `job.changed` events. */
export type JobOp<I extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  readonly type: 'job';
  readonly input: I;
  readonly result: R;
};

export type AnyOp = CallOp | JobOp;
export type OpMap = Readonly<Record<string, AnyOp>>;

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallOp<I, O> => ({
  type: 'call',
  input,
  output,
});

export const job = <I extends z.ZodType, R extends z.ZodType>(input: I, result: R): JobOp<I, R> => ({
  type: 'job',
  input,
  result,
});

/** What a job call answers with. */
export const jobStarted = z.strictObject({ jobId: z.string() });

export type InputOf<T extends AnyOp> = z.input<T['input']>;
/** What a handler receives: the parsed input, defaults filled in. */
export type ParsedInputOf<T extends AnyOp> = z.output<T['input']>;
export type OutputOf<T extends AnyOp> = T extends JobOp<z.ZodType, infer R>
  ? z.output<R>
  : T extends CallOp<z.ZodType, infer O>
    ? z.output<O>
    : never;

export const nothing = z.strictObject({});
/** The output of operations that only acknowledge. */
export const done = z.strictObject({});
