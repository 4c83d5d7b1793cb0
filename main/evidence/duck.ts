/**
 * Short-lived DuckDB instances for imports: hardened so that SQL reaches the named files and the temporary folder and nothing
 * else, cancellable, with progress. Nothing of it outlives the import. Must not be used for the case's tables.
 */
import { DuckDBInstance, type DuckDBConnection, type Json } from '@duckdb/node-api';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { totalmem } from 'node:os';
import { CasebenchError } from '../contract/index.ts';
import { sqlText } from './text-kinds.ts';

export type DuckOptions = {
  /** Absolute; read and written freely. */
  tempDir: string;
  /** Further files that may be read. */
  reads: readonly string[];
  /** IANA zone that times without one are in. */
  zone: string;
  signal?: AbortSignal | undefined;
  threads?: number | undefined;
};

export type Duck = {
  /** `onProgress` is told 0–1 about four times a second while it runs. */
  run(sql: string, onProgress?: (share: number) => void): Promise<void>;
  /** For small results only. Big integers come as text. */
  rows(sql: string): Promise<Record<string, Json>[]>;
  /** The first column, of type DOUBLE, of any number of rows. */
  numbers(sql: string): Promise<Float64Array>;
  connection: DuckDBConnection;
};

const progressEveryMs = 250;
const memoryShare = 0.25;

export const cancelledImport = (): CasebenchError => new CasebenchError('cancelled', 'Import cancelled. No table was added. The files are unchanged.');

export const throwIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw cancelledImport();
};

const open = async (options: DuckOptions): Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> => {
  const spill = join(options.tempDir, 'spill');
  await mkdir(spill, { recursive: true });
  const memoryMb = Math.min(4_096, Math.max(512, Math.floor((totalmem() * memoryShare) / 1_048_576)));
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? 2),
    memory_limit: `${memoryMb}MB`,
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    // the order matters: once external access is off nothing can be allowed any more
    await connection.run(`SET TimeZone = ${sqlText(options.zone)}`);
    await connection.run('SET enable_progress_bar = true');
    await connection.run('SET enable_progress_bar_print = false');
    await connection.run(`SET allowed_directories = [${[options.tempDir, spill].map((dir) => sqlText(dir.endsWith('/') ? dir : `${dir}/`)).join(', ')}]`);
    if (options.reads.length > 0) await connection.run(`SET allowed_paths = [${options.reads.map(sqlText).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return { instance, connection };
  } catch (thrown) {
    instance.closeSync();
    throw thrown;
  }
};

/** Runs `work` with an instance of its own. An abort interrupts the running statement and comes out as `cancelled`. */
export const withDuck = async <T>(options: DuckOptions, work: (duck: Duck) => Promise<T>): Promise<T> => {
  throwIfCancelled(options.signal);
  const { instance, connection } = await open(options);
  const interrupt = (): void => connection.interrupt();
  options.signal?.addEventListener('abort', interrupt);
  const guarded = async <R>(step: () => Promise<R>): Promise<R> => {
    throwIfCancelled(options.signal);
    // an interrupt that falls between two statements is lost: ask again until the statement has ended
    const again = setInterval(() => {
      if (options.signal?.aborted === true) connection.interrupt();
    }, 50);
    try {
      return await step();
    } catch (thrown) {
      throwIfCancelled(options.signal);
      throw thrown;
    } finally {
      clearInterval(again);
    }
  };
  try {
    return await work({
      connection,
      rows: (sql) => guarded(async () => (await connection.runAndReadAll(sql)).getRowObjectsJson()),
      numbers: (sql) =>
        guarded(async () => {
          const result = await connection.stream(sql);
          const parts: Float64Array[] = [];
          let length = 0;
          for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
            const part = Float64Array.from({ length: chunk.rowCount }, (_, row) => Number(chunk?.getColumnVector(0).getItem(row)));
            parts.push(part);
            length += part.length;
          }
          const all = new Float64Array(length);
          let at = 0;
          for (const part of parts) {
            all.set(part, at);
            at += part.length;
          }
          return all;
        }),
      run: (sql, onProgress) =>
        guarded(async () => {
          const timer = onProgress === undefined ? null : setInterval(() => onProgress(Math.min(1, Math.max(0, connection.progress.percentage / 100))), progressEveryMs);
          try {
            await connection.run(sql);
          } finally {
            if (timer !== null) clearInterval(timer);
          }
        }),
    });
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
};

/** True for what DuckDB says when the disk is full. */
export const isDiskFull = (thrown: unknown): boolean =>
  thrown instanceof Error && (/No space left on device|disk quota/i.test(thrown.message) || ('code' in thrown && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT')));
