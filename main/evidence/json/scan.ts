/**
 * Reads every record of a JSON-lines file once: which keys there are and what they hold, which lines are no records, and whether
 * DuckDB can read the file as it stands. Where it can't, writes it anew with the good records only. Runs in the worker.
 */
import { planColumns, type ColumnPlan, type PlanOptions } from '../build/plan.ts';
import type { ColumnType } from '../../contract/index.ts';
import type { Encoding, RawBase, RawColumn, Reject, RejectFile } from '../types.ts';
import { createTextWriter } from '../work/text-writer.ts';
import { baseOf, noteValue, type KeyStats } from './columns.ts';
import { openLines, type Line } from './lines.ts';

export type JsonScan = {
  /** What DuckDB reads: the file itself, or a cleaned copy. */
  path: string;
  keys: { name: string; base: RawBase }[];
  columns: RawColumn[];
  plan: ColumnPlan[];
  rows: number;
  rejects: RejectFile;
  longestBytes: number;
  /** More keys than a table can have columns: records are kept whole. */
  whole: boolean;
  warnings: string[];
};

export type JsonScanInput = {
  path: string;
  encoding: Encoding;
  /** For the cleaned copy and the rejects. */
  out: string;
  rejectsOut: string;
  limit?: number | undefined;
  /** Write everything anew, keys once each: for files DuckDB refuses. */
  rewrite?: boolean | undefined;
  /** Types the file states itself, by key. */
  declared: Readonly<Record<string, ColumnType>>;
  planOptions: PlanOptions;
};

const wholeRecord: RawColumn[] = [{ name: 'record', base: 'dynamic', samples: [], role: null, declared: null }];

const maxKeys = 3_000;
const maxDepth = 400;
const keptText = 900_000;

const loneSurrogate = /(?<!\\)((?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})/g;

/** Depth of nesting; brackets inside strings don't count. */
const depthOf = (text: string): number => {
  let depth = 0;
  let most = 0;
  let inside = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inside) {
      if (code === 92) i += 1;
      else if (code === 34) inside = false;
    } else if (code === 34) inside = true;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > most) most = depth;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return most;
};

/** Python writes NaN and Infinity, which JSON does not have: they become null. */
const withoutNaN = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) => (token.startsWith('"') ? token : 'null'));

type Parsed = { record: Record<string, unknown>; text: string; changed: boolean } | { reason: string };

const parseLine = (line: Line): Parsed => {
  if (line.tooLong) return { reason: 'Record is longer than 64 MB' };
  let text = line.text;
  let changed = line.repaired;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    try {
      text = withoutNaN(text);
      value = JSON.parse(text);
      changed = true;
    } catch {
      return { reason: line.last && !/[}\]]\s*$/.test(line.text) ? 'File ends inside a record' : `Not valid JSON: ${thrown instanceof Error ? shortReason(thrown.message) : ''}` };
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { reason: 'Not a JSON object' };
  if (text.length > maxDepth * 2 && depthOf(text) > maxDepth) return { reason: `Nested deeper than ${maxDepth} levels` };
  if (text.includes('\\u')) {
    const mended = text.replace(loneSurrogate, '$1\\ufffd');
    if (mended !== text) {
      text = mended;
      changed = true;
    }
  }
  if (text.includes('\\u0000') && Object.keys(value).some((key) => key.includes('\0'))) {
    // no query can name such a key
    text = rewritten(text, (key) => key.replaceAll('\0', '\u2400'));
    return { record: JSON.parse(text) as Record<string, unknown>, text, changed: true };
  }
  return { record: value as Record<string, unknown>, text, changed };
};

/** V8 quotes the text in its message; position and cause are enough. */
const shortReason = (message: string): string => message.replace(/,? ?"[\s\S]*$/, '').replace(/\.\.\.[\s\S]*$/, '').replace(/ in JSON/, '').slice(0, 120).trim();

/** The same record with each key once and every number as written. */
const rewritten = (text: string, rename: ((key: string) => string) | null = null): string => {
  const record = JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && !Number.isSafeInteger(value) ? rawJson(context.source) : value) as Record<string, unknown>;
  return JSON.stringify(rename === null ? record : Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value])));
};
const rawJson = (source: string): unknown => {
  const api = JSON as unknown as { rawJSON?(source: string): unknown };
  return api.rawJSON === undefined ? Number(source) : api.rawJSON(source);
};

const pass = (input: JsonScanInput, visit: (line: Line, parsed: Parsed) => void, onProgress: (bytes: number) => void): number => {
  const lines = openLines(input.path, input.encoding, { limit: input.limit, onProgress });
  try {
    for (let line = lines.next(); line !== null; line = lines.next()) {
      if (line.text.length > 0 && line.text.trim() !== '') visit(line, parseLine(line));
    }
    return lines.longestBytes;
  } finally {
    lines.close();
  }
};

export const scanJson = (input: JsonScanInput, onProgress: (bytes: number) => void): JsonScan => {
  const keys = new Map<string, KeyStats>();
  const result: JsonScan = { path: input.path, keys: [], columns: [], plan: [], rows: 0, rejects: { path: input.rejectsOut, count: 0 }, longestBytes: 0, whole: false, warnings: [] };
  const rejects = createTextWriter(input.rejectsOut);
  let mended = 0;
  let anew = input.rewrite === true || input.encoding !== 'utf-8' || input.limit !== undefined;
  try {
    result.longestBytes = pass(input, (line, parsed) => {
      if ('reason' in parsed) {
        const entry: Reject = { line: line.number, reason: parsed.reason, text: line.text.slice(0, keptText).trimEnd().toWellFormed() };
        rejects.write(`${JSON.stringify(entry)}\n`);
        result.rejects.count += 1;
        anew = true;
        return;
      }
      result.rows += 1;
      if (parsed.changed) {
        mended += 1;
        anew = true;
      }
      if (result.whole) return;
      for (const name in parsed.record) {
        let stats = keys.get(name);
        if (stats === undefined) keys.set(name, (stats = { name, kinds: 0, values: 0, samples: [] }));
        noteValue(stats, parsed.record[name], line.text);
      }
      if (keys.size > maxKeys) result.whole = true;
    }, onProgress);
  } finally {
    rejects.close();
  }
  // records without any key are kept as they are
  if (keys.size === 0) result.whole = true;
  const stats = result.whole ? [] : [...keys.values()];
  result.keys = stats.map((each) => ({ name: each.name, base: baseOf(each) }));
  result.columns = result.whole ? wholeRecord : stats.map((each): RawColumn => ({ name: each.name, base: baseOf(each), samples: each.samples, role: null, declared: Object.hasOwn(input.declared, each.name) ? (input.declared[each.name] ?? null) : null }));
  result.plan = planColumns(result.columns, input.planOptions);
  if (mended > 0) result.warnings.push(`${mended} ${mended === 1 ? 'record was' : 'records were'} mended: bytes that are not UTF-8 are read as Latin-1, half characters and NUL in names shown as � and ␀, NaN and Infinity as no value.`);
  if (keys.size > maxKeys) result.warnings.push(`The records have more than ${maxKeys} different keys. Each is kept whole in the column "record".`);
  if (!anew) return result;

  const out = createTextWriter(input.out);
  try {
    pass(input, (_line, parsed) => {
      if ('reason' in parsed) return;
      out.write(`${input.rewrite === true ? rewritten(parsed.text) : parsed.text.trim()}\n`);
    }, () => undefined);
  } finally {
    out.close();
  }
  return { ...result, path: input.out };
};

/** Writes `{n, line, text}` of the good records with these numbers (0-based, ascending). */
export const locateJson = (input: { path: string; encoding: Encoding; rows: Float64Array; out: string }, onProgress: (bytes: number) => void): void => {
  const out = createTextWriter(input.out);
  const lines = openLines(input.path, input.encoding, { onProgress });
  try {
    let at = 0;
    for (let n = 0; at < input.rows.length; ) {
      const line = lines.next();
      if (line === null) break;
      if (line.text.trim() === '' || 'reason' in parseLine(line)) continue;
      if (n === input.rows[at]) {
        out.write(`${JSON.stringify({ n, line: line.number, text: line.text.slice(0, keptText).trim().toWellFormed() })}\n`);
        at += 1;
      }
      n += 1;
    }
  } finally {
    lines.close();
    out.close();
  }
};
