/**
 * Finds out how delimited text is written: delimiter, quotes, escape, header, width, and how sure that is. Judges the first
 * records only. Runs in the worker.
 */
import { isFloatText, isIntText } from '../text-kinds.ts';
import { timeFormats } from '../time/formats.ts';
import type { Newline } from '../types.ts';
import { createCsvReader, type CsvRecord, type CsvShape } from './reader.ts';

export type SniffedCsv = CsvShape & {
  headerRow: number;
  /** Physical lines before the first record of data. */
  skipLines: number;
  width: number;
  padShort: boolean;
  newline: Newline;
  /** The header's values; null without a header. */
  header: string[] | null;
  /** First records of data that can be read. */
  records: string[][];
  confidence: number;
  /** The header spans several lines or holds something only the own reader copes with. */
  plainHeader: boolean;
};

export type CsvWishes = { delimiter?: string | undefined; quote?: string | undefined; headerRow?: number | undefined };

const sniffedRecords = 400;
const delimiters = [',', '\t', ';', '|'] as const;

/** Excel's hint at the top of a file: which delimiter follows. */
const sepHint = /^sep=(.)\r?\n/i;

const read = (text: string, complete: boolean, shape: CsvShape): CsvRecord[] => {
  let given = false;
  const reader = createCsvReader({ next: () => (given ? null : ((given = true), text)) }, shape, sepHint.test(text) ? 1 : 0);
  const records: CsvRecord[] = [];
  for (let record = reader.next(); record !== null && records.length < sniffedRecords; record = reader.next()) records.push(record);
  // the last record of a cut text may be cut itself
  if (!complete && records.length > 1 && records.length < sniffedRecords) records.pop();
  return records;
};

const newlineOf = (end: string | undefined): Newline => (end === '\r\n' || end === '\r' ? end : '\n');

const widthsOf = (records: readonly CsvRecord[]): Map<number, number> => {
  const widths = new Map<number, number>();
  for (const record of records) if (record.fields !== null && record.reason === '') widths.set(record.fields.length, (widths.get(record.fields.length) ?? 0) + 1);
  return widths;
};

type Candidate = { shape: CsvShape; records: CsvRecord[]; width: number; share: number; first: number; score: number };

/** So many short records make it a habit of the file rather than damage. */
const habitRows = 5;

/** Enough text to tell candidates apart. */
const judgedLength = 65_536;

const judge = (whole: string, complete: boolean, shape: CsvShape): Candidate => {
  const text = whole.length > judgedLength ? whole.slice(0, judgedLength) : whole;
  const records = read(text, complete && text.length === whole.length, shape);
  const widths = widthsOf(records);
  const [width = 1, count = 0] = [...widths].filter(([w]) => w > 1).sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, widths.get(1) ?? 0];
  const broken = records.filter((record) => record.reason !== '').length;
  const share = records.length === 0 ? 0 : count / records.length;
  const first = records.findIndex((record) => record.fields?.length === width);
  // a header of another width, or text before it, is a sign of the wrong delimiter
  const score = width < 2 ? 0 : share * (1 - broken / Math.max(1, records.length)) * (first === 0 ? 1 : 0.8) * (1 - 0.3 / width);
  return { shape, records, width, share, first: Math.max(0, first), score };
};

const isPlainValue = (text: string): boolean => {
  const value = text.trim();
  return isIntText(value) || isFloatText(value) || /^0x[0-9a-f]+$/i.test(value) || /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value) || /^\d{1,3}(\.\d{1,3}){3}$/.test(value) || timeFormats.some((format) => !format.byName && format.matches(value));
};

/** Names don't look like numbers, times, addresses or GUIDs, and rarely repeat. */
const isHeader = (first: readonly string[], rest: readonly string[][]): boolean => {
  const filled = first.filter((name) => name.trim() !== '');
  if (filled.length === 0) return false;
  const values = filled.filter(isPlainValue).length;
  if (values > 0 && values >= filled.length * 0.1) return false;
  if (filled.some((name) => name.length > 300)) return false;
  if (rest.length === 0) return true;
  // below a header other things stand than names: without such a column, a first row that comes again is data
  const contrasts = first.some((_, i) => rest.slice(0, 50).some((row) => isPlainValue(row[i] ?? '')));
  return contrasts || !rest.slice(0, 50).some((row) => row.length === first.length && row.every((value, i) => value === first[i]));
};

const bestShape = (text: string, complete: boolean, wishes: CsvWishes): Candidate => {
  const quotes = wishes.quote === undefined ? [/(^|[,;\t|\n\r])'[^'\n]*'([,;\t|\r\n]|$)/.test(text) && !text.includes('"') ? "'" : '"'] : [wishes.quote];
  const candidates = (wishes.delimiter === undefined ? delimiters : [wishes.delimiter]).flatMap((delimiter) =>
    quotes.map((quote) => {
      const plain = judge(text, complete, { delimiter, quote, escape: quote });
      if (quote === '' || !text.includes(`\\${quote}`)) return plain;
      const escaped = judge(text, complete, { delimiter, quote, escape: '\\' });
      return escaped.score > plain.score ? escaped : plain;
    }),
  );
  const [best] = candidates.sort((a, b) => b.score - a.score);
  if (best === undefined) throw new Error('no candidate');
  return best.score === 0 && wishes.delimiter === undefined ? judge(text, complete, { delimiter: ',', quote: '"', escape: '"' }) : best;
};

/**
 * @param text the head of the file; `complete` when it is all of it.
 * @returns confidence 0 when nothing speaks for delimited text.
 */
export const sniffCsv = (text: string, complete: boolean, wishes: CsvWishes = {}): SniffedCsv => {
  // a line that never ends is no record of anything
  if (!complete && !/[\r\n]/.test(text)) {
    return { delimiter: wishes.delimiter ?? ',', quote: wishes.quote ?? '"', escape: '"', headerRow: 0, skipLines: 0, width: 1, padShort: false, newline: '\n', header: null, records: [], confidence: 0, plainHeader: true };
  }
  const sepLine = sepHint.exec(text);
  const best = bestShape(text, complete, sepLine?.[1] === undefined ? wishes : { delimiter: sepLine[1], ...wishes });
  const { shape } = best;
  const records = read(text, complete, shape);
  const asked = wishes.headerRow;
  const firstData = (fields: CsvRecord[]): string[][] => fields.flatMap((record) => (record.fields === null ? [] : [record.fields]));
  let headerAt = -1;
  if (asked === undefined) {
    const candidate = records[best.first];
    if (candidate?.fields != null && isHeader(candidate.fields, firstData(records.slice(best.first + 1)))) headerAt = best.first;
    // a short header above wider rows, as R and trailing delimiters leave it
    const above = best.first > 0 ? records[best.first - 1] : undefined;
    if (above?.fields != null && above.fields.length === best.width - 1 && best.width > 2 && isHeader(above.fields, [])) headerAt = best.first - 1;
  } else if (asked > 0) headerAt = records.findIndex((record) => record.line >= asked);
  const header = headerAt < 0 ? null : (records[headerAt]?.fields ?? null);
  const dataRecords = records.slice(headerAt < 0 ? (asked === 0 ? 0 : best.first) : headerAt + 1);
  const data = firstData(dataRecords);
  const widths = widthsOf(dataRecords);
  const modal = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? header?.length ?? best.width;
  const short = data.filter((row) => header !== null && row.length < header.length && row.length > 0).length;
  const longer = data.filter((row) => header !== null && row.length > header.length).length;
  const padShort = header !== null && header.length > 1 && short >= habitRows && short >= data.length * 0.2 && longer <= data.length * 0.02 && widths.size > 1 && data.some((row) => row.length === header.length);
  const width = padShort || header === null || modal < header.length ? Math.max(header?.length ?? 0, padShort ? 0 : header === null ? modal : header.length) : modal;
  const headerRecord = headerAt < 0 ? undefined : records[headerAt];
  const firstLine = dataRecords[0]?.line;
  const headerLines = headerRecord === undefined ? 0 : headerRecord.raw.split(/\r\n|\r|\n/).length;
  const skipLines = headerRecord === undefined ? (asked === 0 || firstLine === undefined ? 0 : firstLine - 1) : headerRecord.line - 1 + headerLines;
  const extra = header !== null && width === header.length + 1 && data.length > 0;
  const shifted = extra && !data.every((row) => (row[width - 1] ?? '') === '');
  return {
    ...shape,
    headerRow: headerRecord?.line ?? 0,
    skipLines, width, padShort,
    newline: newlineOf(records.find((record) => record.end !== '')?.end),
    header: header === null ? null : shifted ? ['', ...header] : header,
    records: data,
    confidence: width > 1 ? Math.min(0.99, best.score) : 0,
    plainHeader: headerLines <= 1,
  };
};
