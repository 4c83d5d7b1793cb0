/**
 * The contract fuzz with many inputs per operation and a new seed each time, named in the test so that it can be run
 * again: `CASEBENCH_SEED=… CASEBENCH_FUZZ_RUNS=100000` gives 1,000 per operation.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { opNames, startFuzzBench, type FuzzBench } from '../contract/fuzz-engine.ts';

const seed = Number(process.env['CASEBENCH_SEED'] ?? Date.now() % 2 ** 31);
/** An operation is a hundred times as costly as the inputs this number is meant for. */
const runs = Math.min(1_000, Math.max(50, Number(process.env['CASEBENCH_FUZZ_RUNS'] ?? 0) / 100));

let bench: FuzzBench;
beforeAll(async () => {
  bench = await startFuzzBench();
});
afterAll(() => bench?.close());

test.each(opNames)(`%s, seed ${seed}`, async (op) => {
  expect(await bench.run(op, runs, seed)).toEqual([]);
});
