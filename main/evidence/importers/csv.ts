/**
 * Delimited text. The fast way is DuckDB on the file itself; what it can't read exactly (other encodings, ragged records, broken
 * quotes, mixed line ends) goes through our own reader first. Both accept the same records.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportOptions } from '../../contract/index.ts';
import { createCsvReader, reasons } from '../csv/reader.ts';
import { canonicalShape, csvRelation, readsDirectly } from '../csv/relation.ts';
import { sniffCsv } from '../csv/sniff.ts';
import type { CsvPrepared } from '../csv/prepare.ts';
import type { Duck } from '../duck.ts';
import { FallbackNeeded, type Head, type Importer, type ReadContext, type ReadTable } from '../importer.ts';
import type { Dialect, Reject, RejectFile } from '../types.ts';

const settingsOf = (prepared: CsvPrepared, options: ImportOptions): ImportOptions => ({
  ...options,
  format: 'csv',
  encoding: prepared.dialect.encoding,
  delimiter: prepared.dialect.delimiter,
  quote: prepared.dialect.quote,
  headerRow: prepared.dialect.headerRow,
});

/** DuckDB's own count stops at the first value too many. */
const widthOf = (text: string, dialect: Dialect): number => {
  let given = false;
  return createCsvReader({ next: () => (given ? null : ((given = true), text)) }, dialect).next()?.fields?.length ?? 0;
};

/** What DuckDB set aside, if all of it is records of another width; anything else is read again by our own reader. */
const collectRejects = async (duck: Duck, context: ReadContext, dialect: Dialect): Promise<RejectFile | null> => {
  const kinds = await duck.rows('SELECT DISTINCT error_type FROM reject_errors');
  if (kinds.length === 0) return null;
  if (kinds.some((row) => row['error_type'] !== 'TOO MANY COLUMNS' && row['error_type'] !== 'MISSING COLUMNS')) throw new FallbackNeeded('records that DuckDB reads in another way');
  const found = await duck.rows(
    `SELECT CAST(line_byte_position AS DOUBLE) AS at, any_value(error_type) AS kind, any_value(csv_line) AS text
     FROM reject_errors GROUP BY line_byte_position ORDER BY at LIMIT 200001`,
  );
  // so many that they are better streamed than listed
  if (found.length > 200_000) throw new FallbackNeeded('very many records of another width');
  const lines = await context.pool.call('linesAt', { path: context.path, offsets: found.map((row) => Number(row['at'])) }, { signal: context.signal });
  const path = join(context.tempDir, 'rejects-ahead.jsonl');
  const entries = found.map((row, i): Reject => {
    const width = widthOf(String(row['text'] ?? ''), dialect);
    return {
      line: lines[i] ?? 0,
      reason: row['kind'] === 'MISSING COLUMNS' ? reasons.few(width, dialect.width) : reasons.many(width, dialect.width),
      text: String(row['text'] ?? '').replace(/[\r\n]+$/, ''),
    };
  });
  await writeFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return { path, count: entries.length };
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
