import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../main/case/canonical.ts';
import { hashOf } from '../../../main/case/log.ts';

describe('canonical JSON', () => {
  it('is JSON of the same value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))));
  });
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: undefined }] })).toBe('{"a":[{"d":null}],"b":1}');
  });
  it('escapes half characters, which a database could not keep', () => {
    expect(canonicalJson('a\ud800b')).toBe('"a\\ud800b"');
  });
  it('refuses what JSON can’t hold', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1]) expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('the hash of an entry', () => {
  const entry = { seq: 2, atUs: 5, kind: 'case.rename', label: 'Rename', payload: '{"name":"b"}', inverse: '{"kind":"case.rename","payload":{"name":"a"}}', prev: '0'.repeat(64) };
  it('is fixed for all time', () => {
    expect(hashOf(entry)).toBe('d6be996abe3fb196cd1832c0e41c587ebd5d3259ddc62e21ce9f455be0416507');
  });
  it('depends on every part', () => {
    const changed = [{ seq: 3 }, { atUs: 6 }, { kind: 'x' }, { label: 'x' }, { payload: '{}' }, { inverse: null }, { prev: '1'.repeat(64) }];
    const hashes = changed.map((change) => hashOf({ ...entry, ...change }));
    expect(new Set([hashOf(entry), ...hashes]).size).toBe(changed.length + 1);
  });
});
