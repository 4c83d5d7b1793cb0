/** Cases on disk for import tests: give files, import them, read back what is in the case. */
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { createCase, type OpenSession, type StoredTable } from '../../main/case/index.ts';
import type { AppError, ImportOptions, ImportResult } from '../../main/contract/index.ts';
import { createWorkerPool, importPaths, type FileToImport, type WorkerPool } from '../../main/evidence/index.ts';
import { systemClock, type Clock } from '../../main/shared/clock.ts';

/** 12 March 2026, 06:00 UTC: the present of these tests. */
export const nowUs = Date.UTC(2026, 2, 12, 6) * 1_000;
export const testClock: Clock = { nowUs: () => nowUs, monotonicMs: systemClock.monotonicMs };

export type Row = Record<string, Json>;
export type Imported = {
  table: StoredTable;
  /** Values as stored, by physical name, in row order; `_rid` first. */
  rows: Row[];
  rejects: { line: number; reason: string; text: string }[];
};

export type Bench = {
  session: OpenSession;
  pool: WorkerPool;
  /** A folder for files to import. */
  files: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  run(files: readonly (string | FileToImport)[], options?: { signal?: AbortSignal; copyOriginals?: boolean; onProgress?: (update: { done?: number; stage?: string }) => void }): Promise<ImportResult>;
  /** Imports one file that holds one table. */
  one(name: string, content: string | Uint8Array, options?: ImportOptions): Promise<Imported>;
  read(tableId: string): Promise<Imported>;
  /** The error an import of this content ends with. */
  failure(name: string, content: string | Uint8Array): Promise<AppError>;
  /** Files left in the temporary folder of the case, and tables nobody knows. */
  leftovers(): Promise<string[]>;
  close(): Promise<void>;
};

export const query = async (sql: string): Promise<Row[]> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  try {
    const connection = await instance.connect();
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    instance.closeSync();
  }
};

const allFiles = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

export const openBench = async (): Promise<Bench> => {
  const root = await mkdtemp(join(tmpdir(), 'casebench-import-'));
  const files = join(root, 'given');
  await mkdir(files);
  const session = await createCase(join(root, 'Test.case'), 'Test', { clock: testClock, homeDir: root });
  const pool = createWorkerPool();
  const bench: Bench = {
    session, pool, files,
    async write(name, content) {
      const path = join(files, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    run: (given, options = {}) =>
      importPaths(session, given.map((file) => (typeof file === 'string' ? { path: file } : file)), {
        clock: testClock, pool, copyOriginals: options.copyOriginals ?? false, homeDir: root,
        job: { signal: options.signal ?? new AbortController().signal, progress: options.onProgress ?? (() => undefined) },
      }),
    async one(name, content, options) {
      const path = await bench.write(name, content);
      const result = await bench.run([{ path, items: options === undefined ? {} : { '': options } }]);
      const [table] = result.tables;
      if (table === undefined || result.tables.length !== 1) throw new Error(`${result.tables.length} tables: ${JSON.stringify(result.failed)}`);
      return bench.read(table.tableId);
    },
    async read(tableId) {
      const table = session.table(tableId);
      const rows = await query(`SELECT * FROM read_parquet('${join(session.folder, table.file)}')`);
      const rejects = table.rejectsTableId === null ? [] : await query(`SELECT line, reason, text FROM read_parquet('${join(session.folder, session.table(table.rejectsTableId).file)}') ORDER BY _rid`);
      rows.forEach((row, i) => {
        if (row['_rid'] !== String(i)) throw new Error(`row ${i} has number ${String(row['_rid'])}`);
      });
      if (rows.length !== table.rows || rejects.length !== table.rejected) throw new Error(`the catalogue says ${table.rows} + ${table.rejected}, the files hold ${rows.length} + ${rejects.length}`);
      return { table, rows, rejects: rejects.map((row) => ({ line: Number(row['line']), reason: String(row['reason']), text: String(row['text']) })) };
    },
    async failure(name, content) {
      const path = await bench.write(name, content);
      const before = session.tables().length;
      try {
        const result = await bench.run([path]);
        const [failed] = result.failed;
        if (failed === undefined) throw new Error(`imported ${JSON.stringify(result.tables)}`);
        return failed.error;
      } catch (thrown) {
        if (session.tables().length !== before) throw new Error('a failed import left tables', { cause: thrown });
        if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
        return { code: thrown.code as AppError['code'], message: thrown.message, detail: String((thrown as { detail?: string }).detail ?? ''), retryable: false };
      }
    },
    async leftovers() {
      const known = new Set(session.tables().map((table) => join(session.folder, table.file)));
      return [...(await allFiles(session.tempDir)), ...(await allFiles(session.tablesDir)).filter((file) => !known.has(file))];
    },
    async close() {
      await pool.close();
      await session.close();
      await rm(root, { recursive: true, force: true });
    },
  };
  return bench;
};

/** `name:type` of the columns, the way a person would say it. */
export const typesOf = ({ table }: Imported): string => table.columns.map((column) => `${column.name}:${column.type}`).join(' ');
export const columnOf = (imported: Imported, physical: string): Json[] => imported.rows.map((row) => row[physical] ?? null);
