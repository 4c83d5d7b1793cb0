/** Where axis labels stand and what they say, in the display zone: round local times, the date once when the day changes. Pure. */
import { formatTime, usPerDay, usPerHour, usPerMinute, usPerSecond, usToCivil, civilToUs, localToUs, zoneOffsetUs } from '../../main/shared/time.ts';
import type { Window } from './geometry.ts';

export type Tick = { us: number; label: string; isDay: boolean };
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * usPerSecond),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * usPerMinute),
  ...[1, 2, 3, 6, 12].map((n) => n * usPerHour),
  ...[1, 2, 7, 14].map((n) => n * usPerDay),
];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

const text = (us: number, zone: string, stepUs: number): string => {
  if (stepUs >= usPerDay) return formatTime(us, zone, 'day');
  if (stepUs >= usPerMinute) return formatTime(us, zone, 'minute');
  return formatTime(us, zone, stepUs >= usPerSecond ? 'second' : 'time');
};

const isMidnight = (us: number, zone: string): boolean => {
  const c = usToCivil(us + zoneOffsetUs(us, zone));
  return c.hour === 0 && c.minute === 0 && c.second === 0 && c.us === 0;
};

/** @param most how many labels fit. */
export const ticksOf = (window: Window, zone: string, most: number): Tick[] => {
  const span = window.toUs - window.fromUs;
  const step = steps.find((s) => span / s <= most);
  if (step === undefined) return monthTicks(window, zone, most);
  const ticks: Tick[] = [];
  // local time is stepped, so that ticks stand on round hours of the zone across a change of offset
  const firstLocal = window.fromUs + zoneOffsetUs(window.fromUs, zone);
  for (let local = Math.ceil(firstLocal / step) * step; ticks.length < 500; local += step) {
    const us = localToUs(local, zone);
    if (us >= window.toUs) break;
    if (us < window.fromUs || us === ticks.at(-1)?.us) continue;
    const isDay = step < usPerDay && isMidnight(us, zone);
    ticks.push({ us, isDay, label: isDay ? formatTime(us, zone, 'day') : text(us, zone, step) });
  }
  return ticks;
};

const monthTicks = (window: Window, zone: string, most: number): Tick[] => {
  const months = (window.toUs - window.fromUs) / (30.4 * usPerDay);
  const step = monthSteps.find((s) => months / s <= most) ?? 240;
  const ticks: Tick[] = [];
  const start = usToCivil(window.fromUs);
  for (let index = Math.ceil((start.year * 12 + start.month - 1) / step) * step; ticks.length < 500; index += step) {
    const civil = { year: Math.floor(index / 12), month: (index % 12) + 1, day: 1, hour: 0, minute: 0, second: 0, us: 0 };
    const us = localToUs(civilToUs(civil), zone);
    if (us >= window.toUs) break;
    if (us >= window.fromUs) ticks.push({ us, isDay: civil.month === 1, label: step >= 12 ? String(civil.year) : formatTime(us, zone, 'date').replace(/^1 /, '') });
  }
  return ticks;
};
