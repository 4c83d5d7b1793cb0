/**
 * What a view waits for: grid pages (evidence order, filtered, sorted; positions spread over the table) and timeline buckets, against
 * the plain DuckDB query over the table's Parquet file that gives the same rows. The aims are absolute: page ≤ 50 ms, buckets ≤ 100 ms.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ViewQueryInput } from '../../main/contract/index.ts';
import { csvOf } from './lib/data.ts';
import { openBenchCase, type BenchCase } from './lib/engine.ts';
import { compare, time, type Result } from './lib/measure.ts';

const pageSize = 200;
const spread = (run: number, matched: number): number => Math.floor(((run * 0.618 + 0.31) % 1) * Math.max(0, matched - pageSize));

const parquetOf = async (bench: BenchCase): Promise<string> => {
  let folder = '';
  bench.engine.onCaseFolder((f) => {
    folder = f ?? folder;
  });
  const { info } = await bench.engine.handle('case.current', {});
  if (folder === '') folder = (info?.folder ?? '').replace(/^~/, path.dirname(path.dirname(info?.folder ?? '')));
  const file = readdirSync(path.join(folder, 'tables')).find((f) => f.endsWith('.parquet'));
  return path.join(folder, 'tables', file ?? '');
};

/**
 * Big tables get a copy for scattered rows in the background; figures are those of the lasting state after it. Deep pages of a sorted
 * view tell: from the file they take about a second. Returns how long it took from the first question.
 */
const untilCopied = async (bench: BenchCase, tableId: string, rows: number): Promise<number> => {
  const start = performance.now();
  const quickMs = 150;
  for (let run = 0, quick = 0; quick < 3 && performance.now() - start < 60_000; run++) {
    const asked = performance.now();
    await bench.engine.handle('table.page', { view: { tableId, sort: [{ column: 'Bytes', dir: 'desc' }] }, offset: spread(run, rows), limit: pageSize });
    quick = performance.now() - asked < quickMs ? quick + 1 : 0;
  }
  return performance.now() - start;
};

export const viewBench = async (options: { rows: number; runs: number }): Promise<Result[]> => {
  const csv = await csvOf(options.rows);
  const bench = await openBenchCase();
  const tableId = await bench.import(csv);
  const parquet = await parquetOf(bench);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const bare: DuckDBConnection = await instance.connect();
  const results: Result[] = [];
  const size = `${options.rows / 1e6} M rows`;
  const readyMs = await untilCopied(bench, tableId, options.rows);
  const cases: { name: string; view: ViewQueryInput; where: string; order: string }[] = [
    { name: 'page, evidence order', view: { tableId }, where: '', order: '' },
    { name: 'page, filtered', view: { tableId, filters: [{ op: 'in', column: 'EventID', values: [4688] }] }, where: 'where "EventID" = 4688', order: '' },
    { name: 'page, sorted by text', view: { tableId, sort: [{ column: 'Account', dir: 'asc' }] }, where: '', order: 'order by "Account"' },
  ];
  for (const { name, view, where, order } of cases) {
    const page = async (offset: number): Promise<number> => (await bench.engine.handle('table.page', { view, offset, limit: pageSize })).matched;
    const first = performance.now();
    const matched = await page(0);
    const firstMs = performance.now() - first;
    const ours = await time((run) => page(spread(run, matched)), { runs: options.runs, warmUps: 2 });
    const baseline = await time(
      async (run) => (await bare.runAndReadAll(`select * from '${parquet}' ${where} ${order} limit ${pageSize} offset ${spread(run, matched)}`)).getRowsJson(),
      { runs: Math.min(5, options.runs) },
    );
    results.push(compare(`${name}, ${size}`, ours, { name: 'DuckDB LIMIT/OFFSET on the file', sample: baseline }, `first page ${firstMs.toFixed(0)} ms; max ${ours.maxMs.toFixed(0)} ms; background copy ready after ${(readyMs / 1_000).toFixed(1)} s`));
  }
  const buckets = await time(
    () => bench.engine.handle('timeline.buckets', { sources: [{ view: { tableId }, groupBy: 'EventID' }], maxBins: 1_000 }),
    { runs: options.runs, warmUps: 1 },
  );
  const time0 = await time(
    async () => (await bare.runAndReadAll(`select "EventID", epoch_us("TimeGenerated") // 600000000 b, count(*) from '${parquet}' group by all`)).getRowsJson(),
    { runs: Math.min(5, options.runs), warmUps: 1 },
  );
  results.push(compare(`timeline buckets by EventID, ${size}`, buckets, { name: 'DuckDB GROUP BY on the file', sample: time0 }, `max ${buckets.maxMs.toFixed(0)} ms`));
  bare.closeSync();
  instance.closeSync();
  await bench.close();
  return results;
};
