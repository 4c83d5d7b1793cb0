/** The first rows of a staged table as bulk columns, and the texts they were read from. */
import type { ColumnData, ColumnType } from '../contract/index.ts';
import type { Settled } from './build/settle.ts';
import type { Duck } from './duck.ts';

export const previewRows = 200;
const maxText = 2_000;

const numberSql: Partial<Record<ColumnType, (v: string) => string>> = {
  int: (v) => `CAST(${v} AS DOUBLE)`,
  float: (v) => v,
  bool: (v) => `CAST(${v} AS DOUBLE)`,
  datetime: (v) => `CAST(epoch_us(${v}) AS DOUBLE)`,
  timespan: (v) => `CAST(${v} AS DOUBLE)`,
};

/** `written` is row by row. Text is shortened to what a preview can show. */
export const readPreview = async (duck: Duck, settled: Settled): Promise<{ rows: number; parsed: ColumnData[]; written: (string | null)[][] }> => {
  const { plan, view } = settled;
  if (plan.length === 0) return { rows: 0, parsed: [], written: [] };
  const head = `(SELECT * FROM ${view} ORDER BY n LIMIT ${previewRows})`;
  const ints = plan.flatMap((column, i) => (column.type === 'int' ? [i] : []));
  const beyond = ints.length === 0 ? {} : ((await duck.rows(`SELECT ${ints.map((i) => `coalesce(bool_or(v${i} NOT BETWEEN -9007199254740991 AND 9007199254740991), false) AS x${i}`).join(', ')} FROM ${head}`))[0] ?? {});
  const asNumber = plan.map((column, i) => numberSql[column.type] !== undefined && beyond[`x${i}`] !== true);
  const selected = plan.flatMap((column, i) => {
    const number = numberSql[column.type];
    const value = asNumber[i] === true && number !== undefined ? number(`v${i}`) : `left(CAST(v${i} AS VARCHAR), ${maxText + 1})`;
    return [`${value} AS p${i}`, `left(r${i}, ${maxText}) AS t${i}`];
  });
  const reader = await duck.connection.runAndReadAll(`SELECT ${selected.join(', ')} FROM ${head} ORDER BY n`);
  const columns = reader.getColumns();
  const rows = reader.currentRowCount;
  const parsed = plan.map((column, i): ColumnData => {
    const values = columns[i * 2] ?? [];
    if (asNumber[i] === true) {
      const nulls = Uint8Array.from(values, (value) => (value === null ? 1 : 0));
      return { kind: 'number', name: column.name, type: column.type, values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : 0)), nulls: nulls.includes(1) ? nulls : null };
    }
    const texts = values.map((value) => (typeof value === 'string' ? value : null));
    const cut = Uint8Array.from(texts, (text) => (text !== null && text.length > maxText ? 1 : 0));
    return { kind: 'text', name: column.name, type: column.type, values: texts, cut: cut.includes(1) ? cut : null };
  });
  const written = Array.from({ length: rows }, (_, row) => plan.map((_column, i) => {
    const text = columns[i * 2 + 1]?.[row];
    return typeof text === 'string' ? text : null;
  }));
  return { rows, parsed, written };
};
