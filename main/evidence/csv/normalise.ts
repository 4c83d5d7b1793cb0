/**
 * Reads delimited text the slow, exact way and writes it anew as plain UTF-8 CSV for DuckDB, with the records that can't be read
 * in a file of their own. Also finds the line and text of single records, and lines at byte offsets. Runs in the worker.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { decodeUtf8OrLatin1, decodeText, fromBinary, isWide } from '../work/encoding.ts';
import { createTextWriter } from '../work/text-writer.ts';
import { openTextSource, type TextSource } from '../work/text-source.ts';
import type { Dialect, Reject, RejectFile } from '../types.ts';
import { createCsvReader, reasons, type CsvRecord } from './reader.ts';

/** Text of a rejected record is kept up to here. */
const keptText = 900_000;
/** Turns what the reader gives (bytes as characters, or text) into text. */
const decoderFor = (dialect: Dialect, onRepaired: () => void): ((raw: string) => string) => {
  if (isWide(dialect.encoding)) return (raw) => raw;
  const ascii = /^[\x00-\x7f]*$/;
  if (dialect.encoding === 'latin-1') return (raw) => (ascii.test(raw) ? raw : decodeText(fromBinary(raw), 'latin-1'));
  return (raw) => {
    if (ascii.test(raw)) return raw;
    const { text, repaired } = decodeUtf8OrLatin1(fromBinary(raw));
    if (repaired) onRepaired();
    return text;
  };
};

const cell = (value: string): string =>
  value === '' ? '' : value.includes('"') || value.includes(',') || value.includes('\n') || value.includes('\r') || value.startsWith(' ') ? `"${value.replaceAll('"', '""')}"` : value;

/** The one rule of what a good record is, shared by normalising and locating: '' or why it isn't. */
const problemOf = ({ fields, reason }: CsvRecord, dialect: Dialect): string => {
  if (fields === null) return reason;
  // empty values too many at the end lose nothing, and DuckDB lets them pass
  if (fields.length > dialect.width && fields.slice(dialect.width).every((value) => value === '')) fields.length = dialect.width;
  if (reason !== '') return fields.length === dialect.width ? '' : reason;
  if (fields.length > dialect.width) return reasons.many(fields.length, dialect.width);
  return fields.length < dialect.width && !dialect.padShort ? reasons.few(fields.length, dialect.width) : '';
};

export type Normalised = {
  rows: number;
  rejects: RejectFile;
  /** Records completed with nulls. */
  padded: number;
  /** Records with bare quotes inside a quoted value. */
  loose: number;
  /** Longest record written. */
  longest: number;
  /** Records that broke the encoding and were read as Latin-1. */
  repaired: number;
};

export const normaliseCsv = (
  input: { path: string; dialect: Dialect; out: string; rejectsOut: string; limit?: number | undefined },
  onProgress: (bytes: number) => void,
): Normalised => {
  const { dialect } = input;
  const source = openTextSource(input.path, dialect.encoding, { onProgress, ...(input.limit === undefined ? {} : { limit: input.limit }) });
  const reader = createCsvReader(source, dialect, dialect.skipLines);
  const good = createTextWriter(input.out);
  const bad = createTextWriter(input.rejectsOut);
  const found: Normalised = { rows: 0, rejects: { path: input.rejectsOut, count: 0 }, padded: 0, loose: 0, longest: 0, repaired: 0 };
  let repairedNow = false;
  const decode = decoderFor(dialect, () => (repairedNow = true));
  const reject = (line: number, reason: string, raw: string): void => {
    const entry: Reject = { line, reason, text: decode(raw.length > keptText ? raw.slice(0, keptText) : raw).toWellFormed() };
    bad.write(`${JSON.stringify(entry)}\n`);
    found.rejects.count += 1;
  };
  try {
    // a piece of a file ends somewhere in a record: that one is not judged
    const cut = input.limit !== undefined && input.limit < source.size;
    for (let record = reader.next(), following = reader.next(); record !== null && (following !== null || !cut); record = following, following = following === null ? null : reader.next()) {
      const { fields } = record;
      const problem = problemOf(record, dialect);
      if (fields === null || problem !== '') {
        reject(record.line, problem, record.raw);
        continue;
      }
      repairedNow = false;
      if (record.reason !== '') found.loose += 1;
      // a lone value needs quotes, or a blank line would be no record
      const cells = fields.map((value) => (dialect.width === 1 && value === '' ? '""' : cell(decode(value))));
      if (fields.length < dialect.width) {
        found.padded += 1;
        for (let i = fields.length; i < dialect.width; i += 1) cells.push('');
      }
      if (repairedNow) found.repaired += 1;
      const text = cells.join(',').toWellFormed();
      if (text.length > found.longest) found.longest = text.length;
      good.write(`${text}\n`);
      found.rows += 1;
    }
  } finally {
    good.close();
    bad.close();
    source.close();
  }
  return found;
};

/** Writes `{n, line, text}` of the good records with these numbers (0-based, ascending). */
export const locateCsv = (input: { path: string; dialect: Dialect; rows: Float64Array; out: string }, onProgress: (bytes: number) => void): void => {
  const { dialect, rows } = input;
  const source: TextSource = openTextSource(input.path, dialect.encoding, { onProgress });
  const reader = createCsvReader(source, dialect, dialect.skipLines);
  const out = createTextWriter(input.out);
  const decode = decoderFor(dialect, () => undefined);
  try {
    let at = 0;
    for (let n = 0; at < rows.length; ) {
      const record = reader.next();
      if (record === null) break;
      if (problemOf(record, dialect) !== '') continue;
      if (n === rows[at]) {
        out.write(`${JSON.stringify({ n, line: record.line, text: decode(record.raw.slice(0, keptText)).toWellFormed() })}\n`);
        at += 1;
      }
      n += 1;
    }
  } finally {
    out.close();
    source.close();
  }
};

/**
 * Writes the records at these byte offsets (ascending) as rejects, with their physical lines: what DuckDB set aside, described
 * the way our own reader describes it.
 */
export const rejectsAt = (input: { path: string; dialect: Dialect; offsets: Float64Array; out: string }): { count: number } => {
  const { dialect, offsets } = input;
  const fd = openSync(input.path, 'r');
  const buffer = Buffer.allocUnsafe(1 << 20);
  const out = createTextWriter(input.out);
  const decode = decoderFor(dialect, () => undefined);
  let line = 1;
  let base = 0;
  let next = 0;
  let afterCr = false;
  /** One record from a position; records are short or we would not be here. */
  const recordAt = (from: number): CsvRecord | null => {
    let at = from;
    return createCsvReader({
      next: () => {
        const piece = Buffer.allocUnsafe(65_536);
        const got = readSync(fd, piece, 0, piece.length, at);
        at += got;
        return got === 0 ? null : piece.toString('latin1', 0, got);
      },
    }, dialect).next();
  };
  try {
    while (next < offsets.length) {
      const got = readSync(fd, buffer, 0, buffer.length, base);
      if (got === 0) break;
      for (let i = 0; i < got && next < offsets.length; i += 1) {
        const byte = buffer[i];
        if (afterCr && byte !== 10) line += 1;
        if (base + i === offsets[next]) {
          const record = recordAt(base + i);
          const reason = record === null ? '' : problemOf(record, dialect);
          const entry: Reject = { line, reason, text: decode((record?.raw ?? '').slice(0, keptText)).toWellFormed() };
          out.write(`${JSON.stringify(entry)}\n`);
          next += 1;
        }
        if (byte === 10) line += 1;
        afterCr = byte === 13;
      }
      base += got;
    }
  } finally {
    closeSync(fd);
    out.close();
  }
  return { count: next };
};
