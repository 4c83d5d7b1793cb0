/** Where the window was when it was last closed: `<userData>/window.json`. Owns that file; a bad one counts as none. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const pixels = z.number().int().min(-100_000).max(100_000);
const windowState = z.strictObject({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1), maximised: z.boolean() });
export type WindowState = z.infer<typeof windowState>;
export type Area = { x: number; y: number; width: number; height: number };

/** A title bar this wide has to be reachable, or the window counts as lost. */
const reachablePx = 100;

export const readWindowState = (file: string): WindowState | null => {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
};

export const writeWindowState = (file: string, state: WindowState): void => {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, JSON.stringify(state));
    renameSync(`${file}.part`, file);
  } catch {
    // the next start uses the default size
  }
};

/** Whether enough of the window's top edge lies on one of the displays. */
export const isReachable = (state: Area, displays: readonly Area[]): boolean =>
  displays.some((display) => {
    const overlap = Math.min(state.x + state.width, display.x + display.width) - Math.max(state.x, display.x);
    return overlap >= reachablePx && state.y >= display.y - 10 && state.y < display.y + display.height - 40;
  });
