/**
 * Value counts of one column within a view. The column's own filters are left out, so that values which are filtered away can be
 * picked again. Null is counted apart and never listed; with a search, `distinct` counts the values that match it.
 */
import type { EngineOutput, EngineParsedInput } from '../contract/index.ts';
import { asText, columnOf, sqlColumn } from './column-of.ts';
import { createParams, text } from './params.ts';
import { readFloats, readScalars, selectedAs } from './read-columns.ts';
import type { TableEngine } from './table-engine.ts';

const maxValueChars = 999_999;

/** Throws `filter.invalid`, `deadline`. */
export const facetOf = async (engine: Pick<TableEngine, 'selection' | 'duck'>, { view, column: name, order, limit, search }: EngineParsedInput<'table.facet'>): Promise<EngineOutput<'table.facet'>> => {
  const { table, relation, where, params: bound, deadlineMs } = await engine.selection(view, { leaveOut: { filter: (column) => column === name } });
  const column = columnOf(table, name);
  const params = createParams();
  for (const b of bound) params.add(b);
  const found = search === '' ? '' : ` AND contains(lower(${asText(column.type, 'value')}), lower(${params.add(text(search))}))`;
  const by = { count: 'amount DESC, value', rare: 'amount, value', value: 'value' }[order];
  const sql = `
    WITH counted AS MATERIALIZED (SELECT ${sqlColumn(column)} AS value, count(*) AS amount FROM ${relation} WHERE ${where} GROUP BY ALL),
    listed AS (SELECT value, amount FROM counted WHERE value IS NOT NULL${found})
    SELECT ${selectedAs(column.type, 'value', maxValueChars)}, CAST(amount AS DOUBLE),
      CAST((SELECT count(*) FROM listed) AS DOUBLE),
      CAST((SELECT coalesce(sum(amount), 0) FROM counted WHERE value IS NULL) AS DOUBLE),
      CAST((SELECT coalesce(sum(amount), 0) FROM counted) AS DOUBLE)
    FROM (SELECT 1) LEFT JOIN (SELECT value, amount FROM listed ORDER BY ${by} LIMIT ${limit}) ON true ORDER BY ${by}`;
  const chunks = await engine.duck.query(sql, params.list, { deadlineMs });
  const values = readScalars(chunks, 0, column.type, maxValueChars);
  const counts = readFloats(chunks, 1);
  const first = (index: number): number => readFloats(chunks, index)[0] ?? 0;
  const listed = values.map((value, i) => ({ value, count: counts[i] ?? 0 }));
  return { values: listed.filter((v) => !Number.isNaN(v.count)), distinct: first(2), nulls: first(3), rows: first(4) };
};
