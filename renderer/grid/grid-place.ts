/**
 * Where a table was left: the first row in sight and the row in focus, kept in the case under `gridPlace:<tableId>` a moment after
 * scrolling ends. Reading never fails; a damaged record counts as none.
 */
import { z } from 'zod';
import { rowId } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

const placeRecord = z.object({ top: z.number().int().nonnegative(), rowId: rowId.nullable().catch(null) });
export type GridPlace = z.infer<typeof placeRecord>;

const saveDelayMs = 250;
const keyOf = (tableId: string): string => `gridPlace:${tableId}`;
const waiting = new Map<string, ReturnType<typeof setTimeout>>();

export const parsePlace = (json: string | null): GridPlace | null => {
  if (json === null) return null;
  try {
    return placeRecord.parse(JSON.parse(json));
  } catch {
    return null;
  }
};

export const loadPlace = async (tableId: string): Promise<GridPlace | null> => {
  try {
    return parsePlace((await engine.call('view.load', { key: keyOf(tableId) })).json);
  } catch {
    return null;
  }
};

/** A case that closes in between keeps the place before. */
export const keepPlace = (tableId: string, place: GridPlace): void => {
  clearTimeout(waiting.get(tableId));
  waiting.set(
    tableId,
    setTimeout(() => {
      waiting.delete(tableId);
      void engine.call('view.save', { key: keyOf(tableId), json: JSON.stringify(place) }).catch(() => undefined);
    }, saveDelayMs),
  );
};
