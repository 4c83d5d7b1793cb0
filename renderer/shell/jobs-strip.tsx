/** The jobs strip, there only while jobs run or a failure waits to be seen, and the tray it expands to. */
import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconCircleCheck, IconCircleX, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactElement } from 'react';
import type { JobInfo } from '../../main/contract/index.ts';
import { shell } from '../engine/bridge.ts';
import { cancelJob, clearJobs, useJobs } from '../state/jobs-store.ts';
import { useUi } from '../state/ui-store.ts';
import { useTime } from '../state/use-time.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { JobMeter } from './job-meter.tsx';
import { endText, progressText } from './job-text.ts';

const RunningJob = ({ job }: { job: JobInfo }): ReactElement => (
  <span className="cb-job">
    <span className="cb-el">{job.label}</span>
    <JobMeter job={job} />
    <span className="cb-t2 cb-num">{progressText(job)}</span>
    <IconButton size="small" iconSize={12} icon={IconX} label={`Cancel: ${job.label}`} onClick={() => cancelJob(job.jobId)} />
  </span>
);

const copyError = (job: JobInfo): void => void shell('shell.copyText', { text: `${job.error?.code}: ${job.error?.message}\n${job.error?.detail ?? ''}` });

const TrayRow = ({ job }: { job: JobInfo }): ReactElement => {
  const time = useTime();
  const icon = job.state === 'done' ? IconCircleCheck : job.state === 'failed' ? IconAlertTriangle : IconCircleX;
  const tone = job.state === 'done' ? 'cb-ok' : job.state === 'failed' ? 'cb-err' : 'cb-t3';
  return (
    <li className="cb-tray-row">
      <span className="cb-t3 cb-num">{time.format(job.startedUs, 'second')}</span>
      <span className="cb-el">{job.label}</span>
      {job.state === 'running' ? (
        <>
          <JobMeter job={job} width={160} />
          <span className="cb-t2 cb-num cb-el">
            {progressText(job)}
            {job.stage === '' ? '' : `, ${job.stage}`}
          </span>
          <IconButton size="small" iconSize={12} icon={IconX} label={`Cancel: ${job.label}`} onClick={() => cancelJob(job.jobId)} />
        </>
      ) : (
        <>
          <span className={tone}>
            <Icon of={icon} />
          </span>
          <span className="cb-t2 cb-tray-end">{endText(job)}</span>
          {job.state === 'failed' ? (
            <Button size="small" kind="ghost" onClick={() => copyError(job)}>
              Copy
            </Button>
          ) : (
            <span />
          )}
        </>
      )}
    </li>
  );
};

/** How many running jobs fit beside each other. */
const useFitting = (): number => {
  const count = (): number => (window.innerWidth < 1_400 ? 1 : window.innerWidth < 2_000 ? 2 : 3);
  const [fitting, setFitting] = useState(count);
  useEffect(() => {
    const measure = (): void => setFitting(count());
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return fitting;
};

export const JobsStrip = (): ReactElement | null => {
  const jobs = useJobs((s) => s.jobs);
  const open = useUi((s) => s.jobsOpen);
  const fitting = useFitting();
  const running = jobs.filter((j) => j.state === 'running');
  const failed = jobs.filter((j) => j.state === 'failed');
  const toggle = (): void => useUi.setState({ jobsOpen: !open });
  if (running.length === 0 && failed.length === 0 && !open) return null;
  return (
    <section className="cb-jobs-host" data-region="jobs" aria-label="Jobs">
      {open && (
        <div className="cb-tray">
          <div className="cb-ph">
            Jobs
            <span className="cb-sp" />
            <Button size="small" kind="ghost" disabled={jobs.every((j) => j.state === 'running')} onClick={() => void clearJobs().catch(() => undefined)}>
              Clear ended
            </Button>
            <IconButton size="small" icon={IconChevronDown} label="Close the jobs tray" onClick={toggle} />
          </div>
          {jobs.length === 0 ? (
            <p className="cb-tray-empty">No jobs yet. Imports, exports and checks show up here with progress and cancel.</p>
          ) : (
            <ul className="cb-tray-list">
              {jobs.map((j) => (
                <TrayRow key={j.jobId} job={j} />
              ))}
            </ul>
          )}
        </div>
      )}
      {!open && (
        <div className="cb-jobs">
          <b className="cb-w6">Jobs</b>
          {running.length > 0 && <span className="cb-badge cb-num">{running.length}</span>}
          {running.slice(0, fitting).map((j) => (
            <RunningJob key={j.jobId} job={j} />
          ))}
          {running.length > fitting && <span className="cb-job cb-t2">+{running.length - fitting}</span>}
          {running.length === 0 && failed[0] !== undefined && (
            <span className="cb-job">
              <span className="cb-err">
                <Icon of={IconAlertTriangle} />
              </span>
              <span>{failed[0].label}</span>
              <span className="cb-t2 cb-el">{endText(failed[0])}</span>
              {failed.length > 1 && <span className="cb-t3">and {failed.length - 1} more</span>}
            </span>
          )}
          <span className="cb-sp" />
          {running.length > 1 && (
            <Button size="small" kind="ghost" onClick={() => running.forEach((j) => cancelJob(j.jobId))}>
              Cancel all
            </Button>
          )}
          {running.length === 0 && failed.length > 0 && (
            <Button size="small" kind="ghost" onClick={() => void clearJobs().catch(() => undefined)}>
              Dismiss
            </Button>
          )}
          <IconButton size="small" icon={IconChevronUp} label="Open the jobs tray" onClick={toggle} />
        </div>
      )}
    </section>
  );
};
