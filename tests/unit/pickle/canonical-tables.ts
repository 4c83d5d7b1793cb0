/**
 * The expected tables of a pickle, worked out from its canonical JSON description.
 * Owns: an independent second statement of the rules in main/pickle/README.md, so that the
 * reader is compared with pandas' own view of each file. Must not: import reader internals.
 */

import type { PickleColumn, PickleTable } from '../../../main/pickle/index.ts';

/** A JSON number that was written as a float (1.0 is a float in Python, 1 an int). */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
type Json = null | boolean | number | string | Float | Json[] | { [key: string]: Json };

export function parseCanonical(text: string): Json {
  return JSON.parse(text, function (this: unknown, _key: string, value: unknown, context?: { source?: string }) {
    return typeof value === 'number' && context?.source !== undefined && /[.eE]/.test(context.source) ? new Float(value) : value;
  } as (key: string, value: unknown) => unknown) as Json;
}

export type ExpectedColumn = {
  name: string;
  type: PickleColumn['type'];
  /** One comparable text per row; null where missing. */
  cells: (string | null)[];
  /** Nanoseconds of each time, for columns that must keep an original text. */
  originalNs?: (bigint | null)[];
};
export type ExpectedTable = { name: string | null; rows: number; index: 'dropped-range' | 'kept'; columns: ExpectedColumn[] };

const obj = (v: Json | undefined): { [key: string]: Json } | null => (v !== null && typeof v === 'object' && !Array.isArray(v) && !(v instanceof Float) ? v : null);
const arr = (v: Json | undefined): Json[] => (Array.isArray(v) ? v : []);
const str = (v: Json | undefined): string => (typeof v === 'string' ? v : '');

/** Nanoseconds since 1970 of an ISO text, and whether it has an offset other than zero. */
export function isoNs(text: string): { ns: bigint; offset: string | null } {
  const m = /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d(?::\d\d)?)?$/.exec(text);
  if (m === null) throw new Error(`not a time: ${text}`);
  const date = new Date(0);
  date.setUTCFullYear(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  date.setUTCHours(Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0));
  let ns = BigInt(date.getTime()) * 1_000_000n + BigInt((m[7] ?? '').padEnd(9, '0'));
  const offset = m[8] ?? null;
  const o = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(offset ?? '');
  if (o !== null) {
    const s = Number(o[2]) * 3600 + Number(o[3]) * 60 + Number(o[4] ?? 0);
    ns -= BigInt(o[1] === '-' ? -s : s) * 1_000_000_000n;
  }
  return { ns, offset };
}

const floorUs = (ns: bigint): bigint => (ns % 1000n < 0n ? ns / 1000n - 1n : ns / 1000n);

export function floatKey(v: number): string {
  return Object.is(v, -0) ? '-0' : String(v);
}

function pyFloat(v: number): string {
  if (Object.is(v, -0)) return '-0.0';
  if (!Number.isFinite(v)) return Number.isNaN(v) ? 'nan' : v > 0 ? 'inf' : '-inf';
  const text = String(v);
  if (/e-?\d$/.test(text)) return text.replace(/e(-?)(\d)$/, 'e$10$2');
  return Number.isInteger(v) && !text.includes('e') ? `${text}.0` : text;
}

function number(v: Json): number {
  if (v instanceof Float) return v.value;
  if (typeof v === 'number') return v;
  const text = str(obj(v)?.['$float']);
  return text === 'inf' ? Infinity : text === '-inf' ? -Infinity : text === '-0.0' ? -0 : NaN;
}

function bigint(v: Json): bigint {
  const tagged = obj(v)?.['$int'];
  return BigInt(tagged === undefined ? number(v) : str(tagged));
}

type Kind = 'null' | 'bool' | 'int' | 'float' | 'str' | 'time' | 'span' | 'text' | 'container';

function kindOf(v: Json): Kind {
  if (v === null) return 'null';
  if (typeof v === 'boolean') return 'bool';
  if (typeof v === 'string') return 'str';
  if (typeof v === 'number') return 'int';
  if (v instanceof Float) return 'float';
  const o = obj(v);
  if (o === null) return 'container';
  if ('$int' in o) return 'int';
  if ('$float' in o) return 'float';
  if ('$ts' in o || '$date' in o) return 'time';
  if ('$td_ns' in o) return 'span';
  if (['$time', '$decimal', '$uuid', '$ip', '$complex', '$period', '$interval', '$repr'].some((k) => k in o)) return 'text';
  return 'container';
}

/** pandas' text of a timedelta. */
function spanText(ns: bigint): string {
  const day = 86_400_000_000_000n;
  let days = ns / day;
  let rest = ns % day;
  if (rest < 0n) {
    days -= 1n;
    rest += day;
  }
  const two = (n: bigint): string => String(n).padStart(2, '0');
  const s = rest / 1_000_000_000n;
  const nano = rest % 1_000_000_000n;
  const fraction = nano === 0n ? '' : nano % 1000n === 0n ? `.${String(nano / 1000n).padStart(6, '0')}` : `.${String(nano).padStart(9, '0')}`;
  return `${days} days ${days < 0n ? '+' : ''}${two(s / 3600n)}:${two((s / 60n) % 60n)}:${two(s % 60n)}${fraction}`;
}

function scalarText(v: Json): string {
  if (v === null) return 'None';
  if (typeof v === 'boolean') return v ? 'True' : 'False';
  if (typeof v === 'string') return v;
  if (typeof v === 'number') return String(v);
  if (v instanceof Float) return pyFloat(v.value);
  const o = obj(v) ?? {};
  if ('$int' in o) return str(o['$int']);
  if ('$float' in o) return pyFloat(number(v));
  if ('$td_ns' in o) return spanText(BigInt(str(o['$td_ns'])));
  if ('$complex' in o) {
    const [re = 0, im = 0] = arr(o['$complex']).map(number);
    const part = (n: number): string => pyFloat(n).replace(/\.0$/, '');
    if (Object.is(re, 0)) return `${part(im)}j`;
    return `(${part(re)}${im < 0 || Object.is(im, -0) ? '' : '+'}${part(im)}j)`;
  }
  if ('$interval' in o) {
    const [left = null, right = null, closed = null] = arr(o['$interval']);
    return `${closed === 'left' || closed === 'both' ? '[' : '('}${scalarText(left)}, ${scalarText(right)}${closed === 'right' || closed === 'both' ? ']' : ')'}`;
  }
  for (const key of ['$ts', '$date', '$time', '$decimal', '$uuid', '$ip', '$period', '$repr']) if (key in o) return str(o[key]);
  throw new Error(`no text for ${JSON.stringify(v)}`);
}

/** Clean text as text, other bytes as tagged hex. */
function bytesText(hex: string): string {
  const text = Buffer.from(hex, 'hex').toString('utf8');
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.test(text) ? `{"$bytes":"${hex}"}` : JSON.stringify(text);
}

/** The plain JSON a cell of a dynamic column stands for, as comparable text. */
function dynamicText(v: Json): string {
  if (v === null) return 'null';
  if (typeof v === 'boolean') return String(v);
  if (typeof v === 'string') return JSON.stringify(v);
  if (typeof v === 'number') return String(v);
  if (v instanceof Float) return Number.isFinite(v.value) ? pyFloat(v.value) : JSON.stringify(pyFloat(v.value));
  if (Array.isArray(v)) return `[${v.map(dynamicText).join(',')}]`;
  if ('$int' in v) return str(v['$int']);
  if ('$bytes' in v) return bytesText(str(v['$bytes']));
  if ('$tuple' in v) return dynamicText(v['$tuple'] as Json);
  if ('$set' in v) return sortedArray(arr(v['$set']).map(dynamicText));
  if ('$ndarray' in v) return dynamicText(v['$ndarray'] as Json);
  if ('$map' in v) return `{${arr(v['$map']).map((p) => `${JSON.stringify(keyText(arr(p)[0] as Json))}:${dynamicText(arr(p)[1] as Json)}`).join(',')}}`;
  if ('$frame' in v) {
    const t = obj(v['$frame']) ?? {};
    return `[${arr(t['rows']).map((row) => `{${arr(t['columns']).map((c, i) => `${JSON.stringify(labelText(c))}:${dynamicText(arr(row)[i] as Json)}`).join(',')}}`).join(',')}]`;
  }
  if ('$series' in v) return `[${arr(obj(v['$series'])?.['values']).map(dynamicText).join(',')}]`;
  if (kindOf(v) !== 'container') return JSON.stringify(scalarText(v));
  return `{${Object.entries(v).map(([k, x]) => `${JSON.stringify(k)}:${dynamicText(x)}`).join(',')}}`;
}

function keyText(v: Json): string {
  const tuple = obj(v)?.['$tuple'];
  if (tuple === undefined) return scalarText(v);
  const items = arr(tuple).map((x) => (typeof x === 'string' ? `'${x}'` : keyText(x)));
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}

export function sortedArray(parts: string[]): string {
  return `[${[...parts].sort().join(',')}]`;
}

/** The type and cells of a column from pandas' dtype and values. */
export function expectColumn(name: string, dtype: string, values: Json[], categoryDtype?: string): ExpectedColumn[] {
  const nullable = (f: (v: Json) => string): (string | null)[] => values.map((v) => (v === null ? null : f(v)));
  const effective = dtype === 'category' ? (categoryDtype ?? 'object') : dtype;
  if (/^(u?int|Int|UInt)\d+(\[pyarrow\])?$/.test(effective) || effective.startsWith('Sparse[int')) {
    const tooBig = values.some((v) => v !== null && bigint(v) >= 2n ** 63n);
    return [{ name, type: tooBig ? 'string' : 'int', cells: nullable((v) => String(bigint(v))) }];
  }
  if (/^(float|Float)\d+$/.test(effective)) return [{ name, type: 'float', cells: nullable((v) => floatKey(number(v))) }];
  if (effective === 'bool' || effective === 'boolean') return [{ name, type: 'bool', cells: nullable(String) }];
  if (/^(str|string|string\[.*\])$/.test(effective)) return [{ name, type: 'string', cells: nullable(str) }];
  if (/^(datetime64|timestamp)\[/.test(effective)) return [timeColumn(name, values.map((v) => (typeof v === 'string' ? v : v === null ? null : str(obj(v)?.['$ts']))), /, (?!UTC\]|tzfile\('[^']*\/UTC'\))/.test(effective), true)];
  if (effective.startsWith('timedelta64[')) return spanColumns(name, values.map((v) => (v === null ? null : BigInt(str(v)))));
  if (/^(complex|period|interval)/.test(effective)) return [{ name, type: 'string', cells: nullable(scalarText) }];
  return objectColumn(name, values);
}

/** `zoned`: the column as a whole may be in a zone; `always`: then every time is. */
function timeColumn(name: string, texts: (string | null)[], zoned: boolean, always = false): ExpectedColumn {
  const parsed = texts.map((t) => (t === null ? null : isoNs(t)));
  const loses = parsed.some((p) => p !== null && (p.ns % 1000n !== 0n || (zoned && (always || (p.offset !== null && p.offset !== '+00:00')))));
  const out: ExpectedColumn = { name, type: 'datetime', cells: parsed.map((p) => (p === null ? null : String(floorUs(p.ns)))) };
  if (loses) out.originalNs = parsed.map((p) => (p === null ? null : p.ns));
  return out;
}

function spanColumns(name: string, ns: (bigint | null)[]): ExpectedColumn[] {
  const out: ExpectedColumn[] = [{ name, type: 'timespan', cells: ns.map((v) => (v === null ? null : String(floorUs(v)))) }];
  if (ns.some((v) => v !== null && v % 1000n !== 0n)) out.push({ name: `${name} (ns)`, type: 'int', cells: ns.map((v) => (v === null ? null : String(v))) });
  return out;
}

function objectColumn(name: string, values: Json[]): ExpectedColumn[] {
  const kinds = new Set(values.map(kindOf));
  kinds.delete('null');
  const is = (...wanted: Kind[]): boolean => [...kinds].every((k) => wanted.includes(k));
  const cells = (f: (v: Json) => string): (string | null)[] => values.map((v) => (v === null ? null : f(v)));
  if (is('str')) return [{ name, type: 'string', cells: cells(str) }];
  if (kinds.has('container')) return [{ name, type: 'dynamic', cells: cells(dynamicText) }];
  if (is('bool')) return [{ name, type: 'bool', cells: cells(String) }];
  if (is('int')) {
    const big = values.some((v) => v !== null && (bigint(v) >= 2n ** 63n || bigint(v) < -(2n ** 63n)));
    return [{ name, type: big ? 'string' : 'int', cells: cells((v) => String(bigint(v))) }];
  }
  if (is('int', 'float')) return [{ name, type: 'float', cells: cells((v) => floatKey(number(v))) }];
  if (is('time')) {
    const texts = values.map((v) => (v === null ? null : str(obj(v)?.['$ts'] ?? obj(v)?.['$date'])));
    return [timeColumn(name, texts, true)];
  }
  if (is('span')) return spanColumns(name, values.map((v) => (v === null ? null : BigInt(str(obj(v)?.['$td_ns'])))));
  return [{ name, type: 'string', cells: cells(scalarText) }];
}

function labelText(v: Json): string {
  const tuple = obj(v)?.['$tuple'];
  if (tuple !== undefined) return arr(tuple).map(labelText).filter((p) => p !== '').join('_');
  return scalarText(v).replace(/T00:00:00$/, '');
}

function indexColumns(index: { [key: string]: Json }, forced = false): { kept: boolean; columns: ExpectedColumn[] } {
  if (index['kind'] === 'RangeIndex') {
    const [start, stop, step] = [index['start'], index['stop'], index['step']].map((v) => number(v as Json)) as [number, number, number];
    const named = index['name'] !== null && index['name'] !== undefined;
    if (!forced && start === 0 && step === 1 && !named) return { kept: false, columns: [] };
    const count = Math.max(0, Math.ceil((stop - start) / step));
    const cells = Array.from({ length: count }, (_, i) => String(start + i * step));
    return { kept: true, columns: [{ name: named ? labelText(index['name'] as Json) : 'index', type: 'int', cells }] };
  }
  if (index['kind'] === 'MultiIndex') {
    const names = arr(index['names']);
    const rows = arr(index['values']);
    const columns = arr(index['dtypes']).flatMap((dtype, i) =>
      expectColumn(names[i] === null ? `level_${i}` : labelText(names[i] as Json), str(dtype) === 'category' ? 'object' : str(dtype), rows.map((r) => arr(obj(r)?.['$tuple'] ?? r)[i] as Json)),
    );
    return { kept: true, columns };
  }
  const name = index['name'] === null || index['name'] === undefined ? 'index' : labelText(index['name'] as Json);
  return { kept: true, columns: expectColumn(name, str(index['dtype']), arr(index['values'])) };
}

function unique(columns: ExpectedColumn[]): ExpectedColumn[] {
  const taken = new Set<string>();
  return columns.map((c, i) => {
    const base = c.name === '' ? `column_${i + 1}` : c.name;
    let name = base;
    for (let k = 2; taken.has(name); k++) name = `${base}_${k}`;
    taken.add(name);
    return { ...c, name };
  });
}

/** Expected table of a DataFrame, Series or Index node; null for anything else. */
export function expectTable(name: string | null, node: Json): ExpectedTable | null {
  const n = obj(node);
  if (n === null) return null;
  if (n['kind'] === 'Index') {
    const { columns } = indexColumns(obj(n['index']) ?? {}, true);
    return { name, rows: columns[0]?.cells.length ?? 0, index: 'kept', columns: unique(columns) };
  }
  const index = indexColumns(obj(n['index']) ?? {});
  if (n['kind'] === 'Series') {
    const label = n['name'] === null ? 'value' : labelText(n['name'] as Json);
    const categories = obj(n['categories']);
    const column = expectColumn(label, str(n['dtype']), arr(n['values']), str(categories?.['cat_dtype']) || undefined);
    return { name, rows: number(n['length'] as Json), index: index.kept ? 'kept' : 'dropped-range', columns: unique([...index.columns, ...column]) };
  }
  if (n['kind'] !== 'DataFrame') return null;
  const rows = arr(n['rows']).map(arr);
  const columns = arr(n['columns']).flatMap((label, i) => {
    const key = labelText(label);
    const categories = obj(obj(n['categories'])?.[key]);
    return expectColumn(key, str(arr(n['dtypes'])[i]), rows.map((r) => r[i] as Json), str(categories?.['cat_dtype']) || undefined);
  });
  return { name, rows: number(arr(n['shape'])[0] as Json), index: index.kept ? 'kept' : 'dropped-range', columns: unique([...index.columns, ...columns]) };
}

/** All tables a node stands for, named by their path. */
export function expectTables(node: Json): ExpectedTable[] {
  const top = expectTable(null, node);
  if (top !== null) return [top];
  const out: ExpectedTable[] = [];
  const walk = (path: string, child: Json): void => {
    const table = expectTable(path, child);
    if (table !== null) out.push(table);
    else for (const [key, value] of children(child)) walk(`${path}.${key}`, value);
  };
  for (const [key, value] of children(node)) walk(key, value);
  return out;
}

function children(node: Json): [string, Json][] {
  const n = obj(node);
  if (n?.['kind'] === 'list') return arr(n['items']).map((v, i) => [String(i), v]);
  if (n?.['kind'] === 'dict') return arr(n['items']).map((p) => [labelText(arr(p)[0] as Json), arr(p)[1] as Json]);
  return [];
}

/** A table that was read, in the same comparable form. */
export function observed(table: PickleTable): ExpectedTable {
  return {
    name: table.name,
    rows: table.rows,
    index: table.index,
    columns: table.columns.map((column) => {
      const n = column.values.length;
      if (column.type === 'string' || column.type === 'dynamic') {
        return { name: column.name, type: column.type, cells: column.values };
      }
      const cells = Array.from({ length: n }, (_, i) => {
        if (column.nulls?.[i] === 1) return null;
        if (column.type === 'float') return floatKey(column.values[i] as number);
        if (column.type === 'bool') return column.values[i] === 1 ? 'true' : 'false';
        return String(column.values[i]);
      });
      const out: ExpectedColumn = { name: column.name, type: column.type, cells };
      if (column.type === 'datetime' && column.original !== null) {
        out.originalNs = column.original.map((t) => (t === null ? null : isoNs(t).ns));
      }
      return out;
    }),
  };
}
