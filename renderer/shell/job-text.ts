/** What a job row says: amount, rate, time left, end. Pure. */
import type { JobInfo } from '../../main/contract/index.ts';
import { formatDuration } from '../../main/shared/duration.ts';
import { formatAmount, formatRate } from '../../main/shared/format.ts';
import { usPerSecond } from '../../main/shared/time.ts';

/** 0–1, null while the total is unknown. */
export const shareOf = (job: JobInfo): number | null => (job.total === null || job.total <= 0 ? null : Math.min(1, job.done / job.total));

/** Null until rate and total are known. */
export const secondsLeft = (job: JobInfo): number | null =>
  job.total === null || job.rate === null || job.rate <= 0 ? null : Math.max(0, Math.ceil((job.total - job.done) / job.rate));

/** `1.9 M rows/s, 14 s left`, or the amount while there is no rate. */
export const progressText = (job: JobInfo): string => {
  const left = secondsLeft(job);
  if (job.rate !== null && job.rate > 0 && left !== null) return `${formatRate(job.rate, job.unit)}, ${formatDuration(left * usPerSecond)} left`;
  if (job.done > 0 || job.total !== null) return formatAmount(job.done, job.total, job.unit);
  return job.stage === '' ? 'starting' : job.stage;
};

export const endText = (job: JobInfo): string => {
  const took = job.endedUs === null ? '' : ` in ${formatDuration(Math.max(job.endedUs - job.startedUs, 1_000))}`;
  if (job.state === 'done') return `done${took}`;
  if (job.state === 'cancelled') return 'cancelled, nothing was kept';
  return job.error?.message ?? 'failed';
};
