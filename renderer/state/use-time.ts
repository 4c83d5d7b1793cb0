/**
 * How every view writes times: in the display zone of the settings. The only formatter views use, so that a changed zone reaches all
 * of them at once. The same object is returned until the zone changes.
 */
import { useMemo } from 'react';
import { formatTime, formatTimeRange, resolveZone, utc, zoneLabel, type TimeStyle } from '../../main/shared/time.ts';
import { useSettings } from './settings-store.ts';

export type TimeText = {
  /** IANA name or `UTC`. */
  readonly zone: string;
  /** `2026-03-11 22:04:17.482` unless another style is named; see `TimeStyle`. */
  format(us: number, style?: TimeStyle): string;
  /** `11 Mar 2026 21:40 – 23:10`. */
  range(fromUs: number, toUs: number): string;
  /** `UTC` or `UTC+01:00`, as in force at that moment. */
  offset(us: number): string;
};

const made = new Map<string, TimeText>();

export const timeTextOf = (zoneSetting: string): TimeText => {
  const zone = resolveZone(zoneSetting);
  const known = made.get(zone);
  if (known !== undefined) return known;
  const text: TimeText = {
    zone,
    format: (us, style = 'datetime') => formatTime(us, zone, style),
    range: (fromUs, toUs) => formatTimeRange(fromUs, toUs, zone),
    offset: (us) => (zone === utc ? utc : zoneLabel(us, zone)),
  };
  made.set(zone, text);
  return text;
};

export const useTime = (): TimeText => {
  const setting = useSettings((s) => s.settings.zone);
  return useMemo(() => timeTextOf(setting), [setting]);
};

/** For code outside components: commands, toasts. */
export const currentTime = (): TimeText => timeTextOf(useSettings.getState().settings.zone);
