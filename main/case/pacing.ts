/** Long loops on the engine's one thread give way every few milliseconds, so that other calls are answered meanwhile. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../shared/clock.ts';
import { throwIfAborted } from './files.ts';

const sliceMs = 12;

/** Await the result wherever a loop can stop. Throws `cancelled` after an abort. */
export const createPacer = (clock: Pick<Clock, 'monotonicMs'>, signal?: AbortSignal): (() => void | Promise<void>) => {
  let startedMs = clock.monotonicMs();
  const giveWay = async (): Promise<void> => {
    await nextTurn();
    throwIfAborted(signal);
    startedMs = clock.monotonicMs();
  };
  return () => {
    throwIfAborted(signal);
    if (clock.monotonicMs() - startedMs < sliceMs) return;
    return giveWay();
  };
};
export type Pacer = ReturnType<typeof createPacer>;
