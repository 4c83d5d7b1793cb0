/**
 * Text that is still bytes: where each text of a column lies in the file, decoded on demand.
 * Owns: compact references to texts and their decoding. Must not: hold text the caller has not
 * asked for. A large text column costs 4 bytes per row until it is read.
 */

import { createTextReader } from './text-decode.ts';

/** A column of texts that can be decoded range by range. */
export type TextStore = {
  readonly length: number;
  /** Texts of rows `from` (inclusive) to `to` (exclusive); null where missing. */
  decode(from: number, to: number): (string | null)[];
};

/** References: None, NaN, or the offset of a text instruction plus 2. */
export const REF_NONE = 0;
export const REF_NAN = 1;
export const REF_BASE = 2;

export type Refs = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

export type TextSource = {
  /** Text of a reference ≥ REF_BASE. */
  textOf(ref: number): string;
  makeRefs(length: number): Refs;
};

const SHORT_BINUNICODE = 0x8c;

/** Texts of a pickle, addressed by the offset of their SHORT_BINUNICODE or BINUNICODE. */
export function createTextSource(bytes: Uint8Array): TextSource {
  const reader = createTextReader(bytes);
  const wide = bytes.length >= 2 ** 32 - 16;
  return {
    textOf(ref) {
      const at = ref - REF_BASE;
      if (bytes[at] === SHORT_BINUNICODE) return reader.utf8(at + 2, bytes[at + 1] as number);
      const length = ((bytes[at + 1] as number) | ((bytes[at + 2] as number) << 8) | ((bytes[at + 3] as number) << 16) | ((bytes[at + 4] as number) << 24)) >>> 0;
      return reader.utf8(at + 5, length);
    },
    makeRefs: (length) => (wide ? new Float64Array(length) : new Uint32Array(length)),
  };
}

export function refStore(source: TextSource, refs: Refs): TextStore {
  return {
    length: refs.length,
    decode(from, to) {
      const out: (string | null)[] = new Array<string | null>(to - from);
      for (let i = from; i < to; i++) {
        const ref = refs[i] as number;
        out[i - from] = ref < REF_BASE ? null : source.textOf(ref);
      }
      return out;
    },
  };
}
