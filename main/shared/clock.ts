/**
 * The only place in the engine and the renderer that asks the machine for the time. Everything else is handed a `Clock`, so
 * that tests decide what time it is.
 */
export type Clock = {
  /** Microseconds since 1970-01-01 UTC. */
  nowUs(): number;
  /** Monotonic milliseconds, for durations only. */
  monotonicMs(): number;
};

export const systemClock: Clock = {
  nowUs: () => Date.now() * 1_000,
  monotonicMs: () => performance.now(),
};
