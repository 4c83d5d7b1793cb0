/** A job's bar: as long as its share, moving while the total is unknown. */
import type { ReactElement } from 'react';
import type { JobInfo } from '../../main/contract/index.ts';
import { shareOf } from './job-text.ts';

export const JobMeter = ({ job, width = 88 }: { job: JobInfo; width?: number }): ReactElement => {
  const share = shareOf(job);
  return (
    <span
      className={share === null ? 'cb-meter cb-meter-unknown' : 'cb-meter'}
      style={{ width }}
      role="progressbar"
      aria-label={job.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
    >
      <i style={share === null ? undefined : { width: `${share * 100}%` }} />
    </span>
  );
};
