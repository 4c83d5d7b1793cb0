/**
 * Limits of one read and the running account kept against them.
 * Owns: defaults, the budget. Must not: parse anything.
 *
 * Besides the absolute limits there is a proportional one: cells and text that come out may not
 * exceed a fixed multiple of the bytes that went in, so that shared references cannot be
 * multiplied into gigabytes by a small file.
 */

import { limitReached } from './errors.ts';

export type PickleLimits = {
  /** Largest input, in bytes. */
  maxBytes: number;
  /** Most memo entries (objects the file gives a number to). */
  maxMemo: number;
  /** Deepest nesting of containers. */
  maxDepth: number;
  /** Most cells and container elements produced. */
  maxElements: number;
  /** Longest time, in milliseconds. */
  deadlineMs: number;
};

export const DEFAULT_LIMITS: PickleLimits = {
  maxBytes: 4 * 1024 ** 3,
  maxMemo: 200_000_000,
  maxDepth: 256,
  maxElements: 1_000_000_000,
  deadlineMs: 600_000,
};

/** An arrow bool column needs 1 bit per cell; indexes come on top. */
const CELLS_PER_BYTE = 16;
const FREE_CELLS = 1_000_000;
const CHARS_PER_BYTE = 32;
const FREE_CHARS = 16_000_000;
/** Beyond these the engine's own heap would end, and the process with it. */
const MAX_CHARS = 1_500_000_000;
const MAX_OBJECTS = 24_000_000;

export type Budget = {
  readonly limits: PickleLimits;
  /** Throws when the deadline has passed. Call at least once per 100 000 steps. */
  checkTime(): void;
  /** Accounts for `count` produced cells or elements. */
  cells(count: number): void;
  /** Accounts for one object on the heap that is not text (`weight` 1 for a number, 2 for a container). */
  object(weight: number): void;
  /** Accounts for `count` produced UTF-16 units of derived text (JSON). */
  chars(count: number): void;
};

export function createBudget(limits: PickleLimits, inputBytes: number, now: () => number): Budget {
  const startedMs = now();
  const maxCells = Math.min(limits.maxElements, inputBytes * CELLS_PER_BYTE + FREE_CELLS);
  const maxChars = Math.min(MAX_CHARS, inputBytes * CHARS_PER_BYTE + FREE_CHARS);
  let cellCount = 0;
  let charCount = 0;
  let objectCount = 0;
  let sinceCheck = 0;

  function checkTime(): void {
    if (now() - startedMs > limits.deadlineMs) {
      throw limitReached(`it took longer than ${limits.deadlineMs} ms`);
    }
  }

  return {
    limits,
    checkTime,
    cells(count) {
      cellCount += count;
      sinceCheck += count;
      if (!(cellCount <= maxCells)) {
        throw limitReached(
          maxCells < limits.maxElements
            ? `it unfolds to more than ${maxCells} values, out of proportion to its ${inputBytes} bytes`
            : `it holds more than ${limits.maxElements} values`,
        );
      }
      if (sinceCheck > 100_000) {
        sinceCheck = 0;
        checkTime();
      }
    },
    object(weight) {
      objectCount += weight;
      if (objectCount > MAX_OBJECTS) throw limitReached(`it holds more than ${MAX_OBJECTS} separate objects`);
    },
    chars(count) {
      charCount += count;
      if (!(charCount <= maxChars)) {
        throw limitReached(`its nested values unfold to more than ${maxChars} characters from ${inputBytes} bytes`);
      }
    },
  };
}
