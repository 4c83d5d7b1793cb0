/**
 * The arrangement of the open case: dock layout, side panel, shared time range. Kept in the case under `layout`, saved a moment after
 * each change, flushed before the case closes. Reading never fails: a damaged or newer record counts as none.
 */
import { z } from 'zod';
import { timeRange } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useTimeRange } from './time-range.ts';
import { sideWidths, useUi } from './ui-store.ts';

const key = 'layout';
const saveDelayMs = 250;

const workspaceRecord = z.object({
  version: z.literal(1),
  /** The dock's own JSON; only the dock reads it. */
  dock: z.unknown().optional(),
  side: z.enum(['evidence', 'history']).nullable().catch('evidence'),
  sideWidth: z.number().min(sideWidths.min).max(sideWidths.max).catch(sideWidths.start),
  range: timeRange.nullable().catch(null),
});
export type Workspace = z.infer<typeof workspaceRecord>;

/** Null: nothing usable was saved. */
export const parseWorkspace = (json: string | null): Workspace | null => {
  if (json === null) return null;
  try {
    return workspaceRecord.parse(JSON.parse(json));
  } catch {
    return null; // a damaged record must never keep a case from opening
  }
};

/** Runs `save` once, `delayMs` after the last change; `flush` runs what still waits now. */
export const createSaver = (save: () => void, delayMs: number): { change(): void; flush(): void; drop(): void } => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const drop = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const flush = (): void => {
    if (timer === null) return;
    drop();
    save();
  };
  return {
    change() {
      drop();
      timer = setTimeout(flush, delayMs);
    },
    flush,
    drop,
  };
};

let frozen = false;
let readDock: (() => unknown) | null = null;
/** Kept while a dock is mounted, so that the side panel and the range can be saved without asking it again. */
let dockNow: unknown;

const write = (): void => {
  if (frozen) return;
  if (readDock !== null) dockNow = readDock();
  const { side, sideWidth } = useUi.getState();
  const record: Workspace = { version: 1, dock: dockNow, side, sideWidth, range: useTimeRange.getState().range };
  // a read-only case keeps the arrangement it has
  void engine.call('view.save', { key, json: JSON.stringify(record) }).catch(() => undefined);
};
const saver = createSaver(write, saveDelayMs);

export const loadWorkspace = async (): Promise<Workspace | null> => {
  const { json } = await engine.call('view.load', { key });
  const workspace = parseWorkspace(json);
  dockNow = workspace?.dock;
  return workspace;
};

/** From now on changes are saved; `dock` is asked for its JSON when that happens. The returned function ends it without saving. */
export const keepWorkspace = (dock: () => unknown): (() => void) => {
  readDock = dock;
  const ends = [
    useUi.subscribe((now, before) => (now.side !== before.side || now.sideWidth !== before.sideWidth) && saver.change()),
    useTimeRange.subscribe((now, before) => now.range !== before.range && saver.change()),
  ];
  return () => {
    for (const end of ends) end();
    saver.drop();
    readDock = null;
  };
};

export const workspaceChanged = (): void => saver.change();
export const flushWorkspace = (): void => saver.flush();

/** Saves now and never again: the window closes, and what the dock does while its other windows close is no wish of the analyst. */
export const freezeWorkspace = (): void => {
  saver.flush();
  frozen = true;
};
