/**
 * Each limit ends a read with its own message; the input itself is never changed.
 */

import { describe, expect, it } from 'vitest';
import { looksLikePickle, PickleError, readPickle, textSlice, type PickleLimits } from '../../../main/pickle/index.ts';
import { shippedHostile, shippedPickles } from './fixtures.ts';
import { block, dataFrame, index, ndarray, objects, rangeIndex, slice, writePickle, type PyIn } from './write-pickle.ts';

function stoppedBy(value: PyIn, limits: Partial<PickleLimits>, now?: () => number): string {
  const bytes = writePickle(value, 4);
  const before = Buffer.from(bytes);
  try {
    readPickle(bytes, now === undefined ? { limits } : { limits, now });
  } catch (error) {
    expect(Buffer.compare(before, bytes)).toBe(0);
    if (error instanceof PickleError && error.code === 'pickle.limit') return error.message;
    throw error;
  }
  throw new Error('was read');
}

describe('limits', () => {
  const rows = [new Map<PyIn, PyIn>([['a', [[[1]]]]])];

  it('on bytes', () => expect(stoppedBy(rows, { maxBytes: 5 })).toMatch(/larger than 5 bytes/));
  it('on depth', () => expect(stoppedBy(rows, { maxDepth: 2 })).toMatch(/nested deeper than 2 levels/));
  it('on elements', () => expect(stoppedBy(Array.from({ length: 50 }, () => rows[0] as PyIn), { maxElements: 20 })).toMatch(/more than 20 values/));
  it('on time', () => {
    let clockMs = 0;
    expect(stoppedBy(objects(Array.from({ length: 200_000 }, (_, i) => i)), { deadlineMs: 10 }, () => (clockMs += 20))).toMatch(/longer than 10 ms/);
  });
  it('on memo entries', () => {
    const bytes = Buffer.concat([Buffer.of(0x80, 4, 0x4e), Buffer.alloc(40, 0x94), Buffer.from('.')]);
    expect(() => readPickle(bytes, { limits: { maxMemo: 10 } })).toThrow(/numbers more than 10 objects/);
  });
  it('on what a small file may unfold to', () => {
    const long = 'x'.repeat(200_000);
    const value = Buffer.concat([Buffer.from('X'), Buffer.from(Uint32Array.of(long.length).buffer), Buffer.from(long), Buffer.of(0x85, 0x94)]);
    const again = Buffer.concat(Array.from({ length: 50_000 }, () => Buffer.of(0x68, 0)));
    const inOneCell = Buffer.concat([Buffer.from([0x80, 4]), Buffer.from(']('), Buffer.from(']('), value, again, Buffer.from('ee.')]);
    expect(() => readPickle(inOneCell)).toThrow(/characters from/);
    // One text that many cells share is no growth.
    const inManyCells = Buffer.concat([Buffer.from([0x80, 4]), Buffer.from(']('), value, again, Buffer.from('e.')]);
    expect(readPickle(inManyCells)[0]?.rows).toBe(50_001);
  });
});

describe('references shared at every level', () => {
  /** 60 levels, each made of the one below twice: 2⁶⁰ parts if anything unfolded them. */
  const chain = (make: string, use: string): Uint8Array =>
    Buffer.concat([
      Buffer.from('\x80\x04K\x01\x940', 'latin1'),
      ...Array.from({ length: 60 }, (_, i) => Buffer.from(make.replaceAll('@', `h${String.fromCharCode(i)}`) + '\x940', 'latin1')),
      Buffer.from(use.replaceAll('@', 'h<'), 'latin1'),
    ]);
  const names = (text: string): string => `X\x05\x00\x00\x00${text}`;

  it.each([
    ['tuples in a cell', '@@\x86', '](@e.'],
    ['tuples as a column name', '@@\x86', ']}@K\x01sa.'],
    ['tuples as a key in a cell', '@@\x86', '](]}@K\x01sae.'],
    ['intervals', `cpandas\nInterval\n@@${names('right')}\x87R`, '](@e.'],
    ['slices', 'cbuiltins\nslice\n@@\x86R', '](@e.'],
    ['dicts', `}${names('key 1')}@s${names('key 2')}@s`, '](@e.'],
    ['frozen sets as a key', '(@\x91', ']}@K\x01sa.'],
  ])('are not unfolded: %s', (_what, make, use) => {
    let result: unknown;
    try {
      result = readPickle(chain(make, use), { limits: { deadlineMs: 20_000 } });
    } catch (error) {
      result = error;
    }
    expect(result instanceof PickleError ? result.code : Array.isArray(result)).toSatisfy((r) => r === true || r === 'pickle.limit' || r === 'pickle.malformed');
  });
});

describe('a large text column', () => {
  const texts = Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? null : i % 5 === 0 ? `né ${i}` : `host${i % 40}`));
  const frame = dataFrame([block(ndarray('O8', [1, 3000], texts), slice(0, 1))], index(['t']), rangeIndex(3000));

  it('can be read part by part or as a whole', () => {
    const [table] = readPickle(writePickle(frame, 4));
    const column = table?.columns[0];
    if (column?.type !== 'string') throw new Error('not text');
    expect(textSlice(column, 990, 1010)).toEqual(texts.slice(990, 1010));
    expect(textSlice(column, 2990, 4000)).toEqual(texts.slice(2990));
    expect(column.values).toEqual(texts);
    expect(structuredClone(column).values).toEqual(texts);
  });

  it('with something else in between is still right', () => {
    const mixed: PyIn[] = texts.map((t, i) => (i === 1500 ? 5 : t));
    const [table] = readPickle(writePickle(dataFrame([block(ndarray('O8', [1, 3000], mixed), slice(0, 1))], index(['t']), rangeIndex(3000)), 4));
    expect(table?.columns[0]?.values).toEqual(texts.map((t, i) => (i === 1500 ? '5' : t)));
  });
});

describe('looksLikePickle', () => {
  it('knows pickles of every protocol', () => {
    for (const p of shippedPickles()) expect([p.file, looksLikePickle(p.bytes().subarray(0, 512)) >= 0.7]).toEqual([p.file, true]);
    expect(looksLikePickle((shippedHostile().find((h) => h.file === 'exec_os.system.pkl') as { bytes: () => Uint8Array }).bytes())).toBeGreaterThan(0.7);
  });
  it.each([
    ['csv', 'a,b\n1,2\n'], ['brackets in csv', '(a),(b)\n1,2\n'], ['json', '{"a":1}'], ['json lines', '[{"a":1}]\n'], ['text', 'connection refused\nat 10:00\n'], ['gzip', '\x1f\x8b\x08\x00'],
    ['zip', 'PK\x03\x04'], ['parquet', 'PAR1\x15\x00'], ['empty', ''], ['utf-8 text', '\xe2\x80\xa6'], ['(log line', '(1234) started\n'], ['[section]', '[section]\nkey=1\n'], ['protocol 9', '\x80\x09K\x01.'],
  ])('is not fooled by %s', (_what, head) => {
    expect(looksLikePickle(Buffer.from(head, 'latin1'))).toBeLessThan(0.3);
  });
});
