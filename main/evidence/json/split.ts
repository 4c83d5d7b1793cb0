/**
 * A JSON document into one JSON-lines file per table in it. Small documents are parsed and understood; large or broken ones are
 * cut into records as they stream by. Runs in the worker.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CasebenchError, type ColumnType } from '../../contract/index.ts';
import type { Encoding, Reject, RejectFile } from '../types.ts';
import { decodeText, isWide } from '../work/encoding.ts';
import { readPiece } from '../work/inspect-source.ts';
import { createTextWriter } from '../work/text-writer.ts';
import { documentTables } from './documents.ts';
import { splitElements, type SplitMode } from './elements.ts';

export type SplitTable = {
  part: string;
  name: string | null;
  /** JSON lines, UTF-8. */
  path: string;
  declared: Record<string, ColumnType>;
  /** Elements that are no records at all; the line is the element's number. */
  rejects: RejectFile;
  warnings: string[];
};

export type SplitInput = { path: string; encoding: Encoding; outDir: string; limit?: number | undefined };

/** Parsed as a whole up to here; memory is about ten times that. */
const parsedBytes = 48 * 1_048_576;

const parseExactly = (source: string): unknown =>
  /\d{16}/.test(source)
    ? JSON.parse(source, (_key, value: unknown, context?: { source?: string }) => (typeof value === 'number' && !Number.isSafeInteger(value) && context?.source !== undefined ? raw(context.source) : value))
    : JSON.parse(source);
const raw = (source: string): unknown => {
  const api = JSON as unknown as { rawJSON?(source: string): unknown };
  return api.rawJSON === undefined ? Number(source) : api.rawJSON(source);
};

const leftOutNote = (names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`Beside the records the file holds ${names.slice(0, 8).map((name) => `"${name}"`).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}; ${names.length === 1 ? 'it is' : 'they are'} not part of the table.`];

const writeParsed = (value: unknown, input: SplitInput): SplitTable[] =>
  documentTables(value).map((table, i): SplitTable => {
    const path = join(input.outDir, `records-${i}.jsonl`);
    const rejectsPath = join(input.outDir, `no-records-${i}.jsonl`);
    const out = createTextWriter(path);
    const bad = createTextWriter(rejectsPath);
    let count = 0;
    let number = 0;
    try {
      for (const record of table.records) {
        number += 1;
        if (typeof record === 'object' && record !== null && !Array.isArray(record)) out.write(`${JSON.stringify(record)}\n`);
        else {
          const entry: Reject = { line: number, reason: 'Not a JSON object', text: JSON.stringify(record).slice(0, 900_000) };
          bad.write(`${JSON.stringify(entry)}\n`);
          // a blank line keeps the numbers of the records that follow
          out.write('\n');
          count += 1;
        }
      }
    } finally {
      out.close();
      bad.close();
    }
    return { part: table.part, name: table.name, path, declared: { ...table.declared }, rejects: { path: rejectsPath, count }, warnings: leftOutNote(table.leftOut) };
  });

/** A first value that ends within the head and is followed by more: values follow each other. Else one value wraps everything. */
const modeOf = (head: string): SplitMode => {
  const start = head.trimStart();
  if (!start.startsWith('{')) return 'sequence';
  let depth = 0;
  let inside = false;
  for (let i = 0; i < start.length; i += 1) {
    const ch = start[i];
    if (inside) {
      if (ch === '\\') i += 1;
      else if (ch === '"') inside = false;
    } else if (ch === '"') inside = true;
    else if (ch === '{' || ch === '[') depth += 1;
    else if (ch === '}' || ch === ']') {
      depth -= 1;
      if (depth === 0) return 'sequence';
    }
  }
  return 'wrapper';
};

const writeStreamed = (input: SplitInput, onProgress: (bytes: number) => void): SplitTable[] => {
  const mode = modeOf(readPiece(input.path, 0, 8 << 20).bytes.toString('utf8'));
  const path = join(input.outDir, 'records-0.jsonl');
  const rejectsPath = join(input.outDir, 'no-records-0.jsonl');
  const out = createTextWriter(path);
  const bad = createTextWriter(rejectsPath);
  let count = 0;
  let number = 0;
  let written = 0;
  try {
    const found = splitElements(input.path, mode, {
      element(bytes) {
        number += 1;
        written += 1;
        for (let i = 0; i < bytes.length; i += 1) if (bytes[i] === 10 || bytes[i] === 13) bytes[i] = 32;
        out.write(`${bytes.toString('utf8')}\n`);
      },
      broken(bytes, reason) {
        number += 1;
        const entry: Reject = { line: number, reason, text: bytes.toString('utf8').slice(0, 900_000).toWellFormed() };
        bad.write(`${JSON.stringify(entry)}\n`);
        out.write('\n');
        count += 1;
      },
    }, { limit: input.limit, onProgress });
    if (written === 0 && mode === 'wrapper' && input.limit === undefined) {
      throw new CasebenchError('import.malformed', 'The file is one JSON value without a list of records that can be read. No table was added. Extract the list of records and import that.');
    }
    const warnings = found.key === null ? [] : leftOutNote(found.others);
    return [{ part: '', name: null, path, declared: {}, rejects: { path: rejectsPath, count }, warnings }];
  } finally {
    out.close();
    bad.close();
  }
};

export const splitJson = (input: SplitInput, onProgress: (bytes: number) => void): SplitTable[] => {
  const { bytes, size } = readPiece(input.path, 0, 1);
  void bytes;
  const small = size <= parsedBytes && (input.limit === undefined || size <= input.limit);
  if (small || isWide(input.encoding) || input.encoding === 'latin-1') {
    let value: unknown;
    try {
      value = parseExactly(decodeText(readFileSync(input.path), input.encoding));
    } catch (thrown) {
      if (isWide(input.encoding)) throw new CasebenchError('import.malformed', 'The file is not valid JSON. No table was added. Save it as UTF-8 to import the records that can be read.', { detail: String(thrown) });
      return writeStreamed(input, onProgress);
    }
    return writeParsed(value, input);
  }
  return writeStreamed(input, onProgress);
};
