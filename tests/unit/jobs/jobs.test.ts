import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CasebenchError, type JobInfo } from '../../../main/contract/index.ts';
import { createJobs, type JobContext, type Jobs } from '../../../main/jobs/index.ts';

let nowMs = 0;
const clock = { nowUs: () => nowMs * 1_000, monotonicMs: () => nowMs };
const step = async (ms: number): Promise<void> => {
  nowMs += ms;
  await vi.advanceTimersByTimeAsync(ms);
};

let jobs: Jobs;
let events: JobInfo[];
beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 1_000;
  let id = 0;
  jobs = createJobs({ clock, newId: () => `job-${++id}` });
  events = [];
  jobs.onChanged((job) => events.push(job));
});
afterEach(() => vi.useRealTimers());

/** A job whose work ends when the test says so. */
const held = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let context: JobContext | null = null;
  const started = jobs.start({ op: 'case.verify', label: 'Verifying', unit: 'rows' }, (given) => {
    context = given;
    return promise;
  });
  started.finished.catch(() => undefined);
  if (context === null) throw new Error('work was not started at once');
  return { ...started, context: context as JobContext, resolve, reject };
};
const states = () => events.map((job) => job.state);

describe('one job', () => {
  test('starts at once, reports, ends as done with its result', async () => {
    const job = held();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ jobId: 'job-1', op: 'case.verify', label: 'Verifying', state: 'running', startedUs: 1_000_000, endedUs: null, unit: 'rows', total: null });
    await step(500);
    job.resolve('fine');
    await expect(job.finished).resolves.toBe('fine');
    expect(events.at(-1)).toMatchObject({ state: 'done', result: 'fine', error: null, endedUs: 1_500_000 });
  });

  test('a throw, also a synchronous one, is a failure with the typed error', async () => {
    const { finished } = jobs.start({ op: 'case.verify', label: 'x' }, () => {
      throw new CasebenchError('disk.full', 'Full.');
    });
    await expect(finished).rejects.toThrow('Full.');
    expect(events.at(-1)).toMatchObject({ state: 'failed', error: { code: 'disk.full', message: 'Full.' }, result: null });
  });

  test('ends exactly once and says nothing afterwards', async () => {
    const job = held();
    job.resolve('fine');
    await job.finished;
    job.context.progress({ done: 10 });
    jobs.cancel(job.jobId);
    await step(1_000);
    expect(states()).toEqual(['running', 'done']);
  });

  test('unhandled failures of jobs nobody waits for do not surface', async () => {
    jobs.start({ op: 'case.verify', label: 'x' }, () => Promise.reject(new Error('boom')));
    await step(0);
    expect(events.at(-1)).toMatchObject({ state: 'failed', error: { code: 'internal' } });
  });
});

describe('progress', () => {
  test('sends at most ten events a second, and the last state of each gap', async () => {
    const job = held();
    for (let i = 1; i <= 1_000; i++) {
      job.context.progress({ done: i, total: 1_000 });
      await step(1);
    }
    await step(100);
    expect(events.length).toBeLessThanOrEqual(13);
    expect(events.at(-1)).toMatchObject({ done: 1_000, total: 1_000 });
  });

  test('keeps fields that an update leaves out', async () => {
    const job = held();
    job.context.progress({ total: 50, stage: 'Reading', label: 'Importing a.csv' });
    await step(200);
    job.context.progress({ done: 5, stage: undefined });
    await step(200);
    expect(events.at(-1)).toMatchObject({ done: 5, total: 50, stage: 'Reading', label: 'Importing a.csv' });
  });

  test('the rate is units per second over the last seconds only', async () => {
    const job = held();
    for (let second = 0; second <= 10; second++) {
      job.context.progress({ done: second * 100 });
      await step(1_000);
    }
    expect(events.at(-1)?.rate).toBeCloseTo(100);
    for (let second = 0; second < 10; second++) {
      job.context.progress({ done: 1_000 });
      await step(1_000);
    }
    expect(events.at(-1)?.rate).toBe(0);
  });

  test('a changed unit starts the rate anew', async () => {
    const job = held();
    job.context.progress({ done: 5_000_000, unit: 'bytes' });
    await step(1_000);
    job.context.progress({ done: 3, unit: 'files' });
    await step(200);
    expect(events.at(-1)).toMatchObject({ unit: 'files', rate: null });
  });
});

describe('cancel', () => {
  test('aborts the signal; what the work throws then counts as cancelled', async () => {
    const job = held();
    job.context.signal.addEventListener('abort', () => job.reject(new Error('INTERRUPT Error')));
    jobs.cancel(job.jobId);
    await expect(job.finished).rejects.toThrow();
    expect(events.at(-1)).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
  });

  test('shows that it is cancelling until the work has stopped', async () => {
    const job = held();
    jobs.cancel(job.jobId);
    expect(events.at(-1)).toMatchObject({ state: 'running', stage: 'Cancelling' });
    job.reject(new Error('stopped'));
    await step(0);
    expect(states().filter((state) => state === 'cancelled')).toHaveLength(1);
  });

  test('work that had finished all the same is done, since its change stands', async () => {
    const job = held();
    jobs.cancel(job.jobId);
    job.resolve('imported');
    await job.finished;
    expect(events.at(-1)).toMatchObject({ state: 'done', result: 'imported' });
  });

  test('an unknown job is not found', () => {
    expect(() => jobs.cancel('nobody')).toThrow(expect.objectContaining({ code: 'notFound' }));
  });
});

describe('the list', () => {
  test('newest first; clear forgets the ended ones only', async () => {
    const first = held();
    const second = held();
    first.resolve('');
    await first.finished;
    expect(jobs.list().map((job) => job.jobId)).toEqual(['job-2', 'job-1']);
    jobs.clear();
    expect(jobs.list().map((job) => job.jobId)).toEqual(['job-2']);
    second.resolve('');
    await second.finished;
  });

  test('keeps a bounded number of ended jobs', async () => {
    for (let i = 0; i < 250; i++) await jobs.start({ op: 'case.verify', label: 'x' }, async () => i).finished;
    expect(jobs.list()).toHaveLength(200);
    expect(jobs.list()[0]).toMatchObject({ jobId: 'job-250' });
  });

  test('close cancels what runs and waits for it', async () => {
    const job = held();
    const order: string[] = [];
    job.context.signal.addEventListener('abort', () =>
      setTimeout(() => {
        order.push('work stopped');
        job.reject(new Error('stopped'));
      }, 300),
    );
    const closed = jobs.close().then(() => order.push('closed'));
    await step(300);
    await closed;
    expect(order).toEqual(['work stopped', 'closed']);
  });
});
