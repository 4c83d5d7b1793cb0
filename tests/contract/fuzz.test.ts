/** Every operation answers drawn and bent inputs with its contract's output or a typed error, and the engine stays itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { opNames, startFuzzBench, type FuzzBench } from './fuzz-engine.ts';

const runs = Number(process.env['CASEBENCH_CONTRACT_RUNS'] ?? 50);
const seed = Number(process.env['CASEBENCH_SEED'] ?? 20_260_311);

let bench: FuzzBench;
beforeAll(async () => {
  bench = await startFuzzBench();
});
afterAll(() => bench?.close());

test.each(opNames)('%s', async (op) => {
  expect(await bench.run(op, runs, seed)).toEqual([]);
});

test('nothing was written beside the folders the engine was given', () => {
  expect(bench.surroundings()).toEqual(['cases', 'files', 'inside', 'moved', 'samples', 'user']);
});
