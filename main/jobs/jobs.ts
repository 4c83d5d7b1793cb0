/**
 * Long work: started, followed, cancelled, ended exactly once. Owns the list of jobs of this engine run and their numbers
 * (amount, rate). Must not know what the work is. Events go out at most ten times a second per job; the first and the last
 * state of a job are always sent.
 */
import { CasebenchError, toAppError, type JobInfo } from '../contract/index.ts';
import type { Clock } from '../shared/clock.ts';
import type { JobContext, Jobs } from './types.ts';

const eventGapMs = 100;
/** Rate is the mean over the last seconds of work, so that a stall shows. */
const rateWindowMs = 5_000;
/** Ended jobs kept for the tray; older ones are forgotten first. */
const keptEnded = 200;

type Running = {
  info: JobInfo;
  readonly abort: AbortController;
  ended: boolean;
  lastEventMs: number;
  timer: ReturnType<typeof setTimeout> | null;
  /** Amounts seen lately, oldest first. */
  samples: { atMs: number; done: number }[];
  settled: Promise<void>;
};

export type JobsDeps = {
  readonly clock: Clock;
  /** Unique across engine runs: a restarted engine must not reuse the ids of lost jobs. */
  newId(): string;
};

export const cancelled = (): CasebenchError => new CasebenchError('cancelled', 'Cancelled. Nothing of this step was kept.');

const rateOf = (samples: Running['samples']): number | null => {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
  return Math.max(0, ((last.done - first.done) * 1_000) / (last.atMs - first.atMs));
};

export const createJobs = ({ clock, newId }: JobsDeps): Jobs => {
  const jobs = new Map<string, Running>();
  const listeners = new Set<(job: JobInfo) => void>();

  const send = (job: Running): void => {
    if (job.timer !== null) clearTimeout(job.timer);
    job.timer = null;
    job.lastEventMs = clock.monotonicMs();
    for (const listener of listeners) listener(job.info);
  };

  const sendSoon = (job: Running): void => {
    if (job.timer !== null) return;
    const waitMs = job.lastEventMs + eventGapMs - clock.monotonicMs();
    if (waitMs <= 0) send(job);
    else job.timer = setTimeout(() => send(job), waitMs);
  };

  const forgetOldest = (): void => {
    const ended = [...jobs.values()].filter((job) => job.ended);
    for (const job of ended.slice(0, Math.max(0, ended.length - keptEnded))) jobs.delete(job.info.jobId);
  };

  const end = (job: Running, change: Pick<JobInfo, 'state' | 'error' | 'result'>): void => {
    job.ended = true;
    job.info = { ...job.info, ...change, endedUs: clock.nowUs(), stage: '', rate: null };
    send(job);
    forgetOldest();
  };

  const progressOf =
    (job: Running): JobContext['progress'] =>
    (update) => {
      if (job.ended) return;
      const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
      job.info = { ...job.info, ...given };
      if (update.unit !== undefined) job.samples = [];
      if (update.done !== undefined) {
        const atMs = clock.monotonicMs();
        job.samples.push({ atMs, done: update.done });
        while (job.samples.length > 2 && (job.samples[0]?.atMs ?? atMs) < atMs - rateWindowMs) job.samples.shift();
        job.info.rate = rateOf(job.samples);
      }
      sendSoon(job);
    };

  return {
    start(spec, work) {
      const jobId = newId();
      const abort = new AbortController();
      const info: JobInfo = {
        jobId,
        op: spec.op,
        label: spec.label,
        state: 'running',
        startedUs: clock.nowUs(),
        endedUs: null,
        done: 0,
        total: null,
        unit: spec.unit ?? 'steps',
        rate: null,
        stage: '',
        error: null,
        result: null,
      };
      const job: Running = {
        info,
        abort,
        ended: false,
        lastEventMs: Number.NEGATIVE_INFINITY,
        timer: null,
        samples: [],
        settled: Promise.resolve(),
      };
      jobs.set(jobId, job);
      send(job);
      const context: JobContext = { jobId, signal: abort.signal, progress: progressOf(job) };
      const finished = (async () => work(context))().then(
        (result) => {
          // Work that was finished before the cancel reached it has happened: it is done.
          end(job, { state: 'done', error: null, result });
          return result;
        },
        (thrown: unknown) => {
          const error = toAppError(abort.signal.aborted ? cancelled() : thrown);
          end(job, { state: error.code === 'cancelled' ? 'cancelled' : 'failed', error, result: null });
          throw thrown;
        },
      );
      job.settled = finished.then(
        () => undefined,
        () => undefined,
      );
      return { jobId, finished };
    },
    list: () => [...jobs.values()].map((job) => job.info).toReversed(),
    cancel(jobId) {
      const job = jobs.get(jobId);
      if (job === undefined) throw new CasebenchError('notFound', 'This job is not known to the engine: it was cleared or ran before a restart.');
      if (job.ended || job.abort.signal.aborted) return;
      job.info = { ...job.info, stage: 'Cancelling' };
      send(job);
      job.abort.abort(cancelled());
    },
    clear() {
      for (const [jobId, job] of jobs) if (job.ended) jobs.delete(jobId);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      for (const job of jobs.values()) job.abort.abort(cancelled());
      await Promise.all([...jobs.values()].map((job) => job.settled));
    },
  };
};
