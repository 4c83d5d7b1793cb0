/**
 * The shape columns have before they get a name, and gathering by position.
 * Owns: Vector and take(). Must not: know pickle or pandas.
 */

import { malformed } from './errors.ts';
import type { TextStore } from './text-store.ts';

export type PickleColumn =
  | { name: string; type: 'int'; values: BigInt64Array; nulls: Uint8Array | null }
  | { name: string; type: 'float'; values: Float64Array; nulls: Uint8Array | null }
  | { name: string; type: 'bool'; values: Uint8Array; nulls: Uint8Array | null }
  | {
      name: string;
      type: 'datetime';
      /** Microseconds since 1970-01-01 UTC; times without a zone are taken as UTC. */
      values: BigInt64Array;
      nulls: Uint8Array | null;
      /** ISO 8601 with 9 digits and offset, where microseconds UTC say less than the file does. */
      original: (string | null)[] | null;
      /** Zone name; null when the times carry none. */
      zone: string | null;
    }
  | { name: string; type: 'timespan'; values: BigInt64Array; nulls: Uint8Array | null }
  | { name: string; type: 'string'; values: (string | null)[] }
  | { name: string; type: 'dynamic'; values: (string | null)[] };

type Unnamed<T> = T extends { name: string } ? Omit<T, 'name'> : never;

/** A column without a name. A timespan may carry exact nanoseconds next to its microseconds. */
export type Vector = Unnamed<PickleColumn> & { exactNs?: BigInt64Array };

const stores = new WeakMap<object, TextStore>();

/** A text column that decodes itself, once, when its values are first asked for. */
export function lazyText(store: TextStore): Vector {
  let values: (string | null)[] | null = null;
  const vector: Vector = {
    type: 'string',
    get values() {
      values ??= store.decode(0, store.length);
      return values;
    },
  };
  stores.set(vector, store);
  return vector;
}

/** The vector under a name; a text column that is not decoded yet stays so. */
export function nameColumn(name: string, vector: Vector): PickleColumn {
  const store = stores.get(vector);
  if (store === undefined || vector.type !== 'string') {
    const { exactNs: _unfolded, ...plain } = vector;
    return { ...plain, name };
  }
  const column: PickleColumn = {
    name,
    type: 'string',
    get values() {
      return vector.values;
    },
  };
  stores.set(column, store);
  return column;
}

/**
 * Rows `from` (inclusive) to `to` (exclusive) of a text or dynamic column. Reading a large column
 * this way, part by part, never holds more text than one part.
 */
export function textSlice(column: PickleColumn & { type: 'string' | 'dynamic' }, from: number, to: number): (string | null)[] {
  const store = stores.get(column);
  return store === undefined ? column.values.slice(from, to) : store.decode(Math.max(0, from), Math.min(store.length, to));
}

export function vectorLength(vector: Vector): number {
  return stores.get(vector)?.length ?? vector.values.length;
}

export function isNullAt(vector: Vector, i: number): boolean {
  return vector.type === 'string' || vector.type === 'dynamic' ? vector.values[i] === null : vector.nulls?.[i] === 1;
}

export function stringVector(values: (string | null)[]): Vector {
  return { type: 'string', values };
}

/** Integer codes into another vector; -1 is null. Throws when a code points outside. */
export function take(vector: Vector, codes: ArrayLike<number>, what: string): Vector {
  const n = codes.length;
  const size = vectorLength(vector);
  let missing = false;
  for (let i = 0; i < n; i++) {
    const code = codes[i] as number;
    if (code < -1 || code >= size) throw malformed(`${what} refers to entry ${code} of ${size}`);
    if (code === -1) missing = true;
  }
  if (vector.type === 'string' || vector.type === 'dynamic') {
    const values: (string | null)[] = new Array<string | null>(n);
    for (let i = 0; i < n; i++) {
      const code = codes[i] as number;
      values[i] = code === -1 ? null : (vector.values[code] as string | null);
    }
    return { type: vector.type, values };
  }
  const nulls = missing || vector.nulls !== null ? new Uint8Array(n) : null;
  if (nulls !== null) {
    for (let i = 0; i < n; i++) {
      const code = codes[i] as number;
      nulls[i] = code === -1 || vector.nulls?.[code] === 1 ? 1 : 0;
    }
  }
  const pickBig = (from: BigInt64Array): BigInt64Array => {
    const out = new BigInt64Array(n);
    for (let i = 0; i < n; i++) {
      const code = codes[i] as number;
      if (code !== -1) out[i] = from[code] as bigint;
    }
    return out;
  };
  switch (vector.type) {
    case 'int':
      return { type: 'int', values: pickBig(vector.values), nulls };
    case 'timespan':
      return {
        type: 'timespan', values: pickBig(vector.values), nulls,
        ...(vector.exactNs === undefined ? {} : { exactNs: pickBig(vector.exactNs) }),
      };
    case 'datetime': {
      const from = vector.original;
      let original: (string | null)[] | null = null;
      if (from !== null) {
        original = new Array<string | null>(n);
        for (let i = 0; i < n; i++) {
          const code = codes[i] as number;
          original[i] = code === -1 ? null : (from[code] as string | null);
        }
      }
      return { type: 'datetime', values: pickBig(vector.values), nulls, original, zone: vector.zone };
    }
    case 'float': {
      const values = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const code = codes[i] as number;
        values[i] = code === -1 ? NaN : (vector.values[code] as number);
      }
      return { type: 'float', values, nulls };
    }
    case 'bool': {
      const values = new Uint8Array(n);
      for (let i = 0; i < n; i++) {
        const code = codes[i] as number;
        values[i] = code === -1 ? 0 : (vector.values[code] as number);
      }
      return { type: 'bool', values, nulls };
    }
  }
}
