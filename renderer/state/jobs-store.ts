/** Jobs as the engine reports them, newest first. */
import { create } from 'zustand';
import type { JobInfo } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

export const useJobs = create<{ jobs: JobInfo[] }>(() => ({ jobs: [] }));

export const followJobs = (): void => {
  engine.on('job.changed', (job) =>
    useJobs.setState(({ jobs }) => {
      const at = jobs.findIndex((j) => j.jobId === job.jobId);
      return { jobs: at < 0 ? [job, ...jobs] : jobs.with(at, job) };
    }),
  );
  engine.on('engine.state', ({ state }) => {
    if (state === 'ready') void engine.call('job.list', {}).then(({ jobs }) => mergeAfterRestart(jobs));
  });
};

/** A restarted engine knows nothing of the jobs it ran before: those have failed, and say so. */
const mergeAfterRestart = (known: JobInfo[]): void =>
  useJobs.setState(({ jobs }) => {
    const ids = new Set(known.map((j) => j.jobId));
    const lost = jobs
      .filter((j) => !ids.has(j.jobId))
      .map((j): JobInfo =>
        j.state !== 'running'
          ? j
          : {
              ...j,
              state: 'failed',
              error: { code: 'engine.gone', message: 'The engine restarted. Every saved change is there. Run the job again.', retryable: true },
            },
      );
    return { jobs: [...known, ...lost].sort((a, b) => b.startedUs - a.startedUs) };
  });

export const cancelJob = (jobId: string): void => void engine.call('job.cancel', { jobId }).catch(() => undefined);

export const clearJobs = async (): Promise<void> => {
  await engine.call('job.clear', {});
  useJobs.setState(({ jobs }) => ({ jobs: jobs.filter((j) => j.state === 'running') }));
};
