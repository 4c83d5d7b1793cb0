/**
 * How soon an engine that ended is started again, and when to give up. Owns that decision; must not start anything. The first
 * restart is immediate; one after the other comes ever later; a case that brings the engine down twice while it opens stays closed.
 */
export type RestartDecision = { readonly kind: 'restart'; readonly delayMs: number; readonly reopenCase: boolean } | { readonly kind: 'giveUp' };

export type RestartPolicy = {
  /** `ranMs`: how long the engine had been ready, null when it never was. */
  onExit(nowMs: number, ranMs: number | null): RestartDecision;
};

const windowMs = 60_000;
const maxExits = 6;
const firstDelayMs = 250;
const maxDelayMs = 5_000;
/** An engine that ended sooner than this after it was ready ended because of what it reopened, as far as anyone can tell. */
const suspiciousMs = 3_000;
const maxSuspicious = 2;

export const createRestartPolicy = (): RestartPolicy => {
  let exits: number[] = [];
  let suspicious = 0;
  return {
    onExit(nowMs, ranMs) {
      exits = [...exits.filter((atMs) => atMs > nowMs - windowMs), nowMs];
      suspicious = ranMs === null || ranMs < suspiciousMs ? suspicious + 1 : 0;
      if (exits.length > maxExits) return { kind: 'giveUp' };
      const delayMs = exits.length === 1 ? 0 : Math.min(maxDelayMs, firstDelayMs * 2 ** (exits.length - 2));
      return { kind: 'restart', delayMs, reopenCase: suspicious < maxSuspicious };
    },
  };
};
