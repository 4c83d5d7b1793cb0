/**
 * Reads a text file piece by piece, as one character per byte (UTF-8, Latin-1) or as decoded text (UTF-16). Synchronous: the
 * worker has nothing else to do. Progress is told in bytes.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Encoding } from '../types.ts';
import { bomLength, isWide, toBinary } from './encoding.ts';

export type TextSource = {
  /** The next piece; null at the end. */
  next(): string | null;
  /** Bytes read so far. */
  readonly done: number;
  readonly size: number;
  close(): void;
};

const pieceBytes = 1 << 20;

/** @param limit stop after so many bytes. */
export const openTextSource = (path: string, encoding: Encoding, options: { limit?: number; onProgress?: (bytes: number) => void } = {}): TextSource => {
  const fd = openSync(path, 'r');
  const size = fstatSync(fd).size;
  const end = Math.min(size, options.limit ?? size);
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const decoder = isWide(encoding) ? new TextDecoder(encoding, { ignoreBOM: false }) : null;
  let done = 0;
  let flushed = false;
  return {
    get done() {
      return done;
    },
    size,
    next() {
      for (;;) {
        const wanted = Math.min(pieceBytes, end - done);
        const got = wanted > 0 ? readSync(fd, buffer, 0, wanted, done) : 0;
        if (got === 0) {
          if (decoder === null || flushed) return null;
          flushed = true;
          const rest = decoder.decode();
          return rest === '' ? null : rest;
        }
        const first = done === 0;
        done += got;
        options.onProgress?.(done);
        const bytes = buffer.subarray(first && decoder === null ? bomLength(buffer.subarray(0, Math.min(got, 4))) : 0, got);
        const text = decoder === null ? toBinary(bytes) : decoder.decode(bytes, { stream: true });
        if (text !== '') return text;
      }
    },
    close: () => closeSync(fd),
  };
};

/** The same from bytes already in memory, e.g. the head of a file. */
export const textSourceOf = (bytes: Uint8Array, encoding: Encoding): TextSource => {
  let given = false;
  return {
    get done() {
      return given ? bytes.length : 0;
    },
    size: bytes.length,
    next() {
      if (given) return null;
      given = true;
      return isWide(encoding) ? new TextDecoder(encoding).decode(bytes) : toBinary(bytes.subarray(bomLength(bytes)));
    },
    close: () => undefined,
  };
};
