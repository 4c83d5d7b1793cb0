/** The display zone: UTC, the computer's, or any by name. Shows what one moment looks like in it. */
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { matchText } from '../commands/search.ts';
import { useCase } from '../state/case-store.ts';
import { changeSettings, useSettings } from '../state/settings-store.ts';
import { notifyError } from '../state/toasts.ts';
import { timeTextOf, useTime } from '../state/use-time.ts';
import { displayZoneOptions } from '../state/zones.ts';
import { systemClock } from '../../main/shared/clock.ts';
import { Icon } from '../ui/icon.tsx';

const choose = (zone: string): void => void changeSettings({ zone }).catch(notifyError);

export const ZoneSettings = (): ReactElement => {
  const chosen = useSettings((s) => s.settings.zone);
  const time = useTime();
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  // the newest event of the case shows best what a zone does to its times
  const us = useCase((s) => s.info?.dataToUs ?? null) ?? systemClock.nowUs();
  const shown = useMemo(() => {
    const all = displayZoneOptions();
    return search.trim() === '' ? all : all.filter((z) => matchText(search, z.label, z.value) !== null);
  }, [search]);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'center' }), []);
  const onKeyDown = (e: KeyboardEvent): void => {
    const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    e.preventDefault();
    const next = shown[Math.min(shown.length - 1, Math.max(0, shown.findIndex((z) => z.value === chosen) + step))];
    if (next !== undefined) choose(next.value);
    requestAnimationFrame(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
  };
  return (
    <div className="cb-setting cb-zone-setting">
      <h3>Display zone</h3>
      <p>
        Every time in every view is shown in this zone. Evidence is stored in UTC and stays as it is.
        {time.zone !== 'UTC' && ` ${time.format(us, 'dateMinute')} ${time.offset(us)} is ${timeTextOf('UTC').format(us, 'dateMinute')} UTC.`}
      </p>
      <label className="cb-in">
        <Icon of={IconSearch} size={13} />
        <input data-autofocus value={search} placeholder="Find a zone, e.g. Prague" aria-label="Find a zone" spellCheck={false} onChange={(e) => setSearch(e.target.value)} onKeyDown={onKeyDown} />
      </label>
      <div className="cb-zone-list" role="listbox" aria-label="Zones" tabIndex={0} ref={list} onKeyDown={onKeyDown}>
        {shown.length === 0 && <p className="cb-zone-none">No zone is called that.</p>}
        {shown.map((z) => (
          <button key={z.value} type="button" role="option" aria-selected={z.value === chosen} tabIndex={-1} className="cb-zone-item" onClick={() => choose(z.value)}>
            <span className="cb-el">{z.label}</span>
            <span className="cb-sp" />
            <span className="cb-t3 cb-num">{timeTextOf(z.value).offset(us)}</span>
          </button>
        ))}
      </div>
    </div>
  );
};
