/**
 * Files that try to run code, exhaust memory or contradict themselves end in a PickleError (or,
 * where they are harmless, in tables), and nothing outside the reader is touched.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PickleError, readPickle } from '../../../main/pickle/index.ts';
import { collectedHostile, shippedHostile } from './fixtures.ts';
import { readOutcome } from './outcome.ts';

const all = [...shippedHostile(), ...collectedHostile()];
const named = (file: string): Uint8Array => {
  const found = shippedHostile().find((h) => h.file === file);
  if (found === undefined) throw new Error(`no fixture ${file}`);
  return found.bytes();
};

function errorOf(bytes: Uint8Array): PickleError {
  try {
    readPickle(bytes);
  } catch (error) {
    if (error instanceof PickleError) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('hostile pickles', () => {
  it('end in tables or a PickleError, never in another exception', () => {
    for (const h of all) expect([h.file, readOutcome(h.bytes()).kind]).toEqual([h.file, expect.stringMatching(/^(tables|error)$/)]);
  });

  it('are refused wherever they must be', () => {
    const mustRefuse = all.filter((h) => h.expect === 'reject');
    expect(mustRefuse.length).toBeGreaterThan(150);
    for (const h of mustRefuse) expect([h.file, readOutcome(h.bytes()).kind]).toEqual([h.file, 'error']);
  });

  it('name what they asked for', () => {
    const error = errorOf(named('exec_os.system.pkl'));
    expect(error.code).toBe('pickle.refused');
    expect(error.global).toBe('os.system');
    expect(error.message).toBe('This pickle names `os.system`, which is not on the list of allowed types. Nothing was run, nothing was imported.');
    for (const h of all.filter((x) => /^exec_[A-Za-z_]+\.[A-Za-z_.]+\.pkl$/.test(x.file) && !/pyarrow\.lib\._restore|dateutil|sys\.modules|pathlib/.test(x.file))) {
      const wanted = h.file.slice(5, -4).replace(/^(INST|OBJ|proto0_GLOBAL)_/, '');
      expect([h.file, errorOf(h.bytes()).code]).toEqual([h.file, 'pickle.refused']);
      expect(errorOf(h.bytes()).global).toBe(wanted);
    }
  });

  it.each([
    ['persid.pkl', 'pickle.refused', /persistent id/],
    ['binpersid.pkl', 'pickle.refused', /persistent id/],
    ['ext1.pkl', 'pickle.refused', /extension code 1/],
    ['ext4.pkl', 'pickle.refused', /extension code/],
    ['next_buffer.pkl', 'pickle.refused', /buffers outside the file/],
    ['tz_pytz_path.pkl', 'pickle.refused', /time zone/],
    ['tz_dateutil_tzfile.pkl', 'pickle.refused', /time zone file/],
    ['codecs_encode_zip.pkl', 'pickle.refused', /codec "zlib_codec"/],
    ['billion_laughs_list.pkl', 'pickle.limit', /characters from/],
    ['self_ref_list.pkl', 'pickle.limit', /contains itself/],
    ['frame_placement_out_of_range.pkl', 'pickle.malformed', /places? /],
    ['categorical_code_out_of_range.pkl', 'pickle.malformed', /category/],
    ['rangeindex_length_mismatch.pkl', 'pickle.malformed', /rows/],
    ['ndarray_object_bytes.pkl', 'pickle.malformed', /raw bytes instead of objects/],
    ['binbytes8_huge.pkl', 'pickle.malformed', /ends in the middle/],
    ['malformed_empty_file.pkl', 'pickle.malformed', /empty/],
  ] as const)('%s: %s', (file, code, message) => {
    const error = errorOf(named(file));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('leave Object.prototype alone and keep a __proto__ key as data', () => {
    for (const h of all.filter((x) => x.file.includes('proto'))) readOutcome(h.bytes());
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const [table] = readPickle(named('dict_proto_pollution.pkl'));
    expect(table?.columns.map((c) => c.name)).toContain('__proto__');
  });

  it('do not keep genuine frames from being read', () => {
    for (const file of ['control_frame_p2.pkl', 'control_frame_p4.pkl', 'control_frame_p5.pkl', 'trailing_garbage.pkl']) {
      const [table] = readPickle(named(file));
      expect(table?.columns.map((c) => [c.name, c.type, Array.from(c.values as ArrayLike<unknown>)])).toEqual([
        ['a', 'int', [1n, 2n, 3n]],
        ['s', 'string', ['x', 'y', 'z']],
      ]);
    }
  });
});

describe('the reader', () => {
  it('imports nothing that could run, open or reach anything', () => {
    const folder = resolve(import.meta.dirname, '../../../main/pickle');
    const imported = readdirSync(folder).filter((f) => f.endsWith('.ts')).flatMap((f) =>
      [...readFileSync(join(folder, f), 'utf8').matchAll(/\bfrom\s+'([^']+)'|\bimport\(([^)]*)\)|\brequire\(([^)]*)\)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? ''),
    );
    expect(new Set(imported.filter((name) => !name.startsWith('./')))).toEqual(new Set(['node:buffer']));
    expect(imported.filter((name) => name.startsWith('./')).every((name) => /^\.\/[a-z-]+\.ts$/.test(name))).toBe(true);
  });
});
