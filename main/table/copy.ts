/** Rows as text for the clipboard: the first 20,000 of what was asked for, inert unless asked otherwise. */
import type { CaseSession } from '../case/types.ts';
import type { EngineOutput, EngineParsedInput } from '../contract/index.ts';
import { columnsOf } from './column-of.ts';
import { createDelimitedWriter, jsonArray } from './row-text.ts';
import type { TableEngine } from './table-engine.ts';

const maxRows = 20_000;
/** Rows read at a time: looking rows up by index is quick up to about this many. */
const batch = 1_000;
/** A clipboard takes no more than this. */
const maxChars = 40_000_000;

export const copyRows = async (engine: TableEngine, session: CaseSession, { rows, columns: names, format, defang, header }: EngineParsedInput<'table.copy'>): Promise<EngineOutput<'table.copy'>> => {
  const table = session.table('view' in rows ? rows.view.tableId : rows.tableId);
  const columns = columnsOf(table, names);
  const rowIds = await engine.rowIdsOf(rows, maxRows + 1);
  const writer = format === 'json' ? null : createDelimitedWriter(format === 'csv' ? ',' : '\t', '\n', { defang });
  const parts: string[] = writer !== null && header ? [writer.header(columns.map((c) => c.name))] : [];
  let chars = 0;
  let done = 0;
  const wanted = Math.min(rowIds.length, maxRows);
  while (done < wanted && chars < maxChars) {
    const ids = rowIds.subarray(done, Math.min(done + batch, wanted));
    const data = await engine.readRows(table, ids, columns, { maxChars: null });
    const part = writer === null ? jsonArray(data, ids.length, { defang }).slice(1, -1).trim() : writer.rows(data, 0, ids.length);
    parts.push(part);
    chars += part.length;
    done += ids.length;
  }
  const text = writer === null ? (done === 0 ? '[]' : `[\n  ${parts.join(',\n  ')}\n]`) : parts.join('').slice(0, -1);
  return { text, rows: done, cut: done < rowIds.length };
};
