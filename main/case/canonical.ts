/**
 * One spelling for each value, so that a hash over it means something: JSON with sorted keys, no spaces, lone surrogates escaped.
 * Pure. Must not be changed: hashes in existing cases rest on it.
 */

/** `undefined` members are left out, as in JSON. Throws on what JSON can't hold (functions, NaN, bigint). */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that JSON can’t hold');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const record = value as Record<string, unknown>;
    const members = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .toSorted()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} can’t be kept in the log`);
};
