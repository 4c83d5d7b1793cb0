/** Repeating and summing up. Every figure is the median of its runs; a ratio is baseline over ours, so that above 1 is better. */

export type Sample = { readonly medianMs: number; readonly minMs: number; readonly maxMs: number; readonly runs: number };

export const summarise = (ms: readonly number[]): Sample => {
  const sorted = [...ms].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  const medianMs = sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
  return { medianMs, minMs: sorted[0] ?? Number.NaN, maxMs: sorted.at(-1) ?? Number.NaN, runs: sorted.length };
};

/** Runs `work` `runs` times after `warmUps` that don't count. */
export const time = async (work: (run: number) => Promise<unknown>, options: { runs: number; warmUps?: number }): Promise<Sample> => {
  const ms: number[] = [];
  for (let run = -(options.warmUps ?? 0); run < options.runs; run++) {
    const start = performance.now();
    await work(run);
    if (run >= 0) ms.push(performance.now() - start);
  }
  return summarise(ms);
};

export type Result = {
  /** e.g. `import csv 1 M × 12`. */
  readonly name: string;
  readonly baseline: string;
  /** Null when the baseline isn't to be had on this machine: `note` says so. */
  readonly baselineMs: number | null;
  readonly oursMs: number;
  /** Baseline over ours. */
  readonly ratio: number | null;
  readonly note: string;
};

export const compare = (name: string, ours: Sample, baseline: { name: string; sample: Sample | null }, note = ''): Result => ({
  name,
  baseline: baseline.name,
  baselineMs: baseline.sample?.medianMs ?? null,
  oursMs: ours.medianMs,
  ratio: baseline.sample === null ? null : baseline.sample.medianMs / ours.medianMs,
  note,
});
