/**
 * First look at a file: the head, which format it is, and for delimited text its dialect, columns and plan, from samples of the
 * beginning, the middle and the end. Runs in the worker; reads a few megabytes at most.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ImportOptions } from '../../contract/index.ts';
import type { Head } from '../importer.ts';
import { sniffFormat } from '../registry.ts';
import type { Encoding, Format } from '../types.ts';
import { containerOf, type Container } from '../archive/container.ts';
import { bomLength, decodeText, detectEncoding, isWide, looksBinary, toBinary } from './encoding.ts';

export const headBytes = 1 << 20;
/** Enough to tell formats apart. */
const sniffedBytes = 256 * 1024;

export type InspectInput = { path: string; name: string; options: ImportOptions };
export type Inspected = {
  sizeBytes: number;
  /** The file holds other files. */
  container: Container | null;
  /** Null: no importer takes it. */
  format: Format | null;
  confidence: number;
  /** What the first bytes say it is, when that is known but can't be read. */
  foreign: string | null;
};

export const readPiece = (path: string, from: number, length: number): { bytes: Buffer; size: number } => {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - from)));
    let got = 0;
    while (got < bytes.length) {
      const n = readSync(fd, bytes, got, bytes.length - got, from + got);
      if (n === 0) break;
      got += n;
    }
    return { bytes: bytes.subarray(0, got), size };
  } finally {
    closeSync(fd);
  }
};

export const headOf = (path: string, name: string, options: ImportOptions, length = headBytes): Head & { sizeBytes: number } => {
  const { bytes, size } = readPiece(path, 0, length);
  const encoding = options.encoding ?? detectEncoding(bytes);
  const text = isWide(encoding) ? decodeText(bytes, encoding) : toBinary(bytes.subarray(bomLength(bytes)));
  return { bytes, complete: bytes.length >= size, name, encoding, text, binary: looksBinary(bytes), sizeBytes: size };
};

/** Kinds of evidence that are known by their first bytes but that this version can't read. */
const foreignKinds: readonly { name: string; magic: readonly number[] }[] = [
  { name: 'a packet capture (pcap)', magic: [0xd4, 0xc3, 0xb2, 0xa1] },
  { name: 'a packet capture (pcap)', magic: [0xa1, 0xb2, 0xc3, 0xd4] },
  { name: 'a packet capture (pcap)', magic: [0x4d, 0x3c, 0xb2, 0xa1] },
  { name: 'a packet capture (pcapng)', magic: [0x0a, 0x0d, 0x0d, 0x0a] },
  { name: 'a Windows event log (EVTX)', magic: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65] },
  { name: 'a SQLite database', magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20] },
  { name: 'a Windows program', magic: [0x4d, 0x5a] },
  { name: 'a Linux program', magic: [0x7f, 0x45, 0x4c, 0x46] },
  { name: 'a 7-Zip archive', magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: 'a RAR archive', magic: [0x52, 0x61, 0x72, 0x21] },
  { name: 'an old Office document', magic: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: 'a PDF document', magic: [0x25, 0x50, 0x44, 0x46] },
  { name: 'a PNG image', magic: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'a JPEG image', magic: [0xff, 0xd8, 0xff] },
  { name: 'a registry hive', magic: [0x72, 0x65, 0x67, 0x66] },
];

export const inspectSource = ({ path, name, options }: InspectInput): Inspected => {
  const head = headOf(path, name, options, sniffedBytes);
  const container = containerOf(head.bytes);
  const foreign = container === null ? (foreignKinds.find((kind) => kind.magic.every((byte, i) => head.bytes[i] === byte))?.name ?? null) : null;
  if (container !== null || foreign !== null) return { sizeBytes: head.sizeBytes, container, format: null, confidence: 0, foreign };
  const sniffed = options.format === undefined ? sniffFormat(head) : { format: options.format, confidence: 1 };
  return { sizeBytes: head.sizeBytes, container: null, format: sniffed?.format ?? null, confidence: sniffed?.confidence ?? 0, foreign };
};

export const encodingOf = ({ path, options }: { path: string; options: ImportOptions }): { encoding: Encoding } => ({
  encoding: options.encoding ?? detectEncoding(readPiece(path, 0, 262_144).bytes),
});
