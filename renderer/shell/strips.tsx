/** Strips under the title bar: what an analyst must know about the case or the engine before going on. */
import { IconAlertTriangle, IconCircleCheck, IconLoader2, IconLock, IconX } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import { systemClock } from '../../main/shared/clock.ts';
import { plural } from '../../main/shared/format.ts';
import { usPerHour } from '../../main/shared/time.ts';
import { useCase } from '../state/case-store.ts';
import { useTime } from '../state/use-time.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

export const Strips = (): ReactElement => {
  const info = useCase((s) => s.info);
  const engineState = useCase((s) => s.engineState);
  const message = useCase((s) => s.engineMessage);
  const time = useTime();
  const [seen, setSeen] = useState('');
  const restored = info?.restored ?? null;
  const restoredKey = restored === null || info == null ? '' : `${info.caseId}:${restored.atUs}`;
  return (
    <>
      {engineState === 'restarting' && (
        <div className="cb-strip" role="alert">
          <Icon of={IconLoader2} size={16} />
          <span>{message === '' ? 'The engine is restarting. Every saved change is there. Views fill again when it is back.' : message}</span>
        </div>
      )}
      {engineState === 'failed' && (
        <div className="cb-strip cb-strip-err" role="alert">
          <Icon of={IconAlertTriangle} size={16} />
          <span>{message === '' ? 'The engine stopped and does not start again. The case folder is unchanged. Close Casebench and start it again.' : message}</span>
        </div>
      )}
      {info?.readOnly === true && (
        <div className="cb-strip" role="status">
          <Icon of={IconLock} size={16} />
          <span>
            {info.name} is open read-only. {info.readOnlyReason ?? ''} Looking, filtering and exporting work; marks, imports and changes don’t.
          </span>
        </div>
      )}
      {(info?.setAside?.length ?? 0) > 0 && (
        <div className="cb-strip" role="status" title={info?.setAside?.map((s) => `${s.name}: ${s.detail}`).join('\n')}>
          <Icon of={IconAlertTriangle} size={16} />
          <span>
            {plural(info?.setAside?.length ?? 0, 'record')} of case.db can’t be read and {info?.setAside?.length === 1 ? 'is' : 'are'} left out: {info?.setAside?.slice(0, 3).map((s) => s.name).join(', ')}. Everything else is
            there. Verify the case to see what was changed.
          </span>
        </div>
      )}
      {restored !== null && seen !== restoredKey && (
        <div className="cb-strip cb-strip-ok" role="status">
          <Icon of={IconCircleCheck} size={16} />
          <span>
            Restored to {time.format(restored.atUs, systemClock.nowUs() - restored.atUs < 12 * usPerHour ? 'second' : 'dateMinute')}. {restored.text}
          </span>
          <span className="cb-sp" />
          <IconButton size="small" icon={IconX} label="Dismiss" onClick={() => setSeen(restoredKey)} />
        </div>
      )}
    </>
  );
};
