/**
 * Pickle files as tables, without Python and without running anything.
 * Owns: the public door of this folder. Must not: read files or decompress (the caller does).
 *
 * Integer columns may share memory with the input bytes; do not change the input afterwards.
 */

import { limitReached, PickleError } from './errors.ts';
import type { PickleTable } from './frames.ts';
import { createBudget, DEFAULT_LIMITS, type PickleLimits } from './limits.ts';
import { runPickle } from './machine.ts';
import { tablesOf } from './tables.ts';

export { PickleError, type PickleErrorCode } from './errors.ts';
export type { PickleTable } from './frames.ts';
export type { PickleLimits } from './limits.ts';
export { looksLikePickle } from './sniff.ts';
export { textSlice, type PickleColumn } from './vector.ts';

/** Reads one pickle into its tables. Throws PickleError and nothing else. */
export function readPickle(bytes: Uint8Array, options: { limits?: Partial<PickleLimits>; now?: () => number } = {}): PickleTable[] {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  if (bytes.length > limits.maxBytes) throw limitReached(`it is larger than ${limits.maxBytes} bytes`);
  const budget = createBudget(limits, bytes.length, options.now ?? (() => performance.now()));
  try {
    return tablesOf(runPickle(bytes, budget), budget);
  } catch (error) {
    if (error instanceof PickleError) throw error;
    // The engine's own ceilings (string or array length, call depth) end a read like a limit.
    if (error instanceof RangeError) throw limitReached('a value in it is larger than this program can hold');
    throw error;
  }
}
