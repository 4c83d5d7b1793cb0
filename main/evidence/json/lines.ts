/**
 * Lines of a JSON-lines file as text, with the facts that decide whether DuckDB can read the file as it stands: encoding, marks
 * at the start, longest line. Runs in the worker.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Encoding } from '../types.ts';
import { bomLength, decodeText, isWide } from '../work/encoding.ts';

/** A record longer than this is set aside: nothing in the product could show it. */
export const maxLineBytes = 64 * 1_048_576;
const pieceBytes = 4 << 20;

export type Line = {
  /** 1-based. */
  number: number;
  text: string;
  /** The bytes were not UTF-8 and read as Latin-1. */
  repaired: boolean;
  /** Longer than allowed: `text` is its beginning. */
  tooLong: boolean;
  /** The file ends without a line end after it. */
  last: boolean;
};

export type LineReader = {
  next(): Line | null;
  readonly size: number;
  readonly longestBytes: number;
  close(): void;
};

/** @param limit stop after so many bytes; the cut line is left out. */
export const openLines = (path: string, encoding: Encoding, options: { limit?: number | undefined; onProgress?: (bytes: number) => void } = {}): LineReader => {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  const end = Math.min(size, options.limit ?? size);
  const wide = isWide(encoding);
  let position = 0;
  let rest: Buffer = Buffer.alloc(0);
  let queue: { text: string; repaired: boolean; tooLong: boolean; last: boolean }[] = [];
  let at = 0;
  let number = 0;
  let longestBytes = 0;
  let skipping = false;
  let ended = false;

  /** Where the last whole line of `bytes` ends, in bytes; -1 for none. */
  const lastBreak = (bytes: Buffer): number => {
    if (!wide) return bytes.lastIndexOf(10);
    const low = encoding === 'utf-16le' ? 0 : 1;
    for (let i = (bytes.length & ~1) - 2; i >= 0; i -= 2) if (bytes[i + low] === 10 && bytes[i + 1 - low] === 0) return i + 1;
    return -1;
  };
  const decode = (bytes: Buffer): void => {
    if (wide || encoding === 'latin-1') {
      for (const text of decodeText(bytes, encoding).split('\n')) queue.push({ text, repaired: false, tooLong: false, last: false });
      return;
    }
    if (isUtf8(bytes)) {
      for (const text of bytes.toString('utf8').split('\n')) queue.push({ text, repaired: false, tooLong: false, last: false });
      return;
    }
    for (let from = 0; from <= bytes.length; ) {
      const next = bytes.indexOf(10, from);
      const line = bytes.subarray(from, next < 0 ? bytes.length : next);
      const good = isUtf8(line);
      queue.push({ text: good ? line.toString('utf8') : decodeText(line, 'latin-1'), repaired: !good, tooLong: false, last: false });
      if (next < 0) break;
      from = next + 1;
    }
  };

  const load = (): boolean => {
    while (!ended) {
      const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(0, end - position)));
      const got = buffer.length === 0 ? 0 : readSync(fd, buffer, 0, buffer.length, position);
      if (got === 0) {
        ended = true;
        const cut = end < size;
        if (rest.length > 0 && !skipping && !cut) {
          decode(rest);
          const final = queue.at(-1);
          if (final !== undefined) final.last = true;
        }
        return queue.length > 0;
      }
      const first = position === 0;
      position += got;
      options.onProgress?.(position);
      const piece = buffer.subarray(first ? bomLength(buffer.subarray(0, Math.min(4, got))) : 0, got);
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const cut = lastBreak(bytes);
      if (cut < 0) {
        if (bytes.length <= maxLineBytes) rest = bytes;
        else {
          // only the beginning is kept; the rest is passed over up to the next line end
          if (!skipping) queue.push({ text: decodeText(bytes.subarray(0, 4_096), encoding), repaired: false, tooLong: true, last: false });
          skipping = true;
          rest = Buffer.alloc(0);
          if (queue.length > 0) return true;
        }
        continue;
      }
      rest = bytes.subarray(cut + 1);
      let whole = bytes.subarray(0, wide ? cut - 1 : cut);
      if (skipping) {
        const stop = wide ? -1 : whole.indexOf(10);
        whole = stop < 0 ? whole.subarray(whole.length) : whole.subarray(stop + 1);
        skipping = false;
        if (stop < 0) continue;
      }
      decode(whole);
      return true;
    }
    return false;
  };

  return {
    size,
    get longestBytes() {
      return longestBytes;
    },
    next() {
      if (at >= queue.length) {
        queue = [];
        at = 0;
        if (!load()) return null;
      }
      const line = queue[at];
      if (line === undefined) return null;
      at += 1;
      number += 1;
      if (line.text.length * 3 > longestBytes) longestBytes = Math.max(longestBytes, Buffer.byteLength(line.text));
      return { number, ...line };
    },
    close: () => closeSync(fd),
  };
};
