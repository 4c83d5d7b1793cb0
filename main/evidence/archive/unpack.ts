/**
 * Unpacks an archive, and archives in it, into numbered files of the temporary folder, under limits. Hostile archives are refused
 * whole; single entries that can't be read are named and left out. Runs in the worker.
 */
import { createReadStream, openSync, closeSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import type { XzReadableStream as XzStream } from 'xz-decompress';
import { toAppError, CasebenchError } from '../../contract/index.ts';
import { containerOf, type Container } from './container.ts';
import { innerName, isLitter, nameProblem } from './entry-names.ts';
import { archiveLimits, createBudget, type ArchiveLimits } from './limits.ts';
import { store, type Context, type Unpacked } from './store.ts';
import { eachTarEntry } from './tar.ts';
import { eachZipEntry } from './zip.ts';

export type UnpackInput = {
  path: string;
  /** File name, for messages and to name what is inside. */
  name: string;
  outDir: string;
  /** Entries the analyst left out. */
  skip: string[];
  limits?: Partial<ArchiveLimits> | undefined;
  /** Take only the beginning of each entry, for a preview. */
  headBytes?: number | undefined;
};

const headOf = (path: string): Buffer => {
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(1_024);
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(fd);
  }
};

const decoders: Record<Exclude<Container, 'zip' | 'tar'>, (input: Readable) => Promise<Readable>> = {
  gzip: async (input) => input.pipe(zlib.createGunzip()),
  zstd: async (input) => {
    if (zlib.createZstdDecompress === undefined) throw new CasebenchError('import.unsupported', 'Zstandard needs a newer runtime. No table was added. Decompress the file and import that.');
    return input.pipe(zlib.createZstdDecompress());
  },
  bzip2: async (input) => {
    const { default: unbzip2 } = await import('unbzip2-stream');
    return new Readable().wrap(input.pipe(unbzip2()));
  },
  xz: async (input) => {
    // CommonJS: under Node its names are on the default export only
    const loaded: { XzReadableStream?: typeof XzStream; default?: { XzReadableStream: typeof XzStream } } = await import('xz-decompress');
    const XzReadableStream = loaded.XzReadableStream ?? loaded.default?.XzReadableStream;
    if (XzReadableStream === undefined) throw new Error('xz-decompress has changed');
    return Readable.fromWeb(new XzReadableStream(Readable.toWeb(input) as never) as never);
  },
};

const damaged = (name: string, thrown: unknown): CasebenchError =>
  new CasebenchError('import.malformed', `${name} can't be unpacked: it is damaged or cut off. No table was added. Get a complete copy and import that.`, { detail: String(thrown) });

/** A gzip with stray bytes behind it is complete if its checksum and length are found near the end and fit what came out. */
const completeGzip = (path: string, out: string): { path: string; bytes: number; cut: boolean } | null => {
  if (zlib.crc32 === undefined) return null;
  const fd = openSync(out, 'r');
  const buffer = Buffer.allocUnsafe(1 << 20);
  let bytes = 0;
  let crc = 0;
  try {
    for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) {
      crc = zlib.crc32(buffer.subarray(0, got), crc);
      bytes += got;
    }
  } finally {
    closeSync(fd);
  }
  const size = statSync(path).size;
  const tail = Buffer.alloc(Math.min(size, 4_096));
  const source = openSync(path, 'r');
  try {
    readSync(source, tail, 0, tail.length, size - tail.length);
  } finally {
    closeSync(source);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc >>> 0, 0);
  trailer.writeUInt32LE(bytes % 2 ** 32, 4);
  return bytes > 0 && tail.includes(trailer) ? { path: out, bytes, cut: false } : null;
};

const decompress = async (path: string, kind: Exclude<Container, 'zip' | 'tar'>, name: string, context: Context): Promise<{ path: string; bytes: number; cut: boolean }> => {
  const input = createReadStream(path, { highWaterMark: 1 << 20 });
  input.on('data', (chunk) => context.tell(chunk.length));
  try {
    const output = await decoders[kind](input);
    // an error of the source does not travel down a pipe by itself
    input.on('error', (error) => output.destroy(error));
    return await store(output, name, () => input.bytesRead, context);
  } catch (thrown) {
    if (thrown instanceof CasebenchError) throw thrown;
    // the runtime takes bytes after the end for another, broken member
    const whole = kind === 'gzip' ? completeGzip(path, context.lastFile()) : null;
    if (whole === null) throw damaged(name, thrown);
    return whole;
  } finally {
    input.destroy();
  }
};

/** Takes one file apart if it is an archive, else keeps it as an entry. `temporary` files are removed once they are taken apart. */
export const take = async (file: { path: string; name: string; entry: string; bytes: number; full: number | null; cut: boolean; temporary: boolean }, depth: number, context: Context): Promise<void> => {
  const kind = containerOf(headOf(file.path));
  const base = file.name.split('/').at(-1) ?? file.name;
  if (kind === null || (file.cut && (kind === 'zip'))) {
    if (file.temporary) context.result.entries.push({ entry: file.entry, path: file.path, name: base, sizeBytes: file.bytes, fullBytes: file.cut ? file.full : file.bytes, cut: file.cut });
    return;
  }
  context.budget.deeper(file.entry === '' ? base : file.entry, depth + 1);
  context.result.container ??= kind;
  if (kind === 'zip' || kind === 'tar') {
    const each = kind === 'zip' ? eachZipEntry : eachTarEntry;
    const seen = new Set<string>();
    await each(file.path, base, context, async (name, full, open) => {
      const entry = file.entry === '' ? name : `${file.entry}/${name}`;
      const problem = nameProblem(name);
      if (problem !== null) throw new CasebenchError('import.refused', `${base} is refused: its entry ${JSON.stringify(name.slice(0, 200))} ${problem}. Nothing was unpacked outside the case, no table was added. Treat the archive as hostile.`);
      if (isLitter(name) || context.skip.has(entry)) {
        context.result.skipped.push(entry);
        return;
      }
      context.budget.entry(entry);
      const key = name.normalize('NFC');
      if (seen.has(key)) {
        context.result.failed.push({ entry, error: toAppError(new CasebenchError('import.refused', `${entry} is in the archive twice. The second one was left out. Unpack it yourself to see both.`)) });
        return;
      }
      seen.add(key);
      const stored = await open(entry).catch((thrown: unknown) => {
        if (thrown instanceof CasebenchError && thrown.code === 'limit') throw thrown;
        context.result.failed.push({ entry, error: toAppError(thrown instanceof CasebenchError ? thrown : damaged(entry, thrown)) });
        return null;
      });
      if (stored !== null) await take({ ...stored, full, name, entry, temporary: true }, depth + 1, context);
    });
  } else {
    const name = innerName(base, kind);
    const out = await decompress(file.path, kind, file.entry === '' ? base : file.entry, context);
    await take({ ...out, full: null, name, entry: file.entry, temporary: true }, depth + 1, context);
  }
  if (file.temporary) rmSync(file.path, { force: true });
};

export const unpack = async (input: UnpackInput, onProgress: (bytes: number) => void): Promise<Unpacked> => {
  const result: Unpacked = { container: null, entries: [], skipped: [], failed: [] };
  const fileNumber = (n: number): string => join(input.outDir, `entry-${String(n).padStart(5, '0')}`);
  let files = 0;
  let done = 0;
  const context: Context = {
    budget: createBudget({ ...archiveLimits, ...input.limits }),
    result,
    outDir: input.outDir,
    skip: new Set(input.skip),
    headBytes: input.headBytes ?? null,
    tell(bytes) {
      done += bytes;
      onProgress(done);
    },
    nextFile() {
      files += 1;
      return fileNumber(files);
    },
    lastFile: () => fileNumber(files),
  };
  await take({ path: input.path, name: input.name, entry: '', bytes: statSync(input.path).size, full: null, cut: false, temporary: false }, 0, context);
  return result;
};
