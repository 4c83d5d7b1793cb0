/**
 * The last decisions about a staged table: which column is its time, which rows are set aside, what must be said about it.
 * Leaves the view `good` (or `stage` as it was) and the table `rejects` in the instance, ready for writing or previewing.
 */
import { formatCount, plural } from '../../shared/format.ts';
import { sqlText } from '../text-kinds.ts';
import type { Duck } from '../duck.ts';
import { isKnownTime, timeRank } from '../time/naming.ts';
import { orderNote } from '../time/date-order.ts';
import { timeFormat } from '../time/formats.ts';
import type { RejectFile } from '../types.ts';
import type { ColumnPlan } from './plan.ts';
import type { Stage } from './stage.ts';

export type TimeExample = { text: string; us: number; note: string };

export type Settled = {
  /** View in the instance that holds the rows to keep: columns as staged, `n` contiguous. */
  view: 'stage' | 'good';
  /** The Parquet file that holds exactly the rows to keep; null when there is none yet. */
  file: string | null;
  plan: ColumnPlan[];
  rows: number;
  rejected: number;
  timeColumn: string | null;
  fromUs: number | null;
  toUs: number | null;
  timeExample: TimeExample | null;
  warnings: string[];
};

/** Finds line and text of rows by their number: a file of JSON lines `{n, line, text}`, in any order. */
export type Locate = (rows: Float64Array) => Promise<string>;

export type SettleOptions = {
  /** Chosen by the analyst; null for none; absent to decide here. */
  timeColumn?: string | null | undefined;
  zone: string;
  /** Records the reader set aside already. */
  rejects: RejectFile | null;
  locate: Locate | null;
};

/** Known names in their order, among columns about as well filled as the best: rows without a time drop out of every timeline. */
const chooseTime = (stage: Stage, asked: string | null | undefined): number | null => {
  if (asked === null) return null;
  const times = stage.plan.flatMap((column, i) => (column.type === 'datetime' ? [{ i, name: column.name, values: stage.counts[i]?.values ?? 0 }] : []));
  const wanted = times.find((time) => time.name === asked);
  if (wanted !== undefined) return wanted.i;
  const best = Math.max(0, ...times.map((time) => time.values));
  if (best === 0) return null;
  const filled = times.filter((time) => time.values >= best * 0.95);
  const known = filled.filter((time) => isKnownTime(time.name));
  const pool = known.length > 0 ? known : filled;
  return [...pool].sort((a, b) => timeRank(a.name) - timeRank(b.name) || b.values - a.values || a.i - b.i)[0]?.i ?? null;
};

const kindNames: Record<ColumnPlan['type'], string> = {
  string: 'text', int: 'a whole number', float: 'a number', bool: 'true or false', datetime: 'a time', timespan: 'a time span', dynamic: 'JSON',
};

/** Which rows are set aside and why, as SQL cases in order of precedence. */
const rejectCases = (stage: Stage, time: number | null): string[] =>
  stage.plan.flatMap((column, i) => {
    if ((stage.counts[i]?.misfits ?? 0) === 0 || column.check === null) return [];
    if (i === time) return [`WHEN b${i} THEN ${sqlText("Time can't be read")}`];
    return column.forced ? [`WHEN b${i} THEN ${sqlText(`${column.name} is not ${kindNames[column.type]}`)}`] : [];
  });

const warningsOf = (stage: Stage, time: number | null, zone: string): string[] => {
  const warnings = [...stage.warnings];
  stage.plan.forEach((column, i) => {
    const counts = stage.counts[i];
    if (counts === undefined) return;
    const name = column.name;
    if (counts.nullWords > 0) warnings.push(`${name}: ${plural(counts.nullWords, 'value')} such as "null" or "NaN" ${counts.nullWords === 1 ? 'is' : 'are'} read as no value.`);
    if (counts.far > 0) warnings.push(`${name}: ${plural(counts.far, 'time')} outside 1684–2255 can't be placed in time. The text is kept.`);
    if (column.type === 'datetime' && counts.misfits > 0 && i !== time && !column.forced) warnings.push(`${name}: ${plural(counts.misfits, 'value')} can't be read as a time. The text is kept.`);
    if (column.type === 'dynamic' && counts.misfits > 0) warnings.push(`${name}: ${plural(counts.misfits, 'value')} ${counts.misfits === 1 ? 'is' : 'are'} not JSON and kept as text.`);
    if (column.time?.order?.reason === 'assumed' && counts.values > 0) warnings.push(`${name}: day and month can't be told apart in this file; month first is assumed. Choose the order if it is the other way round.`);
    if (i === time && column.time?.zoneless === true && zone !== 'UTC') warnings.push(`${name}: times without a zone are read as ${zone}.`);
  });
  return warnings;
};

const exampleNote = (column: ColumnPlan, zone: string): string => {
  const parts = [
    ...(column.time?.order == null ? [] : [orderNote(column.time.order)]),
    ...(column.time == null || timeFormat(column.time.format).note === '' ? [] : [timeFormat(column.time.format).note]),
    ...(column.time?.zoneless === true ? [`no zone written: read as ${zone}`] : []),
  ];
  return parts.join('; ');
};

const micros = (value: unknown): number | null => {
  const us = value === null || value === undefined ? NaN : Number(value);
  return Number.isSafeInteger(us) ? us : null;
};

/** Sets rows aside and puts the table `rejects (line, reason, text)` together, ordered by line. */
const divide = async (duck: Duck, plan: readonly ColumnPlan[], cases: string[], options: SettleOptions): Promise<number> => {
  await duck.run('CREATE TABLE rejects (line BIGINT, reason VARCHAR, text VARCHAR)');
  const ahead = options.rejects;
  if (ahead !== null && ahead.count > 0) {
    await duck.run(`INSERT INTO rejects SELECT line, reason, text FROM read_json(${sqlText(ahead.path)}, format = 'newline_delimited', records = true, maximum_object_size = 134217728, columns = {line: 'BIGINT', reason: 'VARCHAR', text: 'VARCHAR'})`);
  }
  if (cases.length > 0) {
    await duck.run(`CREATE TABLE aside AS SELECT n, CASE ${cases.join(' ')} END AS reason FROM stage WHERE reason IS NOT NULL`);
    if (options.locate === null) {
      const row = plan.map((column, i) => `${sqlText(column.name)}, ${column.original === null ? `v${i}` : `o${i}`}`).join(', ');
      await duck.run(`INSERT INTO rejects SELECT aside.n + 1, aside.reason, CAST(json_object(${row}) AS VARCHAR) FROM aside JOIN stage ON stage.n = aside.n`);
    } else {
      const located = await options.locate(await duck.numbers('SELECT CAST(n AS DOUBLE) AS n FROM aside ORDER BY n'));
      await duck.run(`INSERT INTO rejects SELECT coalesce(l.line, aside.n + 1), aside.reason, coalesce(l.text, '') FROM aside LEFT JOIN read_json(${sqlText(located)}, format = 'newline_delimited', records = true, maximum_object_size = 134217728, columns = {n: 'BIGINT', line: 'BIGINT', text: 'VARCHAR'}) AS l ON l.n = aside.n`);
    }
    // rows keep the order they were read in
    await duck.run(`CREATE TABLE kept AS SELECT * EXCLUDE (n) FROM stage WHERE (CASE ${cases.join(' ')} END) IS NULL`);
    await duck.run('CREATE VIEW good AS SELECT *, rowid AS n FROM kept');
  }
  const [{ n = 0 } = {}] = await duck.rows('SELECT count(*) AS n FROM rejects');
  return Number(n);
};

export const settleTable = async (duck: Duck, stage: Stage, options: SettleOptions): Promise<Settled> => {
  const time = chooseTime(stage, options.timeColumn);
  const cases = rejectCases(stage, time);
  const rejected = await divide(duck, stage.plan, cases, options);
  const view = cases.length > 0 ? 'good' : 'stage';
  const file = cases.length > 0 ? null : stage.file;
  const warnings = warningsOf(stage, time, options.zone);
  const rows = cases.length > 0 ? Number((await duck.rows('SELECT count(*) AS n FROM good'))[0]?.['n'] ?? 0) : stage.rows;
  const column = time === null ? undefined : stage.plan[time];
  if (time === null || column === undefined) return { view, file, plan: stage.plan, rows, rejected, timeColumn: null, fromUs: null, toUs: null, timeExample: null, warnings };
  const text = column.original === null ? `CAST(v${time} AS VARCHAR)` : `o${time}`;
  const [range = {}] = await duck.rows(`SELECT epoch_us(min(v${time})) AS a, epoch_us(max(v${time})) AS b FROM ${view}`);
  const [first] = await duck.rows(`SELECT ${text} AS text, epoch_us(v${time}) AS us FROM ${view} WHERE v${time} IS NOT NULL LIMIT 1`);
  const firstUs = micros(first?.['us']);
  return {
    view, file, plan: stage.plan, rows, rejected, timeColumn: column.name,
    fromUs: micros(range['a']), toUs: micros(range['b']),
    timeExample: firstUs === null ? null : { text: String(first?.['text'] ?? ''), us: firstUs, note: exampleNote(column, options.zone) },
    warnings,
  };
};

/** `5,106 good + 12 rejected = 5,118 in the file`: the sum that must always add up. */
export const sumText = (rows: number, rejected: number): string => `${formatCount(rows)} good + ${formatCount(rejected)} rejected = ${formatCount(rows + rejected)} in the file`;
