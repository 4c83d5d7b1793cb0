/**
 * Turns a raw relation into rows whose columns have their final types: reads the file once, counts over all rows what the plan
 * only guessed, and widens a column that does not hold instead of losing rows. Leaves a view `stage` in the instance with columns
 * `n` (row number), `v` value, `o` text kept beside it, `b` misfit, `f` time that
 * can't be stored, `w` null word. Must not write to the case.
 *
 * The rows lie either in a table in memory, for previews (with `r`, the raw text of every value), or straight in the Parquet file that will be the case's table.
 */
import type { StoredColumn } from '../../case/types.ts';
import type { Duck } from '../duck.ts';
import { originalNames, physicalNames } from '../names.ts';
import { sqlName, sqlText } from '../text-kinds.ts';
import { rawSqlTypes, type RawTable } from '../types.ts';
import { isSettledOrder } from '../time/date-order.ts';
import { timeTolerance, type ColumnPlan, type PlanOptions } from './plan.ts';
import { widenColumns } from './widen.ts';

export type ColumnCounts = {
  /** Values that are there; counted for times and for columns with misfits. */
  values: number;
  /** Values that are not of the type (see `ColumnPlan.check`). */
  misfits: number;
  /** Words such as "null" read as no value. */
  nullWords: number;
  /** Times that can be read but not stored. */
  far: number;
};

export type Stage = {
  plan: ColumnPlan[];
  counts: ColumnCounts[];
  rows: number;
  warnings: string[];
  /** The Parquet file the rows lie in, as `parquetColumns` says; null when they lie in memory. */
  file: string | null;
};

// level 1 and small dictionaries: a fifth larger files for a third less time; bloom filters of such dictionaries rarely pay
export const parquetOptions = 'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 4000, WRITE_BLOOM_FILTER false';

export const storedColumns = (plan: readonly ColumnPlan[]): StoredColumn[] => {
  const names = physicalNames(plan.map((column) => column.name));
  const originals = originalNames(names, plan.map((column) => column.original !== null));
  return plan.map((column, i) => {
    const original = originals[i] ?? null;
    return { name: column.name, type: column.type, role: column.role, hasOriginal: original !== null, physical: names[i] ?? column.name, originalPhysical: original };
  });
};

/** Text of a raw value, for "as written". */
const rawText = (raw: RawTable, i: number): string => (rawSqlTypes[raw.columns[i]?.base ?? 'text'] === 'VARCHAR' ? `c${i}` : `CAST(c${i} AS VARCHAR)`);

type Output = { key: string; sql: string; name: string };

/** Everything that is kept of a row: first what the case keeps, then the flags. A flag that is null says no. */
const outputsOf = (plan: readonly ColumnPlan[]): { kept: Output[]; flags: Output[] } => {
  const columns = storedColumns(plan);
  const kept = plan.flatMap((column, i): Output[] => {
    const stored = columns[i];
    if (stored === undefined) return [];
    return [
      { key: `v${i}`, sql: column.value, name: stored.physical },
      ...(column.original === null || stored.originalPhysical === null ? [] : [{ key: `o${i}`, sql: column.original, name: stored.originalPhysical }]),
    ];
  });
  const taken = new Set(kept.map(({ name }) => name.toLowerCase()));
  let prefix = '~';
  while ([...taken].some((name) => name.startsWith(prefix))) prefix += '~';
  const flags = plan.flatMap((column, i): Output[] => [
    ...(column.check === null ? [] : [{ key: `b${i}`, sql: column.check, name: `${prefix}b${i}` }]),
    ...(column.far === null ? [] : [{ key: `f${i}`, sql: column.far, name: `${prefix}f${i}` }]),
    ...(column.nullWord === null ? [] : [{ key: `w${i}`, sql: column.nullWord, name: `${prefix}w${i}` }]),
  ]);
  return { kept, flags };
};

/** Helper columns at the end of a directly written file. */
export const flagCount = (plan: readonly ColumnPlan[]): number => outputsOf(plan).flags.length;

/** Parsed once in an inner select, used by the outer. */
const query = (plan: readonly ColumnPlan[], relation: string, as: 'key' | 'name', more: readonly string[] = []): string => {
  const { kept, flags } = outputsOf(plan);
  const parsed = plan.flatMap((column, i) => (column.parsed === null ? [] : [`${column.parsed} AS p${i}`]));
  const source = parsed.length === 0 ? relation : `(SELECT *, ${parsed.join(', ')} FROM ${relation})`;
  return `SELECT ${[...[...kept, ...flags].map((output) => `${output.sql} AS ${sqlName(output[as])}`), ...more].join(', ')} FROM ${source}`;
};

const readIntoMemory = async (duck: Duck, plan: readonly ColumnPlan[], raw: RawTable): Promise<null> => {
  const written = plan.map((_, i) => `${rawText(raw, i)} AS r${i}`);
  await duck.run(`CREATE OR REPLACE TABLE staged AS ${query(plan, raw.relation, 'key', written)}`);
  await duck.run('CREATE OR REPLACE VIEW stage AS SELECT *, rowid AS n FROM staged');
  return null;
};

const readIntoFile = async (duck: Duck, plan: readonly ColumnPlan[], relation: string, path: string, onProgress: StageOptions['onProgress']): Promise<string> => {
  await duck.run(`COPY (${query(plan, relation, 'name')}) TO ${sqlText(path)} (${parquetOptions})`, onProgress);
  const { kept, flags } = outputsOf(plan);
  const columns = [...kept, ...flags].map(({ key, name }) => `${sqlName(name)} AS ${key}`);
  await duck.run(`CREATE OR REPLACE VIEW stage AS SELECT ${columns.join(', ')}, file_row_number AS n FROM read_parquet(${sqlText(path)}, file_row_number = true)`);
  return path;
};

/** Flags are nearly free to count; values are read only where they matter: of times, and where something does not fit. */
const countStaged = async (duck: Duck, plan: readonly ColumnPlan[]): Promise<{ rows: number; counts: ColumnCounts[] }> => {
  const flags = plan.flatMap((column, i) => [
    ...(column.type === 'datetime' ? [`count(v${i}) AS n${i}`] : []),
    ...(column.check === null ? [] : [`count(*) FILTER (WHERE b${i}) AS b${i}`]),
    ...(column.far === null ? [] : [`count(*) FILTER (WHERE f${i}) AS f${i}`]),
    ...(column.nullWord === null ? [] : [`count(*) FILTER (WHERE w${i}) AS w${i}`]),
  ]);
  const [found = {}] = await duck.rows(`SELECT ${['count(*) AS n', ...flags].join(', ')} FROM stage`);
  const doubtful = plan.flatMap((column, i) => (column.type !== 'datetime' && Number(found[`b${i}`] ?? 0) > 0 ? [`count(v${i}) AS n${i}`] : []));
  const [more = {}] = doubtful.length === 0 ? [] : await duck.rows(`SELECT ${doubtful.join(', ')} FROM stage`);
  const number = (key: string): number => Number(found[key] ?? more[key] ?? 0);
  return {
    rows: number('n'),
    counts: plan.map((_, i) => ({ values: number(`n${i}`), misfits: number(`b${i}`), nullWords: number(`w${i}`), far: number(`f${i}`) })),
  };
};

/** A column whose plan can't stay: too many values disagree. Times get the tolerance that rejects need; nothing else has one. */
const mustWiden = (column: ColumnPlan, counts: ColumnCounts | undefined): boolean => {
  if (column.forced || counts === undefined || counts.misfits === 0) return false;
  const all = counts.values + counts.misfits + counts.far;
  // day and month may have been taken for each other: a single misfit is evidence
  if (column.time?.order != null && !isSettledOrder(column.time.order)) return true;
  if (column.type === 'datetime') return !timeTolerance(counts.misfits, all);
  return column.type !== 'dynamic' || counts.misfits > all * 0.02;
};

export type StageOptions = {
  planOptions: PlanOptions;
  /** Where the rows go: straight into this Parquet file, or null for memory. */
  file: string | null;
  onProgress?: ((share: number) => void) | undefined;
};

const maxRounds = 3;

/** @returns the plan that holds for every row, with counts over all rows. */
export const stageTable = async (duck: Duck, raw: RawTable, firstPlan: readonly ColumnPlan[], options: StageOptions): Promise<Stage> => {
  let plan = [...firstPlan];
  const read = async (): Promise<{ rows: number; counts: ColumnCounts[]; file: string | null }> => {
    const file = options.file === null ? await readIntoMemory(duck, plan, raw) : await readIntoFile(duck, plan, raw.relation, options.file, options.onProgress);
    return { ...(await countStaged(duck, plan)), file };
  };
  let found = await read();
  // each round settles its columns for good; the second one is for dates read the wrong way round
  for (let round = 1; round <= maxRounds; round += 1) {
    const suspects = plan.flatMap((column, i) => (mustWiden(column, found.counts[i]) ? [i] : []));
    if (suspects.length === 0) break;
    const before = plan;
    plan = await widenColumns(duck, raw, plan, suspects, options.planOptions, round === maxRounds);
    // a doubt that was cleared up costs no second reading
    if (plan.some((column, i) => column.value !== before[i]?.value || column.parsed !== before[i]?.parsed)) found = await read();
  }
  return { plan, ...found, warnings: [...raw.warnings] };
};
