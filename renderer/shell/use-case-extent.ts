/** First and last evidence time of the open case. Quick ranges count from here: an offline case has no "now". */
import { useMemo } from 'react';
import type { CaseInfo, TimeRange } from '../../main/contract/index.ts';
import { useCase } from '../state/case-store.ts';

/** `toUs` is exclusive, as in every range: one microsecond after the last event. Null: no table has times. */
export const extentOf = (info: CaseInfo | null | undefined): TimeRange | null => {
  const timed = (info?.tables ?? []).filter((t) => t.fromUs !== null && t.toUs !== null);
  if (timed.length === 0) return null;
  return { fromUs: Math.min(...timed.map((t) => t.fromUs ?? 0)), toUs: Math.max(...timed.map((t) => t.toUs ?? 0)) + 1 };
};

export const useCaseExtent = (): TimeRange | null => {
  const info = useCase((s) => s.info);
  return useMemo(() => extentOf(info), [info]);
};
