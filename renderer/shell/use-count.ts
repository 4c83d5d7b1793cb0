/** How many rows the active table's view leaves, asked anew whenever filters, range or marks change. */
import { useEffect, useState } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useCase } from '../state/case-store.ts';
import { busyUntil } from '../state/idle.ts';
import { queryOf, useTableView } from '../state/table-views.ts';
import { useTimeRange } from '../state/time-range.ts';

const settleMs = 60;

export const useCount = (table: TableInfo | null): { matched: number; of: number } | null => {
  const view = useTableView(table?.id ?? '');
  const range = useTimeRange((s) => s.range);
  const marksRevision = useCase((s) => s.marksRevision);
  const [counted, setCounted] = useState<{ tableId: string; matched: number; of: number } | null>(null);
  const { filters, search, marks } = view;
  const byMarks = marks === null ? 0 : marksRevision;
  useEffect(() => {
    if (table === null) return;
    let stale = false;
    const timer = setTimeout(() => {
      const query = { ...queryOf(table, { ...view, filters, search, marks }), timeRange: table.timeColumn === null ? null : range, sort: [] };
      busyUntil(engine.call('table.count', { view: query })).then(
        (answer) => !stale && setCounted({ tableId: table.id, ...answer }),
        () => undefined, // the view itself says what went wrong
      );
    }, settleMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
    // `view` also changes with column widths, which count nothing
    // eslint-disable-next-line react/exhaustive-deps
  }, [table?.id, filters, search, marks, range, byMarks]);
  return counted !== null && counted.tableId === table?.id ? counted : null;
};
