/**
 * Looks at a write-ahead log before SQLite opens it. SQLite reads a log up to its first broken frame and drops the rest without a
 * word; this finds out whether commits stand behind that frame, so that their loss can be told. Must not change the file.
 * Format and checksum: sqlite.org/fileformat2.html, section 4 (the write-ahead log).
 */
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { fileBytes } from './backup.ts';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** Checksums over little-endian words; the other form is written by big-endian machines only. */
const littleEndianMagic = 0x37_7f_06_82;

/** Commits that the log holds and that can't be read any more. 0 for a sound log, a missing one, and one this machine can't judge. */
export const unreadableCommits = (walFile: string): number => {
  if (fileBytes(walFile) < headerBytes || endianness() !== 'LE') return 0;
  const wal = readFileSync(walFile);
  const pageBytes = wal.readUInt32BE(8);
  if (wal.readUInt32BE(0) !== littleEndianMagic || !isPageSize(pageBytes)) return commitsBehind(wal, 4_096, 0, null);
  const words = new Uint32Array(wal.buffer.slice(wal.byteOffset, wal.byteOffset + wal.length - (wal.length % 4)));
  let s0 = 0;
  let s1 = 0;
  const add = (fromByte: number, bytes: number): void => {
    const end = (fromByte + bytes) / 4;
    for (let i = fromByte / 4; i < end; i += 2) {
      s0 = (s0 + (words[i] as number) + s1) >>> 0;
      s1 = (s1 + (words[i + 1] as number) + s0) >>> 0;
    }
  };
  add(0, 24);
  const salts = wal.subarray(16, 24);
  if (s0 !== wal.readUInt32BE(24) || s1 !== wal.readUInt32BE(28)) return commitsBehind(wal, pageBytes, 0, null);
  const frameBytes = frameHeaderBytes + pageBytes;
  let frame = 0;
  for (; headerBytes + (frame + 1) * frameBytes <= wal.length; frame += 1) {
    const at = headerBytes + frame * frameBytes;
    if (!wal.subarray(at + 8, at + 16).equals(salts)) return 0;
    add(at, 8);
    add(at + frameHeaderBytes, pageBytes);
    if (s0 !== wal.readUInt32BE(at + 16) || s1 !== wal.readUInt32BE(at + 20)) return commitsBehind(wal, pageBytes, frame, salts);
  }
  return 0;
};

const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;

/** Frames of the same generation of the log, from `frame` on, that end a commit. `salts` null: those of the first frame. */
const commitsBehind = (wal: Buffer, pageBytes: number, frame: number, salts: Buffer | null): number => {
  const frameBytes = frameHeaderBytes + pageBytes;
  let generation = salts;
  let commits = 0;
  for (let at = headerBytes + frame * frameBytes; at + frameBytes <= wal.length; at += frameBytes) {
    const own = wal.subarray(at + 8, at + 16);
    generation ??= own;
    if (own.equals(generation) && wal.readUInt32BE(at) > 0 && wal.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
};
