/** The shared time range in the title bar: back, the range (opens the picker), forward. */
import { IconArrowLeft, IconArrowRight, IconChevronDown, IconClock } from '@tabler/icons-react';
import { Popover } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatDuration } from '../../main/shared/duration.ts';
import { useKeysOf } from '../commands/use-keys.ts';
import { timeRangeBack, timeRangeForward, useTimeRange } from '../state/time-range.ts';
import { closeDialog, openDialog, useUi } from '../state/ui-store.ts';
import { useTime } from '../state/use-time.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { rangeWords } from './range-text.ts';
import { TimeRangePicker } from './time-range-picker.tsx';
import { useCaseExtent } from './use-case-extent.ts';

export const TimeControl = (): ReactElement => {
  const { range, past, future } = useTimeRange();
  const open = useUi((s) => s.dialog?.kind === 'timeRange');
  const extent = useCaseExtent();
  const time = useTime();
  const backKeys = useKeysOf('time.back');
  const forwardKeys = useKeysOf('time.forward');
  const spoken = range === null ? 'All times' : time.range(range.fromUs, range.toUs);
  const { date, clock } = range === null ? { date: '', clock: 'All times' } : rangeWords(range, time);
  return (
    <div className="cb-timectl" role="group" aria-label="Time range of all views">
      <IconButton icon={IconArrowLeft} iconSize={14} label="Range back" keys={backKeys} disabledReason={past.length === 0 ? 'No earlier range' : null} onClick={timeRangeBack} />
      <Popover opened={open} onChange={(next) => !next && closeDialog('timeRange')} position="bottom-end" width={560} trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className="cb-timectl-v" title={spoken} aria-haspopup="dialog" onClick={() => (open ? closeDialog('timeRange') : openDialog({ kind: 'timeRange' }))}>
            <span className="cb-t3">
              <Icon of={IconClock} />
            </span>
            <span className="cb-num cb-el">
              {date} <b className="cb-w5">{clock}</b>
            </span>
            {range !== null && <span className="cb-t3 cb-timectl-length">{formatDuration(range.toUs - range.fromUs)}</span>}
            {range === null && extent !== null && <span className="cb-t3 cb-timectl-length">{formatDuration(extent.toUs - extent.fromUs)}</span>}
            <span className="cb-t3">
              <Icon of={IconChevronDown} />
            </span>
          </button>
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label="Time range">
          {open && <TimeRangePicker extent={extent} />}
        </Popover.Dropdown>
      </Popover>
      <IconButton icon={IconArrowRight} iconSize={14} label="Range forward" keys={forwardKeys} disabledReason={future.length === 0 ? 'No later range' : null} onClick={timeRangeForward} />
    </div>
  );
};
