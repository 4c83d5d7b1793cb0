/**
 * Zip, gzip and tar.gz with fixed times and a pure JavaScript deflate, so that the same content gives the same bytes on every
 * machine (the zlib inside Node differs between processors).
 */
import { gzipSync, zipSync } from 'fflate';
import { utf8 } from './text-tables.ts';

const LEVEL = 9;

/** Local fields on purpose: zip stores wall-clock time, and fflate reads it back with the local getters. */
const EXPORTED_AT = new Date(2026, 2, 12, 6, 0, 0);

export type Member = { readonly name: string; readonly bytes: Uint8Array };

export function zip(members: readonly Member[]): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  for (const member of members) files[member.name] = member.bytes;
  return zipSync(files, { level: LEVEL, mtime: EXPORTED_AT });
}

export const gzip = (bytes: Uint8Array, name: string): Uint8Array => gzipSync(bytes, { level: LEVEL, filename: name, mtime: 0 });

const BLOCK = 512;
const EXPORTED_AT_SECONDS = 1_773_295_200; // 12 March 2026 06:00 UTC

function tarHeader(member: Member): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, offset: number): void => header.set(utf8(text), offset);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width, '0')}\0`;
  put(member.name, 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(member.bytes.length, 11), 124);
  put(octal(EXPORTED_AT_SECONDS, 11), 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

export function tarGz(members: readonly Member[], name: string): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const member of members) {
    const padding = (BLOCK - (member.bytes.length % BLOCK)) % BLOCK;
    parts.push(tarHeader(member), member.bytes, new Uint8Array(padding));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return gzip(new Uint8Array(Buffer.concat(parts)), name);
}
