/**
 * Finds the tables in a parsed JSON document: an array of records, answers of Kusto and Log Analytics, an object that wraps
 * arrays of records, frames that pandas wrote, or a single record. Pure; knows no files.
 */
import type { ColumnType } from '../../contract/index.ts';

export type DocumentTable = {
  /** Where in the document; '' when it is the document. */
  part: string;
  name: string | null;
  /** Types that the document itself states, by column. */
  declared: Record<string, ColumnType>;
  records: Iterable<unknown>;
  /** Members of a wrapping object that are no records. */
  leftOut: string[];
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRecords = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0 && value.every(isObject);

const kustoTypes: Record<string, ColumnType> = {
  string: 'string', guid: 'string', bool: 'bool', boolean: 'bool', sbyte: 'bool', int: 'int', int32: 'int', long: 'int', int64: 'int', real: 'float', double: 'float', decimal: 'string', sqldecimal: 'string',
  datetime: 'datetime', timespan: 'string', dynamic: 'dynamic', object: 'dynamic',
};

const text = (...candidates: unknown[]): string => candidates.find((value): value is string => typeof value === 'string') ?? '';

/** A table given as columns and rows of values. */
const columnar = (columns: unknown, rows: unknown, name: string, part: string): DocumentTable | null => {
  if (!Array.isArray(columns) || !Array.isArray(rows) || !columns.every(isObject)) return null;
  const names = columns.map((column, i) => text(column['name'], column['ColumnName']) || `Column ${i + 1}`);
  const declared: Record<string, ColumnType> = Object.create(null) as Record<string, ColumnType>;
  columns.forEach((column, i) => {
    const type = kustoTypes[text(column['type'], column['ColumnType'], column['DataType']).replace(/^System\./i, '').toLowerCase()];
    if (type !== undefined) declared[names[i] ?? ''] = type;
  });
  const record = (row: unknown): unknown => {
    if (!Array.isArray(row)) return row;
    const made: Json = Object.create(null) as Json;
    names.forEach((column, i) => {
      const value: unknown = row[i] ?? null;
      // dynamic values travel as JSON text
      made[column] = declared[column] === 'dynamic' && typeof value === 'string' ? jsonOr(value) : value;
    });
    return made;
  };
  return { part, name: name === '' || /^(PrimaryResult|Table_\d+)$/.test(name) ? null : name, declared, records: { *[Symbol.iterator]() { for (const row of rows) yield record(row); } }, leftOut: [] };
};

const jsonOr = (value: string): unknown => {
  if (value === '') return null;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

/** Kusto's second protocol: frames, of which the primary results are evidence. */
const kustoFrames = (value: unknown): DocumentTable[] | null => {
  if (!isRecords(value) || !value.every((frame) => isObject(frame) && typeof frame['FrameType'] === 'string')) return null;
  const primary = (value as Json[]).filter((frame) => frame['FrameType'] === 'DataTable' && frame['TableKind'] === 'PrimaryResult');
  const tables = primary.map((frame, i) => columnar(frame['Columns'], frame['Rows'], text(frame['TableName']), primary.length > 1 ? `${text(frame['TableName'])} ${i + 1}` : ''));
  return tables.every((table) => table !== null) && tables.length > 0 ? tables : null;
};

const answerTables = (value: Json): DocumentTable[] | null => {
  const list = value['tables'] ?? value['Tables'];
  if (!isRecords(list)) return null;
  // Kusto's first protocol ends with a table of contents
  const wanted = list.length > 2 && value['Tables'] !== undefined ? list.slice(0, 1) : list;
  const tables = (wanted as Json[]).map((table) => {
    const name = text(table['name'], table['TableName']);
    return columnar(table['columns'] ?? table['Columns'], table['rows'] ?? table['Rows'], name, wanted.length > 1 ? name : '');
  });
  return tables.every((table) => table !== null) ? tables : null;
};

const single = (records: Iterable<unknown>, leftOut: string[] = []): DocumentTable[] => [{ part: '', name: null, declared: {}, records, leftOut }];

/** `{column: {row: value}}` and `{columns, index, data}`, the ways pandas writes a frame by default. */
const pandasFrame = (value: Json): DocumentTable[] | null => {
  if (Array.isArray(value['columns']) && Array.isArray(value['data']) && value['columns'].every((name) => typeof name === 'string') && value['data'].every(Array.isArray)) {
    return [columnar(value['columns'].map((name: unknown) => ({ name })), value['data'], '', '') ?? { part: '', name: null, declared: {}, records: [], leftOut: [] }];
  }
  const columns = Object.entries(value);
  const [first] = columns;
  if (first === undefined || !columns.every(([, column]) => isObject(column))) return null;
  const rows = Object.keys(first[1] as Json);
  if (rows.length === 0 || !rows.every((row) => /^\d+$/.test(row))) return null;
  if (!columns.every(([, column]) => Object.keys(column as Json).length === rows.length && rows.every((row) => row in (column as Json)))) return null;
  return single(rows.map((row) => Object.fromEntries(columns.map(([name, column]) => [name, (column as Json)[row]]))));
};

/** An object of objects, each under its own name: the name becomes a column. */
const keyed = (value: Json): DocumentTable[] | null => {
  const entries = Object.entries(value);
  if (entries.length < 2 || !entries.every(([, each]) => isObject(each))) return null;
  const shared = new Set(entries.flatMap(([, each]) => Object.keys(each as Json)));
  const first = new Set(Object.keys(entries[0]?.[1] as Json));
  // records of one kind share keys; sections of a settings file don't
  if (first.size === 0 || !entries.slice(1, 20).every(([, each]) => Object.keys(each as Json).some((key) => first.has(key)))) return null;
  const keyName = shared.has('key') ? '_key' : 'key';
  return single(entries.map(([name, each]) => ({ [keyName]: name, ...(each as Json) })));
};

export const documentTables = (value: unknown): DocumentTable[] => {
  const frames = kustoFrames(value);
  if (frames !== null) return frames;
  if (Array.isArray(value)) {
    const plain = value.length > 0 && value.every((item) => typeof item !== 'object' || item === null);
    return single(plain ? value.map((item: unknown) => ({ value: item })) : value);
  }
  if (!isObject(value)) return single([{ value }]);
  const answer = answerTables(value);
  if (answer !== null) return answer;
  const frame = pandasFrame(value);
  if (frame !== null) return frame;
  const arrays = Object.entries(value).filter(([, member]) => isRecords(member));
  const rest = Object.entries(value).filter(([, member]) => !isRecords(member)).map(([name]) => name);
  if (arrays.length === 1 && arrays[0] !== undefined) {
    // a record may hold a list of its own: a wrapper has little besides
    const wraps = rest.length <= 3 || /^(value|values|events?|records?|results?|rows|data|items|entries|logs?|hits|alerts|incidents)$/i.test(arrays[0][0]);
    if (wraps) return single(arrays[0][1] as unknown[], rest);
  }
  if (arrays.length > 1 && rest.length <= arrays.length) return arrays.map(([name, records]) => ({ part: name, name, declared: {}, records: records as unknown[], leftOut: [] }));
  return keyed(value) ?? single([value]);
};
