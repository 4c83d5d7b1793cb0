/**
 * Runs background jobs on a machine: picks templates, finds a live parent, spawns exactly as many processes as asked.
 */
import type { Account } from '../world/accounts.ts';
import type { Random } from '../core/random.ts';
import { SECOND_US } from '../core/time.ts';
import { baseName } from '../core/text.ts';
import { IMAGES } from '../world/programs.ts';
import type { Job, ParentKey } from './background.ts';
import type { ProcessHost, WinProcess } from './process-host.ts';

export type Parents = (key: ParentKey, us: number) => WinProcess;

export type NoiseRequest = {
  readonly jobs: readonly Job[];
  readonly account: Account;
  readonly logonId: number;
  /** Exact number of processes, conhost.exe ones included. */
  readonly count: number;
  /** Draws a start time. */
  readonly when: () => number;
  /** Lives are cut here, so that a session's processes end with it. */
  readonly endBeforeUs?: number;
};

/** Command line as Windows shows it: bare name for short jobs, quoted path for the rest. */
function commandLine(job: Job, account: Account, random: Random): string {
  const args = job.args(random).replaceAll('j.novak', account.name);
  const shown = job.image.includes(' ')
    ? `"${job.image}"`
    : job.image.startsWith('C:\\Windows\\System32') && random.chance(0.4)
      ? baseName(job.image)
      : job.image;
  return args === '' ? shown : `${shown} ${args}`;
}

export function runNoise(host: ProcessHost, random: Random, parents: Parents, request: NoiseRequest): void {
  const choices = request.jobs.map((job) => [job, job.weight] as const);
  let left = request.count;
  while (left > 0) {
    const job = random.weighted(choices);
    if (job.console === true && left < 2) continue;
    const startUs = request.when();
    const parent = parents(job.parent, startUs);
    const longest = request.endBeforeUs === undefined ? Number.MAX_SAFE_INTEGER : request.endBeforeUs - startUs;
    const lifeUs = Math.min(random.int(job.life[0] * 1_000, job.life[1] * 1_000) * 1_000, longest);
    const who = { account: request.account, logonId: request.logonId };
    const made = host.spawn(parent, { image: job.image, commandLine: commandLine(job, request.account, random), startUs, lifeUs, ...who });
    left -= 1;
    if (job.console === true) {
      const delayUs = random.int(4, 15) * 1_000;
      const conhost = '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1';
      host.spawn(made, {
        image: IMAGES.conhost,
        commandLine: conhost,
        startUs: made.startUs + delayUs,
        lifeUs: Math.max(lifeUs - delayUs, SECOND_US / 20),
        ...who,
      });
      left -= 1;
    }
  }
}

/** A sampler of times between two moments whose minutes have relative weights. */
export function minuteSampler(random: Random, fromUs: number, minutes: readonly number[]): () => number {
  const weighted = minutes.map((weight, minute) => [minute, weight] as const);
  return () => fromUs + random.weighted(weighted) * 60 * SECOND_US + random.int(0, 59_999) * 1_000;
}

/** A sampler of times spread evenly between two moments. */
export const evenSampler = (random: Random, fromUs: number, toUs: number): (() => number) => {
  const millis = Math.floor((toUs - fromUs) / 1_000) - 1;
  return () => fromUs + random.int(0, millis) * 1_000;
};
