/** Cases for tests: a clock that tests move, a temporary folder that is removed, small real tables written by DuckDB. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CaseSession, Command, StoredEvidence, StoredTable } from '../../main/case/index.ts';

export const startUs = 1_760_000_000_000_000;

/** Each look at the clock is one second later than the one before. */
export const testClock = (fromUs = startUs) => {
  let nowUs = fromUs;
  return { nowUs: () => (nowUs += 1_000_000), monotonicMs: () => nowUs / 1_000 };
};

export const temporaryFolder = (): { folder: string; remove(): void } => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'casebench-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export const testEvidence = (number: number, over: Partial<StoredEvidence> = {}): StoredEvidence => ({
  id: `e${number}`,
  name: `log-${number}.csv`,
  folder: '~/evidence',
  sizeBytes: 10,
  sha256: 'a'.repeat(64),
  importer: 'csv',
  copied: false,
  importedUs: startUs,
  modifiedUs: null,
  rows: 1_000,
  rejected: 0,
  originalPath: `/nowhere/log-${number}.csv`,
  copyPath: null,
  optionsJson: '{}',
  ...over,
});

export const testTable = (number: number, over: Partial<StoredTable> = {}): StoredTable => ({
  id: `t${number}`,
  name: `Table ${number}`,
  kind: 'evidence',
  rows: 1_000_000,
  rejected: 0,
  columns: [{ name: 'TimeGenerated', type: 'datetime', hasOriginal: true, role: null, physical: 'TimeGenerated', originalPhysical: 'TimeGenerated__text' }],
  timeColumn: 'TimeGenerated',
  fromUs: startUs,
  toUs: startUs + number,
  evidenceId: `e${number}`,
  entry: '',
  rejectsTableId: null,
  truncated: null,
  warnings: [],
  sha256: 'b'.repeat(64),
  sizeBytes: 20,
  createdUs: startUs,
  file: `tables/${number}.parquet`,
  ...over,
});

/** An import without a file behind it: enough for everything but verification. */
export const addTable = (number: number, over: Partial<StoredTable> = {}): Command => ({
  kind: 'evidence.add',
  payload: { evidence: testEvidence(number), tables: [testTable(number, over)] },
});

export type TableTemplate = { path: string; table: Pick<StoredTable, 'rows' | 'sha256' | 'sizeBytes' | 'columns' | 'timeColumn' | 'fromUs' | 'toUs'> };

/** A real Parquet file as the importers write them, to be copied into cases. */
export const writeTable = async (file: string, rows = 500): Promise<TableTemplate> => {
  // Loaded only where it is needed: children that are started a hundred times do without.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT i AS _rid, 'value ' || i AS text FROM range(${rows}) r(i)) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return {
    path: file,
    table: {
      rows,
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
      sizeBytes: statSync(file).size,
      columns: [{ name: 'text', type: 'string', hasOriginal: false, role: null, physical: 'text', originalPhysical: null }],
      timeColumn: null,
      fromUs: null,
      toUs: null,
    },
  };
};

/** An import with a real Parquet file: written in temp/, moved into tables/, then named by the catalogue. */
export const addRealTable = async (session: CaseSession, number: number, rows = 500): Promise<Command> => {
  const { path: making, table } = await writeTable(path.join(session.tempDir, `making-${number}.parquet`), rows);
  const file = `tables/${number}.parquet`;
  renameSync(making, path.join(session.folder, file));
  return addTable(number, { ...table, file });
};
