/**
 * Which encoding bytes are in, and text out of them. UTF-8 and single-byte files are handled as one character per byte until a
 * value is needed, so that a record that breaks the encoding can still be read on its own. Runs in the worker.
 */
import { isUtf8 } from 'node:buffer';
import type { Encoding } from '../types.ts';

/** Bytes in a byte order mark. */
export const bomLength = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) ? 2 : 0;

/** Drops a character cut off at the end of a piece of a file. */
export const wholeUtf8 = (bytes: Uint8Array): Uint8Array => {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
};

const utf16Guess = (bytes: Uint8Array): Encoding | null => {
  const length = Math.min(bytes.length, 4_096) & ~1;
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  const half = length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be';
  return null;
};

/** @param head the first bytes of the file; may end inside a character. */
export const detectEncoding = (head: Uint8Array): Encoding => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8-bom';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return utf16Guess(head) ?? (isUtf8(wholeUtf8(head)) ? 'utf-8' : 'latin-1');
};

/** Bytes that are no text in any of the encodings: control characters that no log writes. */
export const looksBinary = (head: Uint8Array): boolean => {
  if (bomLength(head) > 0 || utf16Guess(head) !== null) return false;
  let odd = 0;
  const length = Math.min(head.length, 65_536);
  for (let i = 0; i < length; i += 1) {
    const byte = head[i] ?? 0;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd += 1;
  }
  return odd > length * 0.01;
};

// labels of the Encoding Standard: `latin1` there is Windows-1252, which is what files called Latin-1 hold
const windows1252 = new TextDecoder('latin1');

/** Bytes that claim to be UTF-8; those that are not are read as Latin-1, which loses nothing. */
export const decodeUtf8OrLatin1 = (bytes: Uint8Array): { text: string; repaired: boolean } => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(bytes) ? { text: buffer.toString('utf8'), repaired: false } : { text: windows1252.decode(bytes), repaired: true };
};

export const decodeText = (bytes: Uint8Array, encoding: Encoding): string => {
  switch (encoding) {
    case 'utf-16le':
      return new TextDecoder('utf-16le').decode(bytes);
    case 'utf-16be':
      return new TextDecoder('utf-16be').decode(bytes);
    case 'latin-1':
      return windows1252.decode(bytes);
    default:
      return decodeUtf8OrLatin1(bytes.subarray(bomLength(bytes))).text;
  }
};

/** One character per byte, and back. */
export const toBinary = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
export const fromBinary = (binary: string): Buffer => Buffer.from(binary, 'latin1');
export const isWide = (encoding: Encoding): boolean => encoding === 'utf-16le' || encoding === 'utf-16be';
