/**
 * From a table as its importer describes it to Parquet files in the temporary folder: stage, settle, write, with the importer's
 * slower way as second try. One hardened DuckDB instance per try.
 */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CasebenchError } from '../contract/index.ts';
import type { PlanOptions } from './build/plan.ts';
import { settleTable, type Settled } from './build/settle.ts';
import { stageTable } from './build/stage.ts';
import { writeRejects, writeTable, type WrittenTable } from './build/write.ts';
import { isDiskFull, throwIfCancelled, withDuck, type Duck } from './duck.ts';
import { FallbackNeeded, type ReadTable } from './importer.ts';
import { maxColumns } from './types.ts';
import type { WorkerPool } from './work/pool.ts';

export type BuildOptions = {
  zone: string;
  timeColumn: string | null | undefined;
  planOptions: PlanOptions;
  tempDir: string;
  pool: WorkerPool;
  /** For a preview: no file is written while staging. */
  inMemory?: boolean;
  signal: AbortSignal | undefined;
  /** 0–1 over staging and writing. */
  onProgress(share: number): void;
};

/** What is in the instance after staging and settling, for whoever wants to look before it is gone. */
export type Built<T> = { table: ReadTable; settled: Settled; result: T };

const attempt = async <T>(table: ReadTable, options: BuildOptions, finish: (duck: Duck, settled: Settled, tempDir: string) => Promise<T>): Promise<Built<T>> => {
  if (table.plan.length === 0) throw new CasebenchError('import.empty', 'The table has no columns. It was not added. Check that the export was complete.');
  if (table.plan.length > maxColumns) throw new CasebenchError('limit', `The table has ${table.plan.length} columns, more than the limit of ${maxColumns}. It was not added. Check that rows and columns are not exchanged, or split it.`);
  const tempDir = join(options.tempDir, `build-${randomUUID().slice(0, 8)}`);
  await mkdir(tempDir, { recursive: true });
  // the item's folder holds this one, so the instance may read what the importer left there
  return withDuck({ tempDir: options.tempDir, reads: table.raw.reads, zone: options.zone, signal: options.signal }, async (duck) => {
    const stage = await stageTable(duck, table.raw, table.plan, {
      planOptions: options.planOptions, file: options.inMemory === true ? null : join(tempDir, 'direct.parquet'), onProgress: options.onProgress,
    });
    const ahead = table.collectRejects === undefined ? table.rejects : await table.collectRejects(duck);
    const settled = await settleTable(duck, stage, { timeColumn: options.timeColumn, zone: options.zone, rejects: ahead, locate: table.locate });
    return { table, settled, result: await finish(duck, settled, tempDir) };
  });
};

/** Runs the importer's table through the builder; `finish` gets the instance while it lives. */
export const buildWith = async <T>(table: ReadTable, options: BuildOptions, finish: (duck: Duck, settled: Settled, tempDir: string) => Promise<T>): Promise<Built<T>> => {
  try {
    return await attempt(table, options, finish);
  } catch (thrown) {
    throwIfCancelled(options.signal);
    const retry = table.fallback !== undefined && !isDiskFull(thrown) && (thrown instanceof FallbackNeeded || !(thrown instanceof CasebenchError));
    if (!retry || table.fallback === undefined) throw thrown;
    return attempt(await table.fallback(), options, finish);
  }
};

export type BuiltTable = { main: WrittenTable; rejects: WrittenTable | null };

export const buildTable = (table: ReadTable, options: BuildOptions): Promise<Built<BuiltTable>> =>
  buildWith(table, options, async (duck, settled, tempDir) => {
    const main = await writeTable(duck, settled, { tempDir, addRowIds: (path, dropLast) => options.pool.call('addRowIds', { path, dropLast }, { signal: options.signal }) });
    return { main, rejects: settled.rejected > 0 ? await writeRejects(duck, tempDir) : null };
  });
