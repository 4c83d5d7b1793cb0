/**
 * Mutated pickles: each ends in tables or a PickleError, in bounded memory.
 * CASEBENCH_FUZZ_N sets the number of inputs (20 000 otherwise), CASEBENCH_FUZZ_SEED the start.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { shippedHostile, shippedPickles } from '../unit/pickle/fixtures.ts';
import { readOutcome, type Outcome } from '../unit/pickle/outcome.ts';

const COUNT = Number(process.env['CASEBENCH_FUZZ_N'] ?? process.env['CASEBENCH_FUZZ_RUNS'] ?? 20_000);
const SEED = Number(process.env['CASEBENCH_FUZZ_SEED'] ?? 1);
const MAX_SEED_BYTES = 20_000;

/** Small deterministic generator (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const INTERESTING = [0, 1, 2, 0x7f, 0x80, 0xff];
const OPCODES = [...'(.0123FIJKLMNPQRSTUVXabcdeghijlopqrstuBCG])}'].map((c) => c.charCodeAt(0)).concat(Array.from({ length: 0x99 - 0x80 }, (_, i) => 0x80 + i));

function mutate(seeds: Uint8Array[], below: (n: number) => number): Buffer {
  const pick = <T>(list: T[]): T => list[below(list.length)] as T;
  let bytes: Buffer = Buffer.from(pick(seeds));
  const rounds = 1 + below(4);
  for (let r = 0; r < rounds && bytes.length > 0; r++) {
    const at = below(bytes.length);
    switch (below(9)) {
      case 0:
        bytes[at] = (bytes[at] as number) ^ (1 << below(8));
        break;
      case 1:
        bytes[at] = below(256);
        break;
      case 2:
        bytes[at] = pick(INTERESTING);
        break;
      case 3:
        bytes[at] = pick(OPCODES);
        break;
      case 4: // a length or number of four bytes
        for (let i = at; i < Math.min(at + 4, bytes.length); i++) bytes[i] = pick(INTERESTING);
        break;
      case 5:
        bytes = bytes.subarray(0, at);
        break;
      case 6: {
        const length = 1 + below(16);
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      }
      case 7: { // repeat a stretch
        const length = 1 + below(64);
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
        break;
      }
      default: { // splice in a stretch of another file
        const other = pick(seeds);
        const from = below(Math.max(1, other.length));
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + 1 + below(200)), bytes.subarray(at)]);
      }
    }
  }
  return bytes;
}

/** Memory in use after a full collection. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe(`${COUNT} mutated pickles`, () => {
  it('end in tables or a PickleError, with memory bounded', { timeout: 0 }, () => {
    const seeds = [...shippedPickles(), ...shippedHostile()].map((s) => s.bytes()).filter((b) => b.length <= MAX_SEED_BYTES);
    const below = random(SEED);
    const counts = new Map<string, number>();
    const before = liveBytes();
    for (let i = 0; i < COUNT; i++) {
      const input = mutate(seeds, below);
      let outcome: Outcome;
      try {
        outcome = readOutcome(input, 5_000);
      } catch (error) {
        throw new Error(`input ${i} of seed ${SEED}: ${input.toString('base64')}`, { cause: error });
      }
      const key = outcome.kind === 'tables' ? 'tables' : outcome.error.code;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts.values()].reduce((a, b) => a + b, 0)).toBe(COUNT);
    expect(counts.get('tables')).toBeGreaterThan(0);
    expect(counts.get('pickle.refused')).toBeGreaterThan(0);
    // Nothing is kept between reads, and no single read needs gigabytes.
    expect(liveBytes() - before).toBeLessThan(100e6);
    expect(process.resourceUsage().maxRSS * 1024).toBeLessThan(4e9);
  });
});
