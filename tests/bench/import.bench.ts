/**
 * Import of a CSV of 1 M rows × 12 columns into a case, against a bare DuckDB `COPY` of the same file to Parquet, and against
 * `pandas.read_csv` where a Python with pandas is found. Also how long the engine's event loop was ever held.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DuckDBInstance } from '@duckdb/node-api';
import { benchDir, csvOf } from './lib/data.ts';
import { openBenchCase } from './lib/engine.ts';
import { compare, summarise, time, type Result, type Sample } from './lib/measure.ts';

const bareCopy = async (csv: string, runs: number): Promise<Sample> => {
  const out = path.join(benchDir, 'bare.parquet');
  const sample = await time(
    async () => {
      const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
      const connection = await instance.connect();
      await connection.run(`copy (select * from read_csv('${csv}')) to '${out}' (format parquet, compression zstd)`);
      connection.closeSync();
      instance.closeSync();
      rmSync(out, { force: true });
    },
    { runs, warmUps: 1 },
  );
  return sample;
};

/** Null when there is no Python with pandas. `CASEBENCH_PYTHON` names one. */
const pandas = (csv: string, runs: number): Sample | null => {
  const script = `import sys,time,json\nimport pandas as pd\nms=[]\nfor _ in range(${runs}):\n    t=time.perf_counter(); pd.read_csv(sys.argv[1]); ms.append((time.perf_counter()-t)*1000)\nprint(json.dumps(ms))`;
  try {
    const out = execFileSync(process.env['CASEBENCH_PYTHON'] ?? 'python3', ['-c', script, csv], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return summarise(JSON.parse(out) as number[]);
  } catch {
    return null;
  }
};

export const importBench = async (options: { runs: number; rows: number }): Promise<Result[]> => {
  const csv = await csvOf(options.rows);
  const baseline = await bareCopy(csv, options.runs);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const bench = await openBenchCase();
  await bench.import(csv);
  delay.enable();
  const ours = await time(() => bench.import(csv), { runs: options.runs });
  delay.disable();
  await bench.close();
  const name = `import csv ${options.rows / 1e6} M rows × 12`;
  const python = pandas(csv, Math.min(3, options.runs));
  return [
    compare(name, ours, { name: 'DuckDB COPY csv → parquet', sample: baseline }, `engine loop held ${(delay.max / 1e6).toFixed(0)} ms at most`),
    compare(name, ours, { name: 'pandas.read_csv', sample: python }, python === null ? 'pandas: not present' : ''),
  ];
};
