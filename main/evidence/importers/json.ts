/**
 * JSON: records line by line, or a document that holds them. A document becomes JSON lines first; lines are scanned once for keys
 * and exact types, then read by DuckDB.
 */
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { CasebenchError } from '../../contract/index.ts';
import { jsonRelation } from '../json/relation.ts';
import type { SplitTable } from '../json/split.ts';
import type { Head, Importer, ReadContext, ReadTable } from '../importer.ts';
import type { Encoding, RejectFile } from '../types.ts';
import { concatFiles } from '../work/concat.ts';

type Lines = { path: string; encoding: Encoding; part: string; name: string | null; declared: SplitTable['declared']; ahead: RejectFile | null; warnings: string[]; own: boolean };

const nothingReadable = (context: ReadContext, tried: number): CasebenchError =>
  new CasebenchError('import.malformed', `${context.label} has no record that can be read as JSON; ${tried === 1 ? 'the only one fails' : `all ${tried} fail`}. No table was added. Read the file as text lines to see what is in it.`);

const noRecords = (context: ReadContext): CasebenchError =>
  new CasebenchError('import.empty', `${context.label} holds no records. No table was added. Check that the export was complete.`);

const tableOf = async (context: ReadContext, lines: Lines, format: 'json' | 'jsonl', n: number, rewrite: boolean): Promise<ReadTable> => {
  const folder = join(context.tempDir, `scan-${n}${rewrite ? '-anew' : ''}`);
  await mkdir(folder, { recursive: true });
  const limit = context.limitBytes !== null && lines.own ? context.limitBytes : undefined;
  const scan = await context.pool.call(
    'scanJson',
    { path: lines.path, encoding: lines.encoding, out: join(folder, 'records.jsonl'), rejectsOut: join(folder, 'rejects.jsonl'), limit, rewrite, declared: lines.declared, planOptions: { types: context.options.types ?? {}, dateOrder: context.options.dateOrder ?? null, nowUs: context.nowUs } },
    { signal: context.signal, onProgress: (bytes) => context.onProgress(bytes / Math.max(1, context.sizeBytes)) },
  );
  const set = scan.rejects.count + (lines.ahead?.count ?? 0);
  if (scan.rows === 0) throw set > 0 ? nothingReadable(context, set) : noRecords(context);
  const rejects = lines.ahead === null || lines.ahead.count === 0 ? scan.rejects : { path: await concatFiles([lines.ahead.path, scan.rejects.path], join(folder, 'all-rejects.jsonl')), count: lines.ahead.count + scan.rejects.count };
  return {
    part: lines.part, name: lines.name, plan: scan.plan, rejects, confidence: 0.98,
    raw: { columns: scan.columns, relation: jsonRelation(scan.path, scan.keys, scan.longestBytes), reads: [scan.path], warnings: [...lines.warnings, ...scan.warnings] },
    settings: { ...context.options, format, encoding: lines.own ? lines.encoding : (context.options.encoding ?? 'utf-8') },
    locate: async (rows) => {
      const out = join(folder, 'located.jsonl');
      await context.pool.call('locateJson', { path: lines.path, encoding: lines.encoding, rows, out }, { signal: context.signal });
      return out;
    },
    // duplicate keys and what else only DuckDB refuses
    ...(rewrite ? {} : { fallback: () => tableOf(context, lines, format, n, true) }),
  };
};

const firstChar = (head: Head): string => head.text.trimStart()[0] ?? '';

const isRecordLine = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** Of the first lines, how many are records on their own. */
const recordLines = (head: Head): { records: number; lines: number; first: boolean } => {
  const all = head.text.split('\n').filter((line) => line.trim() !== '');
  if (!head.complete && all.length > 1) all.pop();
  const some = all.slice(0, 50);
  return { records: some.filter(isRecordLine).length, lines: some.length, first: isRecordLine(some[0] ?? '') };
};

export const jsonLinesImporter: Importer = {
  format: 'jsonl',
  sniff: (head) => {
    if (head.binary || !['{'].includes(firstChar(head))) return 0;
    const { records, lines, first } = recordLines(head);
    // one line that is one object may be a document; both can read it, the document reader understands wrappers
    if (records === 0 || (lines === 1 && head.complete)) return 0;
    // a document written over several lines does not begin with a whole record
    return first || records * 2 > lines ? 0.9 + 0.09 * (records / lines) : 0;
  },
  read: async (context) => {
    const { encoding } = await context.pool.call('encoding', { path: context.path, options: context.options }, { signal: context.signal });
    return [await tableOf(context, { path: context.path, encoding, part: '', name: null, declared: {}, ahead: null, warnings: [], own: true }, 'jsonl', 0, false)];
  },
};

export const jsonImporter: Importer = {
  format: 'json',
  sniff: (head) => {
    const first = firstChar(head);
    if (head.binary || (first !== '{' && first !== '[')) return 0;
    if (head.complete) {
      try {
        JSON.parse(head.encoding === 'utf-8' || head.encoding === 'utf-8-bom' ? new TextDecoder().decode(head.bytes) : head.text);
        return 0.97;
      } catch {
        // text in square brackets starts many log lines
        return /^(\[\s*[{["\]\d-]|\{\s*["}])/.test(head.text.trimStart()) ? 0.75 : 0;
      }
    }
    return /^(\[\s*[{["\]]|\{\s*")/.test(head.text.trimStart()) ? 0.85 : 0;
  },
  read: async (context) => {
    const { encoding } = await context.pool.call('encoding', { path: context.path, options: context.options }, { signal: context.signal });
    const outDir = join(context.tempDir, 'documents');
    await mkdir(outDir, { recursive: true });
    const tables = await context.pool.call(
      'splitJson',
      { path: context.path, encoding, outDir, ...(context.limitBytes === null ? {} : { limit: context.limitBytes }) },
      { signal: context.signal, onProgress: (bytes) => context.onProgress((bytes / Math.max(1, context.sizeBytes)) * 0.5) },
    );
    const read: ReadTable[] = [];
    for (const [n, table] of tables.entries()) {
      read.push(await tableOf(context, { ...table, encoding: 'utf-8', ahead: table.rejects, own: false }, 'json', n, false));
    }
    return read;
  },
};
