/**
 * `npm run bench [-- --only import,view,start --runs 5 --json]`: ratios against named baselines measured in the same run. A ratio is
 * baseline time over ours: 1 is equal, above 1 is quicker than the baseline.
 */
import { parseArgs } from 'node:util';
import { importBench } from './import.bench.ts';
import { startBench } from './start.bench.ts';
import { viewBench } from './view.bench.ts';
import type { Result } from './lib/measure.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, runs: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});
const runs = Math.max(1, Number(values.runs));
const suites: Record<string, () => Promise<Result[]>> = {
  import: () => importBench({ runs, rows: 1_000_000 }),
  view: async () => [...(await viewBench({ runs: runs * 4, rows: 1_000_000 })), ...(await viewBench({ runs: runs * 4, rows: 5_000_000 }))],
  start: () => startBench({ runs }),
};
const wanted = values.only?.split(',') ?? Object.keys(suites);
const results: Result[] = [];
for (const name of wanted) {
  const suite = suites[name];
  if (suite === undefined) {
    console.error(`Unknown suite ${name}. There are: ${Object.keys(suites).join(', ')}.`);
    process.exit(2);
  }
  console.error(`${name}…`);
  results.push(...(await suite()));
}
if (values.json) console.log(JSON.stringify({ node: process.version, results }, null, 2));
else {
  const ms = (v: number | null): string => (v === null ? '–' : v >= 100 ? v.toFixed(0) : v.toFixed(1));
  console.table(
    results.map((r) => ({ what: r.name, baseline: r.baseline, 'baseline ms': ms(r.baselineMs), 'ours ms': ms(r.oursMs), ratio: r.ratio === null ? '–' : r.ratio.toFixed(2), note: r.note })),
  );
}
