/**
 * Cuts a JSON document of any size into its records without parsing it: elements of an array, values that follow each other, or
 * the first array of objects inside a wrapping object. Memory is bounded by the longest record. Works on bytes. Runs in the worker.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { bomLength } from '../work/encoding.ts';
import { maxLineBytes } from './lines.ts';

const pieceBytes = 1 << 20;

export type ElementVisitor = {
  /** One record, exactly as written. */
  element(bytes: Buffer): void;
  /** A record longer than allowed, or cut off by the end of the file; `bytes` is its beginning. */
  broken(bytes: Buffer, reason: string): void;
};

export type SplitMode = 'sequence' | 'wrapper';

/** A key as it is meant, from how it is written. */
const keyOf = (written: string): string => {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
};

const space = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** @returns name of the wrapping key and of others that hold arrays, for a wrapper. */
export const splitElements = (
  path: string, mode: SplitMode, visitor: ElementVisitor, options: { limit?: number | undefined; onProgress?: (bytes: number) => void } = {},
): { key: string | null; others: string[] } => {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  const end = Math.min(size, options.limit ?? size);
  const cut = end < size;
  const buffer = Buffer.allocUnsafe(pieceBytes);

  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Depth at which the elements lie: 0 following each other, 1 in an array, 2 in a wrapper's array; -1 not found yet. */
  let target = mode === 'sequence' ? 0 : -1;
  /** The array that elements are taken from is open. */
  let open = mode === 'sequence';
  let parts: Buffer[] = [];
  let partBytes = 0;
  let from = -1;
  let tooLong = false;
  // wrapper only
  let key: string | null = null;
  const others: string[] = [];
  let lastString = '';
  let stringFrom = -1;
  let pendingKey: string | null = null;
  let awaitElement = false;

  const finish = (piece: Buffer, to: number): void => {
    const tail = piece.subarray(from, to);
    const whole = parts.length === 0 ? Buffer.from(tail) : Buffer.concat([...parts, tail]);
    if (tooLong) visitor.broken(whole.subarray(0, 4_096), 'Record is longer than 64 MB');
    else visitor.element(whole);
    parts = [];
    partBytes = 0;
    from = -1;
    tooLong = false;
  };

  try {
    let position = 0;
    for (;;) {
      const wanted = Math.min(pieceBytes, end - position);
      const got = wanted > 0 ? readSync(fd, buffer, 0, wanted, position) : 0;
      if (got === 0) break;
      let i = position === 0 ? bomLength(buffer.subarray(0, Math.min(4, got))) : 0;
      position += got;
      options.onProgress?.(position);
      const piece = buffer.subarray(0, got);
      if (from >= 0) from = 0;
      if (stringFrom >= 0) stringFrom = 0;
      for (; i < got; i += 1) {
        const byte = piece[i] ?? 0;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === 92) escaped = true;
          else if (byte === 34) {
            inString = false;
            if (stringFrom >= 0) {
              lastString += piece.toString('utf8', stringFrom, i);
              stringFrom = -1;
            }
          }
          continue;
        }
        if (awaitElement && !space(byte)) {
          awaitElement = false;
          // only an array of objects is a table
          if (byte === 123 && key === null) {
            key = pendingKey;
            target = 2;
            open = true;
          } else if (pendingKey !== null) others.push(pendingKey);
        }
        if (open && from < 0 && depth === target && !space(byte) && byte !== 44 && byte !== 93) {
          // following each other, an array is opened instead of taken whole
          if (target === 0 && byte === 91) {
            target = 1;
            depth = 1;
            continue;
          }
          from = i;
        }
        switch (byte) {
          case 34:
            inString = true;
            if (mode === 'wrapper' && depth === 1 && target < 0) {
              stringFrom = i + 1;
              lastString = '';
            }
            break;
          case 58:
            if (mode === 'wrapper' && depth === 1) pendingKey = keyOf(lastString);
            break;
          case 123:
          case 91:
            depth += 1;
            if (mode === 'wrapper' && byte === 91 && depth === 2 && from < 0) awaitElement = true;
            break;
          case 125:
          case 93:
            if (from >= 0 && depth === target) finish(piece, i);
            depth -= 1;
            if (open && target > 0 && depth === target - 1 && byte === 93) {
              if (mode === 'sequence') target = 0;
              else open = false;
            }
            if (from >= 0 && depth === target && byte === 125) finish(piece, i + 1);
            else if (from >= 0 && depth === target && byte === 93) finish(piece, i + 1);
            break;
          case 44:
            if (from >= 0 && depth === target) finish(piece, i);
            break;
          default:
            // bare values that follow each other
            if (target === 0 && from >= 0 && depth === 0 && space(byte)) finish(piece, i);
        }
      }
      if (from >= 0) {
        const tail = Buffer.from(piece.subarray(from));
        if (partBytes + tail.length > maxLineBytes) tooLong = true;
        if (!tooLong || parts.length === 0) {
          parts.push(tail);
          partBytes += tail.length;
        }
      }
      if (stringFrom >= 0) lastString += piece.toString('utf8', stringFrom);
    }
    if (from >= 0 && !cut) {
      const rest = Buffer.concat(parts);
      if (target === 0 && depth === 0 && !inString) visitor.element(rest);
      else visitor.broken(tooLong ? rest.subarray(0, 4_096) : rest, tooLong ? 'Record is longer than 64 MB' : 'File ends inside a record');
    }
    return { key, others };
  } finally {
    closeSync(fd);
  }
};
