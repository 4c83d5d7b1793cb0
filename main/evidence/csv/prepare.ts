/**
 * Everything about a delimited file that is settled before it is read: dialect, column names, samples from its beginning, middle
 * and end, and the plan for its types. Runs in the worker.
 */
import { CasebenchError, type ImportOptions } from '../../contract/index.ts';
import { planColumns, type ColumnPlan } from '../build/plan.ts';
import { headerNames, isSavedIndex, positionNames } from '../names.ts';
import { maxColumns, type Dialect, type RawColumn } from '../types.ts';
import { decodeText, decodeUtf8OrLatin1, fromBinary, isWide, toBinary } from '../work/encoding.ts';
import { headOf, readPiece } from '../work/inspect-source.ts';
import { createCsvReader } from './reader.ts';
import { sniffCsv } from './sniff.ts';

export type CsvPrepared = {
  dialect: Dialect;
  columns: RawColumn[];
  plan: ColumnPlan[];
  confidence: number;
  warnings: string[];
  /** The header is one plain line: DuckDB can skip it. */
  plainHeader: boolean;
};

const samplesPerColumn = 500;
const sampleBytes = 128 * 1024;

/** Records from the middle of a file: the piece begins somewhere in a line, so the first is dropped and only full ones count. */
const recordsAt = (path: string, from: number, dialect: Dialect): string[][] => {
  const { bytes } = readPiece(path, from & ~1, sampleBytes);
  const text = isWide(dialect.encoding) ? decodeText(bytes, dialect.encoding) : toBinary(bytes);
  const start = text.indexOf('\n') + 1;
  if (start === 0) return [];
  const cut = text.lastIndexOf('\n');
  let given = false;
  const piece = text.slice(start, Math.max(start, cut + 1));
  const reader = createCsvReader({ next: () => (given ? null : ((given = true), piece)) }, dialect);
  const records: string[][] = [];
  for (let record = reader.next(); record !== null; record = reader.next()) {
    if (record.fields?.length === dialect.width) records.push(record.fields);
  }
  return records;
};

export const prepareCsv = (input: { path: string; name: string; options: ImportOptions; nowUs: number; limit: number | null }): CsvPrepared => {
  const { options } = input;
  const head = headOf(input.path, input.name, options);
  const sniffed = sniffCsv(head.text, head.complete, options);
  const dialect: Dialect = {
    encoding: head.encoding, delimiter: sniffed.delimiter, quote: sniffed.quote, escape: sniffed.escape, newline: sniffed.newline,
    headerRow: sniffed.headerRow, skipLines: sniffed.skipLines, width: sniffed.width, padShort: sniffed.padShort,
  };
  const decode = (raw: string): string => (isWide(dialect.encoding) ? raw : dialect.encoding === 'latin-1' ? decodeText(fromBinary(raw), 'latin-1') : decodeUtf8OrLatin1(fromBinary(raw)).text);
  const records = [...sniffed.records];
  if (!head.complete && input.limit === null) {
    records.push(...recordsAt(input.path, Math.floor(head.sizeBytes / 2), dialect), ...recordsAt(input.path, Math.max(0, head.sizeBytes - sampleBytes), dialect));
  }
  if (dialect.width > maxColumns) throw new CasebenchError('limit', `The file has ${dialect.width} columns, more than the limit of ${maxColumns}. No table was added. Check that rows and columns are not exchanged, or split it.`);
  const rawHeader = sniffed.header?.map(decode) ?? null;
  const names = rawHeader === null ? positionNames(dialect.width) : headerNames(rawHeader, dialect.width);
  const step = Math.max(1, Math.floor(records.length / samplesPerColumn));
  const columns = names.map((name, i): RawColumn => {
    const samples: string[] = [];
    for (let r = 0; r < records.length && samples.length < samplesPerColumn; r += samples.length < 100 ? 1 : step) {
      const value = records[r]?.[i] ?? '';
      if (value !== '') samples.push(decode(value));
    }
    return { name, base: 'text', samples, role: isSavedIndex(i, rawHeader?.[i] ?? name, samples) ? 'index' : null, declared: null };
  });
  const warnings: string[] = [];
  const before = (sniffed.headerRow === 0 ? sniffed.skipLines : sniffed.headerRow - 1);
  if (before > 0) warnings.push(`${before === 1 ? '1 line' : `${before} lines`} before the ${sniffed.headerRow === 0 ? 'data' : 'header'} ${before === 1 ? 'is' : 'are'} left out.`);
  return {
    dialect, columns, confidence: sniffed.confidence, warnings, plainHeader: sniffed.plainHeader,
    plan: planColumns(columns, { types: options.types ?? {}, dateOrder: options.dateOrder ?? null, nowUs: input.nowUs }),
  };
};
