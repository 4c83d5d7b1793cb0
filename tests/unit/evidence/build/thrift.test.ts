import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readStruct, writeStruct, type Struct, type Value } from '../../../../main/evidence/build/thrift.ts';

const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>({ kind: 1 }, { kind: 2 }),
  fc.bigInt({ min: -128n, max: 127n }).map((int): Value => ({ kind: 3, int })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((int): Value => ({ kind: 6, int })),
  fc.uint8Array({ maxLength: 20 }).map((bytes): Value => ({ kind: 8, bytes: Buffer.from(bytes) })),
  fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes): Value => ({ kind: 7, bytes: Buffer.from(bytes) })),
);
const tree = fc.letrec<{ value: Value; struct: Value }>((tie) => ({
  struct: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 300 }), tie('value')), { selector: ([id]) => id, maxLength: 6 }).map((fields): Value => ({ kind: 12, fields: new Map(fields.sort((a, b) => a[0] - b[0])) })),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(fc.bigInt({ min: -1_000n, max: 1_000n }).map((int): Value => ({ kind: 5, int })), { maxLength: 20 }).map((items): Value => ({ kind: 9, of: 5, items })),
    fc.array(fc.constantFrom<Value>({ kind: 1 }, { kind: 2 }), { maxLength: 20 }).map((items): Value => ({ kind: 9, of: 1, items })),
    tie('struct'),
  ),
}));

it('writes what it reads', () => {
  fc.assert(fc.property(tree.struct, (value) => {
    const bytes = writeStruct(value as Struct);
    const back = readStruct(bytes);
    expect(back).toEqual(value);
    expect(writeStruct(back)).toEqual(bytes);
  }));
});

it('ends on anything else', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    try {
      readStruct(bytes);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(Error);
    }
  }));
});
