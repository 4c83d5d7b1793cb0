/**
 * Delimited text. The fast way is DuckDB on the file itself; what it can't read exactly (other encodings, ragged records, broken
 * quotes, mixed line ends) goes through our own reader first. Both accept the same records.
 */
import { join } from 'node:path';
import type { ImportOptions } from '../../contract/index.ts';
import { canonicalShape, csvRelation, readsDirectly } from '../csv/relation.ts';
import { sniffCsv } from '../csv/sniff.ts';
import type { CsvPrepared } from '../csv/prepare.ts';
import type { Duck } from '../duck.ts';
import { FallbackNeeded, type Head, type Importer, type ReadContext, type ReadTable } from '../importer.ts';
import type { Dialect, RejectFile } from '../types.ts';

const settingsOf = (prepared: CsvPrepared, options: ImportOptions): ImportOptions => ({
  ...options,
  format: 'csv',
  encoding: prepared.dialect.encoding,
  delimiter: prepared.dialect.delimiter,
  quote: prepared.dialect.quote,
  headerRow: prepared.dialect.headerRow,
});

/** So many that another pass over the file costs less. */
const manyRejects = 200_000;

/** What DuckDB set aside, if all of it is records of another width; anything else is read again by our own reader. */
const collectRejects = async (duck: Duck, context: ReadContext, dialect: Dialect): Promise<RejectFile | null> => {
  const kinds = await duck.rows('SELECT DISTINCT error_type FROM reject_errors');
  if (kinds.length === 0) return null;
  if (kinds.some((row) => row['error_type'] !== 'TOO MANY COLUMNS' && row['error_type'] !== 'MISSING COLUMNS')) throw new FallbackNeeded('records that DuckDB reads in another way');
  const offsets = await duck.numbers(`SELECT DISTINCT CAST(line_byte_position AS DOUBLE) AS at FROM reject_errors ORDER BY at LIMIT ${manyRejects + 1}`);
  if (offsets.length > manyRejects) throw new FallbackNeeded('very many records of another width');
  const path = join(context.tempDir, 'rejects-ahead.jsonl');
  const { count } = await context.pool.call('rejectsAt', { path: context.path, dialect, offsets, out: path }, { signal: context.signal });
  if (count !== offsets.length) throw new FallbackNeeded('records that are not where DuckDB says');
  return { path, count };
};

const slowly = async (context: ReadContext, prepared: CsvPrepared): Promise<ReadTable> => {
  const out = join(context.tempDir, 'normalised.csv');
  const rejectsOut = join(context.tempDir, 'rejects.jsonl');
  const { dialect } = prepared;
  const done = await context.pool.call(
    'normaliseCsv',
    { path: context.path, dialect, out, rejectsOut, ...(context.limitBytes === null ? {} : { limit: context.limitBytes }) },
    { signal: context.signal, onProgress: (bytes) => context.onProgress(bytes / Math.max(1, context.sizeBytes)) },
  );
  const warnings = [...prepared.warnings];
  if (done.padded > 0) warnings.push(`${done.padded} ${done.padded === 1 ? 'row has' : 'rows have'} fewer than ${dialect.width} values. The missing ones are null.`);
  if (done.loose > 0) warnings.push(`${done.loose} ${done.loose === 1 ? 'row has' : 'rows have'} bare quotes inside a quoted value. They are kept as written.`);
  if (done.repaired > 0) warnings.push(`${done.repaired} ${done.repaired === 1 ? 'row is' : 'rows are'} not UTF-8 and read as Latin-1.`);
  return {
    ...common(context, prepared),
    raw: { columns: prepared.columns, relation: csvRelation(out, { ...canonicalShape, width: dialect.width }, { long: done.longest > 500_000 }), reads: [], warnings },
    rejects: done.rejects,
  };
};

const common = (context: ReadContext, prepared: CsvPrepared): Omit<ReadTable, 'raw'> => ({
  part: '', name: null, plan: prepared.plan, rejects: null, settings: settingsOf(prepared, context.options), confidence: prepared.confidence,
  locate: async (rows) => {
    const out = join(context.tempDir, 'located.jsonl');
    await context.pool.call('locateCsv', { path: context.path, dialect: prepared.dialect, rows, out }, { signal: context.signal });
    return out;
  },
});

export const csvImporter: Importer = {
  format: 'csv',
  sniff: (head: Head) => {
    if (head.binary || head.text.trim() === '') return 0;
    const first = head.text.trimStart()[0];
    // JSON has commas and quotes, too
    const penalty = first === '{' || first === '[' ? 0.5 : 1;
    const sniffed = sniffCsv(head.text, head.complete);
    if (sniffed.width > 1) return sniffed.confidence * penalty;
    return /\.(csv|tsv)$/i.test(head.name) && sniffed.header !== null ? 0.5 * penalty : 0;
  },
  read: async (context) => {
    const prepared = await context.pool.call(
      'prepareCsv',
      { path: context.path, name: context.name, options: context.options, nowUs: context.nowUs, limit: context.limitBytes },
      { signal: context.signal },
    );
    const { dialect } = prepared;
    if (!readsDirectly(dialect) || !prepared.plainHeader || context.preview) return [await slowly(context, prepared)];
    return [
      {
        ...common(context, prepared),
        raw: { columns: prepared.columns, relation: csvRelation(context.path, dialect), reads: [context.path], warnings: prepared.warnings },
        collectRejects: (duck) => collectRejects(duck, context, dialect),
        fallback: () => slowly(context, prepared),
      },
    ];
  },
};
