/**
 * A JSON-lines file as a SQL relation with the columns the scan found. DuckDB's names ignore case, JSON keys don't: keys that
 * differ only in case are fetched one by one beside the others.
 */
import { sqlName, sqlText } from '../text-kinds.ts';
import type { RawBase } from '../types.ts';

type Key = { name: string; base: RawBase };

const jsonTypes: Record<RawBase, string> = { text: 'VARCHAR', string: 'VARCHAR', int: 'BIGINT', float: 'DOUBLE', bool: 'BOOLEAN', dynamic: 'JSON', datetime: 'VARCHAR', timespan: 'BIGINT' };

const pointer = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** One key on its own. */
const extracted = ({ name, base }: Key): string => {
  const at = sqlText(pointer(name));
  if (base === 'dynamic') return `CASE WHEN json_type(json, ${at}) = 'NULL' THEN NULL ELSE CAST(json_extract(json, ${at}) AS VARCHAR) END`;
  const type = jsonTypes[base];
  return type === 'VARCHAR' ? `json_extract_string(json, ${at})` : `TRY_CAST(json_extract_string(json, ${at}) AS ${type})`;
};

export const jsonRelation = (path: string, keys: readonly Key[], longestBytes: number): string => {
  const size = Math.max(16_777_216, Math.ceil(longestBytes * 1.1) + 1_024);
  if (keys.length === 0) return `(SELECT CAST(json AS VARCHAR) AS c0 FROM read_ndjson_objects(${sqlText(path)}, maximum_object_size = ${size}))`;
  const seen = new Set<string>();
  const plain = keys.map(({ name }) => {
    // a struct needs names, and names without NUL
    if (name === '' || name.includes('\0') || seen.has(name.toLowerCase())) return false;
    seen.add(name.toLowerCase());
    return true;
  });
  const columns = keys.flatMap((key, i) => (plain[i] === true ? [{ ...key, i }] : []));
  const cast = ({ base }: Key, value: string): string => (base === 'dynamic' ? `CAST(${value} AS VARCHAR)` : value);
  if (columns.length === keys.length) {
    const struct = columns.map(({ name, base }) => `${sqlText(name)}: ${sqlText(jsonTypes[base])}`).join(', ');
    const selected = columns.map((key) => `${cast(key, sqlName(key.name))} AS c${key.i}`).join(', ');
    return `(SELECT ${selected} FROM read_json(${sqlText(path)}, format = 'newline_delimited', records = true, maximum_object_size = ${size}, columns = {${struct}}))`;
  }
  const shape = JSON.stringify(Object.fromEntries(columns.map(({ name, base }) => [name, jsonTypes[base]])));
  const selected = keys.map((key, i) => `${plain[i] === true ? cast(key, `struct_extract(s, ${sqlText(key.name)})`) : extracted(key)} AS c${i}`).join(', ');
  return `(SELECT ${selected} FROM (SELECT json, json_transform(json, ${sqlText(shape)}) AS s FROM read_ndjson_objects(${sqlText(path)}, maximum_object_size = ${size})))`;
};
