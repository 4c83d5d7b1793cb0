/**
 * Inputs for the contract fuzz: a valid one drawn from an operation's own schema, and hostile ones bent from it. Owns drawing and
 * bending, both repeatable from a seed; must not know any operation by name.
 */
import { z } from 'zod';

export type Random = () => number;

/** Small seeded generator (mulberry32), so that a failure can be run again. */
export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

type Schema = {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
};

/** Values that mean something here, by the name of the field they belong in. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const words = ['a', 'TimeGenerated', 'Lantern', '10.0.0.5', 'x y', 'ü', "o'brien", '%_', '*', '2026-03-11T22:04:00Z', '{"a":1}'];

const drawNumber = (schema: Schema, random: Random): number => {
  const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
  const most = Math.min(schema.maximum ?? least + 2_000, least + 2_000);
  return Math.floor(least + random() * (most - least + 1));
};

const draw = (schema: Schema, random: Random, known: Known, name: string): unknown => {
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return draw(pick(random, options), random, known, name);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((part) => draw(part, random, known, name)));
  if ('const' in schema) return schema.const;
  if (schema.enum !== undefined) return pick(random, schema.enum);
  const type = Array.isArray(schema.type) ? pick(random, schema.type) : schema.type;
  const fitting = known[name];
  if (fitting !== undefined && fitting.length > 0 && type !== 'object' && type !== 'array' && random() < 0.9) return pick(random, fitting);
  switch (type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key) === true || random() < 0.5);
      const drawn: Record<string, unknown> = Object.fromEntries(fields.map(([key, inner]) => [key, draw(inner, random, known, key)]));
      if (typeof schema.additionalProperties === 'object' && random() < 0.5) drawn[pick(random, words)] = draw(schema.additionalProperties, random, known, name);
      return drawn;
    }
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, Math.floor(random() * 3));
      return Array.from({ length }, () => draw(schema.items ?? {}, random, known, name));
    }
    case 'string':
      return pick(random, words).padEnd(schema.minLength ?? 0, 'a');
    case 'number':
    case 'integer':
      return drawNumber(schema, random);
    case 'boolean':
      return random() < 0.5;
    default:
      return null;
  }
};

const cyclic = (): unknown => {
  const loop: Record<string, unknown> = {};
  loop['loop'] = loop;
  return loop;
};
const deep = (levels: number): unknown => {
  let inner: unknown = 1;
  for (let i = 0; i < levels; i++) inner = i % 2 === 0 ? [inner] : { a: inner };
  return inner;
};

/** Everything here can cross a process boundary by structured clone. */
const hostile: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -1,
  () => 0.5,
  () => -0,
  () => 2 ** 53,
  () => -(2 ** 63),
  () => 10n ** 30n,
  () => '',
  () => 'x'.repeat(200_000),
  () => '\0',
  () => '\ud800',
  () => '\u202e\u2066',
  () => "'; DROP TABLE evidence; --",
  () => '"; ATTACH \'/tmp/x.db\' AS x; --',
  () => '../../../../etc/passwd',
  () => '/etc/passwd',
  () => 'C:\\Windows\\win.ini',
  () => '__proto__',
  () => 'constructor',
  () => '(a+)+$',
  () => '[',
  () => true,
  () => [],
  () => ({}),
  () => Array.from({ length: 20_000 }, () => 'a'),
  () => Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i])),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  () => cyclic(),
  () => deep(5_000),
  () => new Date(Number.NaN),
  () => new Map([['a', 1]]),
  () => new Set([1]),
  () => new Float64Array(4),
  () => /a/,
  () => new Error('x'),
];

type Box = Record<string | number, unknown>;
const isBox = (value: unknown): value is Box => typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/** All places in a value: the box and the key. */
const places = (value: unknown, found: [Box, string | number][] = []): [Box, string | number][] => {
  if (!isBox(value) || found.length > 500) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    places(value[key], found);
  }
  return found;
};

const bend = (value: unknown, random: Random): unknown => {
  const all = places(value);
  const place = all.length === 0 || random() < 0.08 ? null : pick(random, all);
  if (place === null) return pick(random, hostile)();
  const [box, key] = place;
  const way = random();
  if (way < 0.6) box[key] = pick(random, hostile)();
  else if (way < 0.75) delete box[key];
  else if (way < 0.9) box[pick(random, ['extra', '__proto__x', 'path', 'sql', 'then'])] = pick(random, hostile)();
  else box[key] = [box[key]];
  return value;
};

export type Payloads = {
  /** Matches the schema as far as JSON Schema can say. */
  valid(): unknown;
  /** Bent in one to three places; may by chance still be valid. */
  bent(): unknown;
};

export const payloadsOf = (input: z.ZodType, random: Random, known: Known): Payloads => {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema;
  const valid = (): unknown => draw(schema, random, known, '');
  return {
    valid,
    bent() {
      let value = valid();
      for (let i = Math.floor(random() * 3); i >= 0; i--) value = bend(value, random);
      return value;
    },
  };
};
