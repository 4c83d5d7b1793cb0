/** Answers `job.*` from the list of jobs. Owns nothing. */
import type { Jobs } from '../jobs/index.ts';
import type { DomainHandlers } from './types.ts';

export const createJobHandlers = (jobs: Jobs): DomainHandlers<'job'> => ({
  'job.list': () => ({ jobs: jobs.list() }),
  'job.cancel': ({ jobId }) => {
    jobs.cancel(jobId);
    return {};
  },
  'job.clear': () => {
    jobs.clear();
    return {};
  },
});
