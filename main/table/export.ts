/**
 * A view as a file: CSV, TSV, JSON lines or Parquet, in the order shown, streamed, with progress and cancel. The file is there whole or
 * not at all. What was done to the values (formulas neutralised, addresses defanged) is part of the result.
 */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import type { CaseSession, StoredColumn } from '../case/types.ts';
import { CasebenchError, type EngineOutput, type EngineParsedInput } from '../contract/index.ts';
import type { JobContext } from '../jobs/types.ts';
import { columnsOf, sqlColumn } from './column-of.ts';
import { createParams } from './params.ts';
import { nameQuoted, textLiteral } from './quote.ts';
import { readColumn, selected } from './read-columns.ts';
import { createDelimitedWriter, createJsonLinesWriter, type RowWriter } from './row-text.ts';
import type { Selection, TableEngine } from './table-engine.ts';
import { writeWhole, type Written } from './write-file.ts';

export type ExportInput = Omit<EngineParsedInput<'table.export'>, 'saveHandle'> & {
  readonly path: string;
  /** Nothing but these rows, ascending. */
  readonly only?: Float64Array;
};
export type Exported = EngineOutput<'table.export'>;

const cancelled = (): CasebenchError => new CasebenchError('cancelled', 'Export cancelled. No file was written. The case is unchanged.');

const writerOf = ({ format, defang, neutraliseFormulas }: ExportInput): RowWriter => {
  if (format === 'jsonl') return createJsonLinesWriter({ defang });
  return createDelimitedWriter(format === 'tsv' ? '\t' : ',', '\r\n', { defang, neutraliseFormulas });
};

/** Rows as text, chunk by chunk as DuckDB makes them. */
const exportText = async (engine: TableEngine, input: ExportInput, columns: readonly StoredColumn[], selection: Selection, job: Pick<JobContext, 'signal' | 'progress'>): Promise<Written & { rows: number; neutralised: number }> => {
  const writer = writerOf(input);
  const sql = `SELECT ${columns.map((c) => selected(c, null)).join(', ')} FROM ${selection.relation} WHERE ${selection.where}${selection.order}`;
  let rows = 0;
  const written = await writeWhole(input.path, async (write) => {
    await write(writer.header(columns.map((c) => c.name)));
    await engine.duck.stream(sql, selection.params, { signal: job.signal }, async (chunk) => {
      const data = columns.map((c, i) => readColumn([chunk], i, c, null));
      await write(writer.rows(data, 0, chunk.rowCount));
      rows += chunk.rowCount;
      job.progress({ done: rows });
    });
    if (job.signal.aborted) throw cancelled();
  });
  return { ...written, rows, neutralised: writer.neutralisedCells };
};

/** Column names for a file in which case doesn't tell names apart. */
const fileNames = (columns: readonly StoredColumn[]): string[] => {
  const count = new Map<string, number>();
  for (const c of columns) count.set(c.name.toLowerCase(), (count.get(c.name.toLowerCase()) ?? 0) + 1);
  return columns.map((c) => (count.get(c.name.toLowerCase()) === 1 && c.name !== '' ? c.name : c.physical));
};

/** DuckDB writes the file into the temporary folder, the only place it may write to; from there it goes to its own. */
const exportParquet = async (engine: TableEngine, session: CaseSession, input: ExportInput, columns: readonly StoredColumn[], selection: Selection, job: Pick<JobContext, 'signal' | 'progress'>): Promise<Written> => {
  if (input.defang) throw new CasebenchError('input.invalid', 'A Parquet file keeps values as they are. Nothing was written. Export CSV, TSV or JSON lines for defanged values.');
  const names = fileNames(columns);
  const list = columns.map((c, i) => `${sqlColumn(c)} AS ${nameQuoted(names[i] ?? c.physical)}`);
  const params = createParams();
  for (const bound of selection.params) params.add(bound);
  const making = path.join(session.tempDir, `export-${randomUUID()}.parquet`);
  try {
    job.progress({ stage: 'Writing Parquet' });
    await engine.duck.query(
      `COPY (SELECT ${list.join(', ')} FROM ${selection.relation} WHERE ${selection.where}${selection.order}) TO ${textLiteral(making)} (FORMAT parquet, COMPRESSION zstd)`,
      params.list,
      { signal: job.signal },
    );
    return await writeWhole(input.path, async (write) => {
      for await (const part of createReadStream(making, { highWaterMark: 1_048_576 })) {
        if (job.signal.aborted) throw cancelled();
        await write(part as Buffer);
      }
    });
  } finally {
    await rm(making, { force: true });
  }
};

/** Throws `cancelled`, `disk.full`, `file.unwritable`, `filter.invalid`. */
export const exportView = async (engine: TableEngine, session: CaseSession, input: ExportInput, job: Pick<JobContext, 'signal' | 'progress'>): Promise<Exported> => {
  const columns = columnsOf(session.table(input.view.tableId), input.columns);
  const matched = input.only?.length ?? (await engine.count(input.view)).matched;
  job.progress({ done: 0, total: matched, unit: 'rows' });
  const selection = await engine.selection(input.view, input.only === undefined ? {} : { only: input.only });
  const fileName = path.basename(input.path);
  const did = { fileName, defanged: input.defang, formulasNeutralised: input.neutraliseFormulas && (input.format === 'csv' || input.format === 'tsv') };
  try {
    if (input.format === 'parquet') {
      const written = await exportParquet(engine, session, input, columns, selection, job);
      job.progress({ done: matched, total: matched });
      return { ...written, ...did, rows: matched, neutralised: 0 };
    }
    return { ...(await exportText(engine, input, columns, selection, job)), ...did };
  } catch (thrown) {
    throw job.signal.aborted ? cancelled() : thrown;
  }
};
