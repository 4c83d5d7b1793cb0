/**
 * Which rows are picked after a click or key: plain picks one, Ctrl or Space adds and takes away, Shift picks everything between. Rows
 * picked one by one are held: moving the focus leaves them picked until a plain click or Esc. Pure.
 */

export type Picked = {
  readonly rows: ReadonlySet<number> | 'all';
  /** Position in the view that Shift counts from; null when there is none, or the order has changed since. */
  readonly anchor: number | null;
  /** Picked one by one or as a range. */
  readonly held: boolean;
};
export type RowPlace = { readonly rowId: number; readonly position: number };

export const nothingPicked: Picked = { rows: new Set(), anchor: null, held: false };

export const pickOne = (row: RowPlace): Picked => ({ rows: new Set([row.rowId]), anchor: row.position, held: false });

/** Of all rows of a filter only this one stays: the rest can't be listed. */
export const togglePicked = (now: Picked, row: RowPlace): Picked => {
  const rows = new Set(now.rows === 'all' ? [] : now.rows);
  if (!rows.delete(row.rowId)) rows.add(row.rowId);
  return { rows, anchor: row.position, held: rows.size > 0 };
};

/** Space: a row that is picked only because the focus stands on it becomes held; otherwise as Ctrl-click. */
export const spacePicked = (now: Picked, row: RowPlace): Picked => {
  const isOnlyFocus = !now.held && now.rows !== 'all' && now.rows.size === 1 && now.rows.has(row.rowId);
  return isOnlyFocus ? { ...now, anchor: row.position, held: true } : togglePicked(now, row);
};

/** The focus moved by key. */
export const moveFocus = (now: Picked, row: RowPlace): Picked => (now.rows === 'all' || now.held ? now : pickOne(row));

/** Positions between the anchor and a row, both included; the anchor is the row itself where there was none. */
export const spanTo = (now: Picked, row: RowPlace): { from: number; to: number; anchor: number } => {
  const anchor = now.anchor ?? row.position;
  return { from: Math.min(anchor, row.position), to: Math.max(anchor, row.position), anchor };
};
