/** How values are written in the grid, following the zone setting. Stable until the setting changes. */
import { useMemo } from 'react';
import { formatTimespan } from '../../main/shared/format.ts';
import { useTime } from '../state/use-time.ts';
import type { CellFormat } from './cell-text.ts';

export const useCellFormat = (): CellFormat => {
  const time = useTime();
  return useMemo(() => ({ time: (us) => time.format(us), duration: (us) => formatTimespan(us) }), [time]);
};
