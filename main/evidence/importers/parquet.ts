/** Parquet: the types are the file's own, mapped to the seven a table has. DuckDB reads the file where it lies. */
import { CasebenchError } from '../../contract/index.ts';
import { planColumns } from '../build/plan.ts';
import { headerNames } from '../names.ts';
import { sqlName, sqlText } from '../text-kinds.ts';
import type { Duck } from '../duck.ts';
import type { Importer, ReadContext } from '../importer.ts';
import type { RawBase, RawColumn } from '../types.ts';

type Mapped = { base: RawBase; sql: string; original: string | null };

const wholeTypes = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER']);
const wideTypes = new Set(['UBIGINT', 'HUGEINT', 'UHUGEINT']);

/** How a column of a Parquet type is read. `fits` says that all values of a wide whole number fit 64 bits. */
const mapType = (type: string, c: string, fits: boolean): Mapped => {
  const plain = (base: RawBase, sql: string, original: string | null = null): Mapped => ({ base, sql, original });
  if (wholeTypes.has(type)) return plain('int', `CAST(${c} AS BIGINT)`);
  if (wideTypes.has(type)) return fits ? plain('int', `CAST(${c} AS BIGINT)`) : plain('string', `CAST(${c} AS VARCHAR)`);
  if (type === 'FLOAT' || type === 'DOUBLE') return plain('float', `CAST(${c} AS DOUBLE)`);
  if (type === 'BOOLEAN') return plain('bool', c);
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal !== null) {
    const [digits, scale] = [Number(decimal[1]), Number(decimal[2])];
    if (scale === 0 && digits <= 18) return plain('int', `CAST(${c} AS BIGINT)`);
    // a double keeps fifteen digits
    return digits <= 15 ? plain('float', `CAST(${c} AS DOUBLE)`) : plain('string', `CAST(${c} AS VARCHAR)`);
  }
  if (type === 'TIMESTAMP WITH TIME ZONE') return plain('datetime', `make_timestamp(epoch_us(${c}))`);
  // without a zone they are in the one that was chosen
  if (type === 'TIMESTAMP_NS') return plain('datetime', `make_timestamp(epoch_us(CAST(CAST(${c} AS TIMESTAMP) AS TIMESTAMPTZ)))`, `CASE WHEN epoch_ns(${c}) % 1000 = 0 THEN NULL ELSE CAST(${c} AS VARCHAR) END`);
  if (type.startsWith('TIMESTAMP') || type === 'DATE') return plain('datetime', `make_timestamp(epoch_us(CAST(CAST(${c} AS TIMESTAMP) AS TIMESTAMPTZ)))`);
  if (type === 'BLOB') return plain('string', `coalesce(TRY(decode(${c})), hex(${c}))`);
  if (type === 'JSON') return plain('dynamic', `CAST(${c} AS VARCHAR)`);
  if (/^(STRUCT|MAP|UNION|VARIANT)\b/.test(type) || type.endsWith(']')) return plain('dynamic', `CAST(to_json(${c}) AS VARCHAR)`);
  return plain('string', `CAST(${c} AS VARCHAR)`);
};

const malformed = (context: ReadContext, thrown: unknown): CasebenchError =>
  new CasebenchError('import.malformed', `${context.label} can't be read as Parquet: it is damaged or cut off. No table was added. Get a complete copy and import that.`, { detail: thrown instanceof Error ? thrown.message : String(thrown) });

/** Names of the top-level columns exactly as the file has them; SQL tells names apart without regard to case. */
const topNames = async (duck: Duck, file: string): Promise<string[]> => {
  const schema = await duck.rows(`SELECT name, coalesce(num_children, 0) AS children FROM parquet_schema(${file})`);
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const children = Number(schema[at]?.['children'] ?? 0);
    at += 1;
    for (let i = 0; i < children; i += 1) skip();
  };
  while (at < schema.length) {
    names.push(String(schema[at]?.['name'] ?? ''));
    skip();
  }
  return names;
};

export const parquetImporter: Importer = {
  format: 'parquet',
  sniff: ({ bytes }) => (bytes[0] === 0x50 && bytes[1] === 0x41 && bytes[2] === 0x52 && bytes[3] === 0x31 ? 0.99 : 0),
  read: async (context) => {
    const file = sqlText(context.path);
    return context.withDuck([context.path], async (duck) => {
      let described: { name: string; type: string }[];
      let names: string[];
      try {
        described = (await duck.rows(`DESCRIBE SELECT * FROM read_parquet(${file})`)).map((row) => ({ name: String(row['column_name']), type: String(row['column_type']) }));
        names = await topNames(duck, file);
      } catch (thrown) {
        throw malformed(context, thrown);
      }
      if (names.length !== described.length) names = described.map(({ name }) => name);
      names = headerNames(names, names.length);
      const wide = described.filter(({ type }) => wideTypes.has(type));
      const limits = wide.length === 0 ? {} : ((await duck.rows(`SELECT ${wide.map(({ name }, i) => `coalesce(bool_and(${sqlName(name)} BETWEEN -9223372036854775808 AND 9223372036854775807), true) AS w${i}`).join(', ')} FROM read_parquet(${file})`))[0] ?? {});
      const mapped = described.map(({ name, type }) => mapType(type, sqlName(name), limits[`w${wide.findIndex((each) => each.name === name)}`] !== false));
      const hasTime = mapped.some(({ base }) => base === 'datetime');
      const texts = hasTime ? [] : mapped.flatMap(({ base }, i) => (base === 'string' ? [i] : []));
      const head = texts.length === 0 ? [] : await duck.rows(`SELECT ${texts.map((i) => `${mapped[i]?.sql ?? 'NULL'} AS c${i}`).join(', ')} FROM read_parquet(${file}) LIMIT 400`);
      const columns = mapped.map(({ base, original }, i): RawColumn => ({
        name: names[i] ?? '', base, samples: head.map((row) => row[`c${i}`]).filter((value): value is string => typeof value === 'string' && value !== ''),
        role: /^__index_level_\d+__$/.test(names[i] ?? '') ? 'index' : null, declared: base === 'string' && hasTime ? 'string' : null,
        ...(original === null ? {} : { original: `x${i}` }),
      }));
      const selected = mapped.flatMap(({ sql, original }, i) => [`${sql} AS c${i}`, ...(original === null ? [] : [`${original} AS x${i}`])]);
      const limit = context.limitBytes === null ? '' : ' LIMIT 20000';
      return [
        {
          part: '', name: null, rejects: null, confidence: 0.99, locate: null,
          raw: { columns, relation: `(SELECT ${selected.join(', ')} FROM read_parquet(${file})${limit})`, reads: [context.path], warnings: [] },
          plan: planColumns(columns, { types: context.options.types ?? {}, dateOrder: context.options.dateOrder ?? null, nowUs: context.nowUs }),
          settings: { ...context.options, format: 'parquet' as const },
        },
      ];
    });
  },
};
