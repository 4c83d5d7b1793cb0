/** `tables`, `rows`, `sql`, `export`: reading a case's tables. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { CasebenchError, exportFormats, viewQuery, type ColumnData } from '../contract/index.ts';
import { formatCount, plural } from '../shared/format.ts';
import { columnsOf, createDelimitedWriter, exportView, jsonValue, rowsWhere, runSql, tableEngineOf } from '../table/index.ts';
import type { CliIo } from './io.ts';
import { oneOf, wholeNumber } from './numbers.ts';
import { tableJson, tableNamed, withCase } from './open.ts';
import { progressLine } from './progress.ts';
import { textTable } from './text-table.ts';
import { UsageError, type Verb, type VerbInput } from './verb.ts';

export const tablesVerb: Verb = {
  name: 'tables',
  usage: '<case>',
  summary: 'List the tables of a case with their columns.',
  details: ['--json prints {tables: [{name, rows, rejected, kind, timeColumn, columns: [{name, type}]}]}; types are string, int, float, bool, datetime, timespan, dynamic.'],
  examples: ['casebench tables Lantern.case --json'],
  options: {},
  positionals: { min: 1, max: 1 },
  run: ({ positionals: [folder = ''], json, io }) =>
    withCase(io, folder, 'read', async (session) => {
      const tables = session.tables();
      if (json) await io.out(`${JSON.stringify({ tables: tables.map(tableJson) }, null, 2)}\n`);
      else await io.out(textTable(['table', 'rows', 'rejected', 'time column', 'columns'], tables.map((t) => [t.name, t.rows, t.rejected, t.timeColumn, t.columns.map((c) => `${c.name} ${c.type}`).join(', ')])));
      return 0;
    }),
};

const formats = ['json', 'csv'] as const;
type Format = (typeof formats)[number];

const formatOf = ({ options, json }: VerbInput): Format => {
  const format = oneOf(options['format'], 'format', formats, 'json');
  if (json && format === 'csv') throw new UsageError('--json and --format csv contradict each other.', null);
  return format;
};

/** Writes rows as they come: an array of objects, or CSV with a header. */
const createRowOutput = (io: CliIo, format: Format, names: readonly string[]) => {
  const csv = createDelimitedWriter(',', '\n', { defang: false });
  const keys = names.map((n) => JSON.stringify(n));
  let written = 0;
  return {
    start: () => io.out(format === 'csv' ? csv.header(names) : '['),
    async rows(columns: readonly ColumnData[], count: number) {
      let text = '';
      if (format === 'csv') text = csv.rows(columns, 0, count);
      else for (let i = 0; i < count; i += 1) text += `${written + i === 0 ? '' : ','}\n  {${columns.map((c, k) => `${keys[k] ?? '""'}:${jsonValue(c, i, { defang: false })}`).join(',')}}`;
      written += count;
      await io.out(text);
    },
    end: () => io.out(format === 'csv' ? '' : written === 0 ? ']\n' : '\n]\n'),
  };
};

const batch = 1_000;
const whereDetail =
  '--where takes one SQL condition over the columns, checked like a query: no files, no network, no settings. Quote names with double quotes, texts with single ones.';

export const rowsVerb: Verb = {
  name: 'rows',
  usage: '<case> <table>',
  summary: 'Print rows of a table in the order of the evidence.',
  details: [
    whereDetail,
    'Times are ISO 8601 UTC, whole numbers exact, dynamic values JSON. JSON output is one array of objects. When there are more rows than printed, a message says so.',
  ],
  examples: ['casebench rows Lantern.case SecurityEvent --where "EventID = 4625 AND Account LIKE \'CORP%\'" --limit 20 --format csv'],
  options: {
    where: { type: 'string', value: 'SQL', help: 'only rows for which this condition holds' },
    limit: { type: 'string', value: 'n', help: 'most rows to print, or all (default 100)' },
    offset: { type: 'string', value: 'n', help: 'rows to pass over first (default 0)' },
    columns: { type: 'string', value: 'a,b', help: 'only these columns, in this order' },
    format: { type: 'string', value: 'json|csv', help: 'json (default) or csv' },
  },
  positionals: { min: 2, max: 2 },
  run: (input) => {
    const { positionals: [folder = '', name = ''], options, io } = input;
    const format = formatOf(input);
    const limit = wholeNumber(options['limit'], 'limit', { min: 0, max: 1e15, fallback: 100, all: true });
    const offset = wholeNumber(options['offset'], 'offset', { min: 0, max: 1e15, fallback: 0 });
    return withCase(io, folder, 'read', async (session) => {
      const table = tableNamed(session, name);
      const engine = tableEngineOf(session, noCopies);
      const columns = columnsOf(table, typeof options['columns'] === 'string' ? options['columns'].split(',') : null);
      const found = typeof options['where'] === 'string' ? await rowsWhere(engine, session, table, options['where'], { signal: io.signal }) : null;
      const total = found?.length ?? table.rows;
      const end = Math.min(total, offset + limit);
      const output = createRowOutput(io, format, columns.map((c) => c.name));
      await output.start();
      for (let from = Math.min(offset, total); from < end; from += batch) {
        const ids = found?.subarray(from, Math.min(from + batch, end)) ?? Float64Array.from({ length: Math.min(batch, end - from) }, (_, i) => from + i);
        await output.rows(await engine.readRows(table, ids, columns, { maxChars: null, signal: io.signal }), ids.length);
      }
      await output.end();
      const printed = Math.max(0, end - Math.min(offset, total));
      if (printed < total) io.err(`${formatCount(printed)} of ${plural(total, 'row')} printed. Use --limit all for the rest.\n`);
      return 0;
    });
  },
};

/** A command reads a table once: copying it for speed would cost more than it gains. */
const noCopies = { copyFromRows: Infinity };

export const sqlVerb: Verb = {
  name: 'sql',
  usage: '<case> <query>',
  summary: 'Run one read-only SELECT over the tables of a case.',
  details: [
    'Tables and columns have the names people know; quote them with double quotes. datetime columns are TIMESTAMP in UTC, timespan columns INTERVAL, dynamic columns JSON text. ' +
      'Of two columns whose names differ in case only, the second has another name: DESCRIBE "table" lists them.',
    'No file, network, setting or extension can be reached. JSON output is one array of objects.',
  ],
  examples: ['casebench sql Lantern.case "SELECT Account, count(*) AS n FROM SecurityEvent GROUP BY ALL ORDER BY n DESC LIMIT 10"'],
  options: {
    limit: { type: 'string', value: 'n', help: 'most rows to print, or all (default 10,000)' },
    format: { type: 'string', value: 'json|csv', help: 'json (default) or csv' },
  },
  positionals: { min: 2, max: 2 },
  run: (input) => {
    const { positionals: [folder = '', query = ''], options, io } = input;
    const format = formatOf(input);
    const limit = wholeNumber(options['limit'], 'limit', { min: 0, max: 1e15, fallback: 10_000, all: true });
    return withCase(io, folder, 'read', async (session) => {
      const { columns, rows, truncated } = await runSql(tableEngineOf(session, noCopies), session, query, { maxRows: limit, signal: io.signal });
      const output = createRowOutput(io, format, columns.map((c) => c.name));
      await output.start();
      if (rows > 0) await output.rows(columns, rows);
      await output.end();
      if (truncated) io.err(`Cut at ${plural(rows, 'row')}; at least one more exists. Use --limit all for the rest.\n`);
      return 0;
    });
  },
};

const byExtension: Readonly<Record<string, (typeof exportFormats)[number]>> = { '.csv': 'csv', '.tsv': 'tsv', '.jsonl': 'jsonl', '.ndjson': 'jsonl', '.parquet': 'parquet' };

export const exportVerb: Verb = {
  name: 'export',
  usage: '<case> <table> <file>',
  summary: 'Write a table to a CSV, TSV, JSON lines or Parquet file.',
  details: [
    'The format follows the extension of the file unless --format names it. The file is there whole or not at all.',
    'In CSV and TSV, texts that a spreadsheet would run as a formula get a leading apostrophe; --raw leaves them as they are. The result says which was done.',
    whereDetail,
  ],
  examples: ['casebench export Lantern.case SigninLogs signins.csv --where "ResultType <> \'0\'"'],
  options: {
    format: { type: 'string', value: exportFormats.join('|'), help: 'instead of what the extension says' },
    where: { type: 'string', value: 'SQL', help: 'only rows for which this condition holds' },
    columns: { type: 'string', value: 'a,b', help: 'only these columns, in this order' },
    raw: { type: 'boolean', help: 'leave texts that look like formulas as they are' },
    defang: { type: 'boolean', help: 'make addresses inert: hxxp://evil[.]example' },
    force: { type: 'boolean', help: 'replace a file that is there' },
  },
  positionals: { min: 3, max: 3 },
  run: ({ positionals: [folder = '', name = '', file = ''], options, json, io }) => {
    const target = path.resolve(io.cwd, file);
    const format = oneOf(options['format'] ?? byExtension[path.extname(file).toLowerCase()] ?? 'none', 'format', [...exportFormats, 'none'] as const, 'none');
    if (format === 'none') throw new UsageError(`The extension of ${path.basename(file)} names no format. Use --format ${exportFormats.join('|')}.`, null);
    return withCase(io, folder, 'read', async (session) => {
      const table = tableNamed(session, name);
      const taken = await access(target).then(() => true, () => false);
      if (taken && options['force'] !== true) throw new CasebenchError('file.unwritable', `${path.basename(target)} is already there. Nothing was written. Use --force to replace it, or another name.`);
      const engine = tableEngineOf(session, noCopies);
      const only = typeof options['where'] === 'string' ? await rowsWhere(engine, session, table, options['where'], { signal: io.signal }) : undefined;
      const progress = progressLine(io, 'Exporting');
      const result = await exportView(
        engine,
        session,
        {
          view: viewQuery.parse({ tableId: table.id }), columns: typeof options['columns'] === 'string' ? options['columns'].split(',') : null,
          format, neutraliseFormulas: options['raw'] !== true, defang: options['defang'] === true, path: target, ...(only === undefined ? {} : { only }),
        },
        { signal: io.signal, progress: progress.update },
      ).finally(progress.clear);
      if (json) await io.out(`${JSON.stringify({ ...result, file: target }, null, 2)}\n`);
      else await io.out(`${plural(result.rows, 'row')} written to ${target}\n`);
      return 0;
    });
  },
};
