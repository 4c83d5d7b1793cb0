/** Long work as everybody sees it: started, progress, cancellable, exactly one end. */
import { z } from 'zod';
import { call, done, nothing } from './define.ts';
import { appError } from './errors.ts';
import { id, micros } from './values.ts';

export const jobInfo = z.strictObject({
  jobId: id,
  /** The operation that started it. */
  op: z.string(),
  /** What a person reads, e.g. "Importing signin-logs.csv". */
  label: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  startedUs: micros,
  endedUs: micros.nullable(),
  /** Amount done and total in `unit`; total null while unknown. */
  done: z.number(),
  total: z.number().nullable(),
  unit: z.enum(['rows', 'bytes', 'files', 'steps']),
  /** Units per second, null until known. */
  rate: z.number().nullable(),
  /** What is going on now, '' for nothing to say. */
  stage: z.string(),
  error: appError.nullable(),
  /** The operation's result when done: checked against its schema by whoever asked. */
  result: z.unknown(),
});
export type JobInfo = z.infer<typeof jobInfo>;

export const jobOps = {
  'job.list': call(nothing, z.strictObject({ jobs: z.array(jobInfo) })),
  'job.cancel': call(z.strictObject({ jobId: id }), done),
  /** Forgets ended jobs. */
  'job.clear': call(nothing, done),
} as const;
