/** What running work is given and how jobs are started. One implementation, in jobs.ts. */
import type { JobInfo } from '../contract/index.ts';

export type JobContext = {
  readonly jobId: string;
  /** Aborted on cancel; work throws `CasebenchError('cancelled', …)` soon after (≤ 500 ms). */
  readonly signal: AbortSignal;
  /** Any of the fields; events are throttled to 10 a second. */
  progress(update: { done?: number; total?: number | null; unit?: JobInfo['unit']; stage?: string; label?: string }): void;
};

export type Jobs = {
  /** Starts at once; `work` settles the job: its value is the result, a throw is `failed` (or `cancelled`). */
  start<R>(spec: { op: string; label: string; unit?: JobInfo['unit'] }, work: (context: JobContext) => Promise<R>): { jobId: string; finished: Promise<R> };
  list(): JobInfo[];
  /** Throws `notFound`. Cancelling an ended job does nothing. */
  cancel(jobId: string): void;
  clear(): void;
  onChanged(listener: (job: JobInfo) => void): () => void;
  /** Cancels what runs and waits for it. */
  close(): Promise<void>;
};
