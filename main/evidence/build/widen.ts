/**
 * Second opinion for columns whose sampled type does not hold: counts over every value what the column could be, and takes the
 * narrowest type that fits all of them (whole number, number, true/false, time the other way round, JSON, text).
 */
import type { Duck } from '../duck.ts';
import { sqlIsBool, sqlIsFloat, sqlIsInt, sqlIsJson, sqlIsNullWord } from '../text-kinds.ts';
import { rawSqlTypes, type RawTable } from '../types.ts';
import { planAs, timeTolerance, type ColumnPlan, type PlanOptions } from './plan.ts';

const kindsInOrder = ['int', 'float', 'bool'] as const;

export const widenColumns = async (
  duck: Duck, raw: RawTable, plan: readonly ColumnPlan[], suspects: readonly number[], options: PlanOptions, last: boolean,
): Promise<ColumnPlan[]> => {
  const textOf = (i: number): string => {
    const base = raw.columns[i]?.base ?? 'text';
    return rawSqlTypes[base] === 'VARCHAR' ? `c${i}` : `CAST(c${i} AS VARCHAR)`;
  };
  /** A date read month first may be day first, and the other way round. */
  const otherOrder = new Map<number, ColumnPlan>();
  for (const i of suspects) {
    const column = plan[i];
    const source = raw.columns[i];
    if (column?.time?.order == null || source === undefined || options.dateOrder !== null) continue;
    otherOrder.set(i, planAs(source, i, 'datetime', { ...options, dateOrder: column.time.order.order === 'mdy' ? 'dmy' : 'mdy' }));
  }
  const counters = suspects.flatMap((i) => {
    const e = textOf(i);
    const t = `trim(${e})`;
    const word = sqlIsNullWord(t);
    const column = plan[i];
    const other = otherOrder.get(i);
    return [
      `count(${e}) AS n${i}`,
      `count(*) FILTER (WHERE ${word}) AS w${i}`,
      `count(*) FILTER (WHERE ${sqlIsInt(t)}) AS int${i}`,
      `count(*) FILTER (WHERE ${sqlIsInt(t)} AND length(${t}) > 15) AS long${i}`,
      `count(*) FILTER (WHERE ${sqlIsFloat(t)}) AS float${i}`,
      `count(*) FILTER (WHERE ${sqlIsBool(t)}) AS bool${i}`,
      `count(*) FILTER (WHERE ${sqlIsJson(e)}) AS json${i}`,
      `count(*) FILTER (WHERE ${e} <> ${t}) AS spaced${i}`,
      ...(column?.parsed == null || column.original === null || other === undefined ? [] : [`count(*) FILTER (WHERE ${column.original} IS NOT NULL AND (${column.parsed}) IS NULL AND NOT ${word}) AS this${i}`]),
      ...(other?.parsed == null || other.original === null ? [] : [`count(*) FILTER (WHERE ${other.original} IS NOT NULL AND (${other.parsed}) IS NULL AND NOT ${word}) AS other${i}`]),
    ];
  });
  const [found = {}] = await duck.rows(`SELECT ${counters.join(', ')} FROM ${raw.relation}`);
  const number = (key: string): number => Number(found[key] ?? 0);
  return plan.map((column, i) => {
    const source = raw.columns[i];
    if (!suspects.includes(i) || source === undefined) return column;
    const values = number(`n${i}`) - number(`w${i}`);
    const other = otherOrder.get(i);
    if (!last && other !== undefined) {
      const turned = number(`other${i}`) < number(`this${i}`);
      const better = turned ? other : column;
      const order = better.time?.order;
      if (better.time !== null && order != null && timeTolerance(Math.min(number(`other${i}`), number(`this${i}`)), values)) {
        // the values that only fit one way are the evidence
        return { ...better, time: { ...better.time, order: { order: order.order, reason: turned ? 'days' : order.reason, settled: true } } };
      }
    }
    // what the plan makes of spaces and null words follows its samples: give it one of each that is there
    const hints = [...(number(`w${i}`) > 0 ? ['null'] : []), ...(number(`spaced${i}`) > 0 ? [' 0'] : [])];
    const informed = { ...source, samples: [...source.samples, ...hints] };
    if (!last && values > 0 && source.base === 'text') {
      const fits = kindsInOrder.find((kind) => number(`${kind}${i}`) === values);
      const tooLong = fits === 'int' && number(`long${i}`) === values;
      if (fits !== undefined && !tooLong) return planAs(informed, i, fits, options);
      if (number(`json${i}`) >= values * 0.98) return planAs(source, i, 'dynamic', options);
    }
    return planAs(source, i, 'string', options);
  });
};
