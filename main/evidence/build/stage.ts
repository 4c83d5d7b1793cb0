/**
 * Turns a raw relation into a staged table whose columns have their final types: reads the file once, counts over all rows what
 * the plan only guessed, and widens a column that does not hold instead of losing rows. Leaves the table `stage` in the instance.
 * Must not write to the case.
 */
import type { Duck } from '../duck.ts';
import type { RawTable } from '../types.ts';
import { timeTolerance, type ColumnPlan, type PlanOptions } from './plan.ts';
import { widenColumns } from './widen.ts';

export type ColumnCounts = {
  /** Values that are there. */
  values: number;
  /** Values that are not of the type (see `ColumnPlan.check`). */
  misfits: number;
  /** Words such as "null" read as no value. */
  nullWords: number;
  /** Texts of readable times outside what can be stored. */
  far: number;
};

export type Stage = {
  plan: ColumnPlan[];
  counts: ColumnCounts[];
  rows: number;
  warnings: string[];
};

/** Staged columns: `v` value, `o` text as written, `b` misfit, `w` null word. */
export const stageSelect = (plan: readonly ColumnPlan[]): string =>
  plan
    .flatMap((column, i) => [
      `${column.value} AS v${i}`,
      ...(column.original === null ? [] : [`${column.original} AS o${i}`]),
      ...(column.check === null ? [] : [`coalesce(${column.check}, false) AS b${i}`]),
      ...(column.nullWord === null ? [] : [`coalesce(${column.nullWord}, false) AS w${i}`]),
    ])
    .join(', ');

const countStaged = async (duck: Duck, plan: readonly ColumnPlan[]): Promise<{ rows: number; counts: ColumnCounts[] }> => {
  const parts = plan.flatMap((column, i) => [
    `count(v${i}) AS n${i}`,
    ...(column.original === null ? [] : [`count(o${i}) AS t${i}`]),
    ...(column.check === null ? [] : [`count(*) FILTER (WHERE b${i}) AS b${i}`]),
    ...(column.nullWord === null ? [] : [`count(*) FILTER (WHERE w${i}) AS w${i}`]),
  ]);
  const [found = {}] = await duck.rows(`SELECT count(*) AS n, coalesce(max(rowid) + 1, 0) AS ids, ${parts.join(', ')} FROM stage`);
  const number = (key: string): number => Number(found[key] ?? 0);
  if (number('n') !== number('ids')) throw new Error(`row numbers are not contiguous: ${number('ids')} for ${number('n')} rows`);
  return {
    rows: number('n'),
    counts: plan.map((column, i) => {
      const misfits = number(`b${i}`);
      const words = number(`w${i}`);
      return {
        values: number(`n${i}`),
        misfits,
        nullWords: words,
        far: column.type === 'datetime' && column.original !== null ? number(`t${i}`) - number(`n${i}`) - misfits - words : 0,
      };
    }),
  };
};

/** A column whose plan can't stay: too many values disagree. Times get the tolerance that rejects need; nothing else has one. */
const mustWiden = (column: ColumnPlan, counts: ColumnCounts): boolean => {
  if (column.forced || counts.misfits === 0) return false;
  const all = counts.values + counts.misfits + counts.far;
  if (column.type === 'datetime') return !timeTolerance(counts.misfits, all);
  return column.type !== 'dynamic' || counts.misfits > all * 0.02;
};

export type StageOptions = { planOptions: PlanOptions; onProgress?: ((share: number) => void) | undefined };

/** @returns the plan that holds for every row, with counts over all rows. */
export const stageTable = async (duck: Duck, raw: RawTable, firstPlan: readonly ColumnPlan[], options: StageOptions): Promise<Stage> => {
  let plan = [...firstPlan];
  const read = async (): Promise<{ rows: number; counts: ColumnCounts[] }> => {
    await duck.run(`CREATE OR REPLACE TABLE stage AS SELECT ${stageSelect(plan)} FROM ${raw.relation}`, options.onProgress);
    return countStaged(duck, plan);
  };
  let { rows, counts } = await read();
  // each round settles its columns for good, so this ends; a time read the wrong way round may need a second one
  for (let round = 0; round < 3; round += 1) {
    const suspects = plan.flatMap((column, i) => (mustWiden(column, counts[i] ?? { values: 0, misfits: 0, nullWords: 0, far: 0 }) ? [i] : []));
    if (suspects.length === 0) break;
    plan = await widenColumns(duck, raw, plan, suspects, options.planOptions, round === 2);
    ({ rows, counts } = await read());
  }
  return { plan, counts, rows, warnings: [] };
};
