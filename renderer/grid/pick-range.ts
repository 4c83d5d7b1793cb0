/** The rows between two positions of a view, asked from the engine because the grid may not have them loaded. */
import { maxPageRows, type ViewQueryInput } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

/** More rows than this are better picked by a filter and Ctrl+A. */
export const maxPickedRows = 50_000;

export const pickRange = async (view: ViewQueryInput, from: number, to: number): Promise<ReadonlySet<number>> => {
  const first = Math.min(from, to);
  const last = Math.min(Math.max(from, to), first + maxPickedRows - 1);
  const rows = new Set<number>();
  for (let offset = first; offset <= last; offset += maxPageRows) {
    const page = await engine.call('table.page', { view, offset, limit: Math.min(maxPageRows, last - offset + 1), columns: [] });
    for (const rowId of page.rowIds) rows.add(rowId);
  }
  return rows;
};
