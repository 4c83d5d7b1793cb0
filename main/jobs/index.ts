/** Long work of the engine. Other rooms start jobs through the `Jobs` they are given; only the engine creates one. */
export { cancelled, createJobs, type JobsDeps } from './jobs.ts';
export type { JobContext, Jobs } from './types.ts';
