/** The status bar: save state and jobs at the left, the five facts of the active view at the right, each a button that opens its control. */
import { IconAlertTriangle, IconCircleCheck, IconCloudOff, IconFilter, IconHistory, IconLoader2, IconLock, IconWorld } from '@tabler/icons-react';
import { Popover } from '@mantine/core';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { systemClock } from '../../main/shared/clock.ts';
import { plural } from '../../main/shared/format.ts';
import { useActiveView } from '../state/active-view.ts';
import { useCase, useTable } from '../state/case-store.ts';
import { useJobs } from '../state/jobs-store.ts';
import { useTableView } from '../state/table-views.ts';
import { useTimeRange } from '../state/time-range.ts';
import { openDialog, useUi } from '../state/ui-store.ts';
import { useTime } from '../state/use-time.ts';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { AgeDetail, FilterDetail, OfflineDetail, TruncationDetail } from './fact-details.tsx';
import { ageFact, filterFact, truncationFact, type Fact } from './status-facts.ts';
import { useCount } from './use-count.ts';

type FactButtonProps = { icon: IconComponent; fact: Fact; detail?: ReactNode; onClick?(): void; what: string };

const FactButton = ({ icon, fact, detail, onClick, what }: FactButtonProps): ReactElement => {
  const [open, setOpen] = useState(false);
  const button = (
    <button type="button" className={fact.attention ? 'cb-fact cb-warn' : 'cb-fact'} onClick={onClick ?? (() => setOpen(!open))} aria-haspopup={detail === undefined ? undefined : 'dialog'} title={what}>
      <Icon of={icon} size={13} />
      <span className="cb-el">
        {fact.before !== undefined && `${fact.before} `}
        {fact.strong !== '' && <b>{fact.strong}</b>}
        {fact.rest}
      </span>
    </button>
  );
  if (detail === undefined) return button;
  return (
    <Popover opened={open} onChange={setOpen} position="top-end" width={340} trapFocus returnFocus>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown className="cb-fact-detail" role="dialog" aria-label={what}>
        {open && detail}
      </Popover.Dropdown>
    </Popover>
  );
};

const SaveState = (): ReactElement => {
  const info = useCase((s) => s.info);
  const engineState = useCase((s) => s.engineState);
  const restarting = engineState !== 'ready';
  if (restarting) {
    return (
      <span className="cb-fact cb-warn">
        <Icon of={IconLoader2} size={13} />
        {engineState === 'restarting' ? 'Engine restarting' : 'Engine stopped'}
      </span>
    );
  }
  if (info == null) return <span className="cb-fact">Casebench</span>;
  return info.readOnly ? (
    <span className="cb-fact cb-warn" title={info.readOnlyReason ?? ''}>
      <Icon of={IconLock} size={13} />
      Read-only
    </span>
  ) : (
    <span className="cb-fact" title="Every change is in the case folder as soon as it is made.">
      <span className="cb-ok">
        <Icon of={IconCircleCheck} size={13} />
      </span>
      Saved
    </span>
  );
};

const JobCount = (): ReactElement | null => {
  const jobs = useJobs((s) => s.jobs);
  const running = jobs.filter((j) => j.state === 'running').length;
  const failed = jobs.filter((j) => j.state === 'failed').length;
  if (jobs.length === 0) return null;
  const text = running > 0 ? `${plural(running, 'job')} running` : failed > 0 ? `${plural(failed, 'job')} failed` : plural(jobs.length, 'job');
  return (
    <button type="button" className={failed > 0 && running === 0 ? 'cb-fact cb-warn' : 'cb-fact'} onClick={() => useUi.setState((s) => ({ jobsOpen: !s.jobsOpen }))}>
      {failed > 0 && running === 0 && <Icon of={IconAlertTriangle} size={13} />}
      <span>{text}</span>
    </button>
  );
};

/** Ages grow while nothing happens. */
const useNowUs = (): number => {
  const [now, setNow] = useState(() => systemClock.nowUs());
  useEffect(() => {
    const timer = setInterval(() => setNow(systemClock.nowUs()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};

export const StatusBar = (): ReactElement => {
  const info = useCase((s) => s.info ?? null);
  const tableId = useActiveView((s) => s.active?.tableId ?? s.lastTableId);
  const table = useTable(tableId);
  const view = useTableView(table?.id ?? '');
  const hasRange = useTimeRange((s) => s.range !== null);
  const counted = useCount(table);
  const time = useTime();
  const now = useNowUs();
  const age = ageFact(table, info, now, time);
  return (
    <footer className="cb-status" data-region="status" aria-label="Status">
      <SaveState />
      <span role="status" className="cb-fact-host">
        <JobCount />
      </span>
      <span className="cb-sp" />
      <div className="cb-facts" role="status" aria-live="polite">
        <FactButton what="Filters of the active view" icon={IconFilter} fact={filterFact(table, view, hasRange, counted)} detail={<FilterDetail table={table} />} />
        <FactButton what="Completeness" icon={table?.truncated == null ? IconCircleCheck : IconAlertTriangle} fact={truncationFact(table)} detail={<TruncationDetail table={table} />} />
        <FactButton what="Age of the data" icon={IconHistory} fact={age} detail={<AgeDetail table={table} />} />
        <FactButton what="Display zone" icon={IconWorld} fact={{ strong: time.zone, rest: '', attention: false }} onClick={() => openDialog({ kind: 'settings', section: 'time' })} />
        <FactButton what="Connections" icon={IconCloudOff} fact={{ strong: 'Offline', rest: '', attention: false }} detail={<OfflineDetail />} />
      </div>
    </footer>
  );
};
