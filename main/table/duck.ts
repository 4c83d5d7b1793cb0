/**
 * The DuckDB instance of one open case: hardened so that SQL reaches the case's table files and the temporary folder and nothing
 * else, two threads, bounded memory, a pool of connections so that each statement can be cancelled alone.
 * Owns: running statements, deadlines, cancellation, closing. Must not know tables, filters or what SQL means.
 */
import { mkdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBDataChunk, type DuckDBResult } from '@duckdb/node-api';
import { CasebenchError } from '../contract/index.ts';
import { duckFailure } from './duck-failure.ts';
import type { Bound } from './params.ts';
import { textLiteral } from './quote.ts';

export type RunOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Longest a statement may run; past it the call fails with `deadline`. */
  readonly deadlineMs?: number | undefined;
};

/** Column names and types of a result, without its rows. */
export type ResultShape = Pick<DuckDBResult, 'columnCount' | 'columnName' | 'columnType'>;

export type Duck = {
  /** Runs one statement and gives all its rows as chunks. */
  query(sql: string, params?: readonly Bound[], options?: RunOptions): Promise<DuckDBDataChunk[]>;
  /**
   * Runs one statement and hands over its rows as they come, chunk after chunk; `onChunk` returning false ends it early.
   * `prepare` statements run first, on the same connection.
   */
  stream(
    sql: string,
    params: readonly Bound[],
    options: RunOptions & { prepare?: readonly string[]; cleanUp?: readonly string[] },
    onChunk: (chunk: DuckDBDataChunk, shape: ResultShape) => boolean | void | Promise<boolean | void>,
  ): Promise<ResultShape>;
  close(): Promise<void>;
};

const memoryShare = 0.25;
/** An interrupt that falls between two statements is lost: it is asked for again until the statement has ended. */
const interruptEveryMs = 20;
const maxConnections = 6;

export type InstanceSize = { readonly threads: number; readonly maxMemoryMb: number };

const settingsOf = (spillDir: string, { threads, maxMemoryMb }: InstanceSize): Record<string, string> => ({
  threads: String(threads),
  memory_limit: `${Math.min(maxMemoryMb, Math.max(512, Math.floor((totalmem() * memoryShare) / 1_048_576)))}MB`,
  temp_directory: spillDir,
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
});

/** An instance that reaches `dirs` (absolute folders) and no other file. The order matters: nothing can be allowed afterwards. */
export const openHardened = async (dirs: readonly string[], spillDir: string, size: InstanceSize): Promise<DuckDBInstance> => {
  await mkdir(spillDir, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', settingsOf(spillDir, size));
  try {
    const connection = await instance.connect();
    const allowed = [...dirs, spillDir].map((dir) => textLiteral(dir.endsWith('/') ? dir : `${dir}/`)).join(', ');
    for (const sql of [
      `SET TimeZone = 'UTC'`,
      'SET parquet_metadata_cache = true',
      `SET allowed_directories = [${allowed}]`,
      'SET enable_external_access = false',
      'SET lock_configuration = true',
    ]) {
      await connection.run(sql);
    }
    connection.closeSync();
    return instance;
  } catch (thrown) {
    instance.closeSync();
    throw thrown;
  }
};

const closedCase = (): CasebenchError => new CasebenchError('case.none', 'The case was closed while its tables were being read. Nothing was changed. Open it again.');

/** Runs `work`, interrupting the connection when the signal or the deadline says so, and turns failures into typed errors. */
const interruptible = async <T>(connection: DuckDBConnection, closing: AbortSignal, options: RunOptions, work: () => Promise<T>): Promise<T> => {
  const { signal, deadlineMs } = options;
  let stop: 'cancelled' | 'deadline' | 'closed' | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  const end = (why: 'cancelled' | 'deadline' | 'closed'): void => {
    stop ??= why;
    connection.interrupt();
    timer ??= setInterval(() => connection.interrupt(), interruptEveryMs);
  };
  const onAbort = (): void => end('cancelled');
  const onClose = (): void => end('closed');
  signal?.addEventListener('abort', onAbort);
  closing.addEventListener('abort', onClose);
  const deadline = deadlineMs === undefined ? null : setTimeout(() => end('deadline'), deadlineMs);
  const reason = (): CasebenchError | null => {
    if (stop === 'closed') return closedCase();
    if (stop === 'cancelled') return new CasebenchError('cancelled', 'Cancelled. Nothing was changed.');
    if (stop === null) return null;
    return new CasebenchError('deadline', `The query was stopped after ${(deadlineMs ?? 0) / 1_000} s. The data is unchanged. Narrow the time range or simplify the pattern, then run it again.`, {
      retryable: true,
    });
  };
  try {
    if (closing.aborted) throw closedCase();
    if (signal?.aborted === true) throw new CasebenchError('cancelled', 'Cancelled. Nothing was changed.');
    return await work();
  } catch (thrown) {
    throw reason() ?? duckFailure(thrown);
  } finally {
    if (timer !== null) clearInterval(timer);
    if (deadline !== null) clearTimeout(deadline);
    signal?.removeEventListener('abort', onAbort);
    closing.removeEventListener('abort', onClose);
  }
};

export const openDuck = async ({ tablesDir, tempDir }: { tablesDir: string; tempDir: string }): Promise<Duck> => {
  const instance = await openHardened([tablesDir, tempDir], join(tempDir, 'spill'), { threads: 2, maxMemoryMb: 2_048 });
  const idle: DuckDBConnection[] = [];
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  let made = 0;
  let ended: Promise<void> | null = null;

  const acquire = async (): Promise<DuckDBConnection> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (made >= maxConnections) return new Promise((resolve) => waiting.push(resolve));
    made += 1;
    return instance.connect();
  };
  const release = (connection: DuckDBConnection): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(connection);
    else next(connection);
  };
  const withConnection = <T>(options: RunOptions, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
    if (closing.signal.aborted) return Promise.reject(closedCase());
    const run = (async () => {
      const connection = await acquire();
      try {
        return await interruptible(connection, closing.signal, options, () => work(connection));
      } finally {
        release(connection);
      }
    })();
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return run;
  };
  const valuesOf = (params: readonly Bound[]) => [params.map((p) => p.value), params.map((p) => p.type)] as const;

  return {
    query: (sql, params = [], options = {}) =>
      withConnection(options, async (connection) => {
        const result = params.length === 0 ? await connection.run(sql) : await connection.run(sql, ...valuesOf(params));
        return result.fetchAllChunks();
      }),
    stream: (sql, params, { prepare = [], cleanUp = [], ...options }, onChunk) =>
      withConnection(options, async (connection) => {
        try {
          for (const first of prepare) await connection.run(first);
          const result = params.length === 0 ? await connection.stream(sql) : await connection.stream(sql, ...valuesOf(params));
          for (;;) {
            const chunk = await result.fetchChunk();
            if (chunk === null || chunk.rowCount === 0) break;
            if ((await onChunk(chunk, result)) === false) break;
          }
          return result;
        } finally {
          for (const last of cleanUp) await connection.run(last).catch(() => undefined);
        }
      }),
    close() {
      ended ??= (async () => {
        closing.abort();
        await Promise.all(running);
        for (const connection of idle) connection.closeSync();
        instance.closeSync();
      })();
      return ended;
    },
  };
};
