/** Entries of a zip, in the order of its directory. Encrypted ones, links and unknown methods are named; overlaps refuse the file. Runs in the worker. */
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import { CasebenchError } from '../../contract/index.ts';
import { store, type Context } from './store.ts';

/** `full` is the size the archive states. */
export type EachEntry = (name: string, full: number, open: (label: string) => Promise<{ path: string; bytes: number; cut: boolean }>) => Promise<void>;

const options = { lazyEntries: true, autoClose: false, decodeStrings: true, validateEntrySizes: true } as const;

/** A file up to where its archive ends. */
class FileUpTo extends yauzl.RandomAccessReader {
  readonly #path: string;
  constructor(path: string) {
    super();
    this.#path = path;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 });
  }
}

const endSize = 22;
const searched = 65_536 + endSize;

/** Where the archive ends; copies made by web tools carry bytes after it. Null when no end is found. */
const endOfArchive = (path: string): { end: number; size: number } | null => {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(Math.min(size, searched));
    readSync(fd, tail, 0, tail.length, size - tail.length);
    for (let at = tail.length - endSize; at >= 0; at -= 1) {
      if (tail.readUInt32LE(at) !== 0x06054b50) continue;
      const end = size - tail.length + at + endSize + tail.readUInt16LE(at + 20);
      if (end <= size) return { end, size };
    }
    return null;
  } finally {
    closeSync(fd);
  }
};

const openZip = (path: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    const found = endOfArchive(path);
    const done = (error: Error | null, zip: yauzl.ZipFile): void => (error === null || error === undefined ? resolve(zip) : reject(error));
    if (found === null || found.end === found.size) yauzl.open(path, options, done);
    else yauzl.fromRandomAccessReader(new FileUpTo(path), found.end, options, done);
  });

const directory = (zip: yauzl.ZipFile, context: Context): Promise<yauzl.Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      try {
        context.budget.listed(entry.fileName, entries.length);
      } catch (thrown) {
        reject(thrown as Error);
        return;
      }
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });

const streamOf = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error === null || error === undefined ? resolve(stream) : reject(error)));
  });

const isLink = (entry: yauzl.Entry): boolean => entry.versionMadeBy >>> 8 === 3 && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
const isSpecial = (entry: yauzl.Entry): boolean => {
  const type = entry.versionMadeBy >>> 8 === 3 ? (entry.externalFileAttributes >>> 16) & 0o170000 : 0;
  return type !== 0 && type !== 0o100000 && type !== 0o040000;
};

/** Two entries that share bytes: the way small archives unpack to enormous ones. */
const overlapping = (entries: readonly yauzl.Entry[]): yauzl.Entry | null => {
  const sorted = entries.filter((entry) => entry.compressedSize > 0).sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of sorted) {
    if (entry.relativeOffsetOfLocalHeader < end) return entry;
    end = entry.relativeOffsetOfLocalHeader + 30 + entry.compressedSize;
  }
  return null;
};

const refused = (archive: string, why: string): CasebenchError =>
  new CasebenchError('import.refused', `${archive} is refused: ${why}. Nothing was unpacked outside the case, no table was added. Treat the archive as hostile.`);

const opening = async <T>(archive: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof CasebenchError) throw thrown;
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    // yauzl checks names itself
    if (/absolute path|invalid relative path|invalid characters in fileName/.test(text)) throw refused(archive, `an entry's name points outside the archive (${text})`);
    throw new CasebenchError('import.malformed', `${archive} can't be unpacked: it is damaged or cut off. No table was added. Get a complete copy and import that.`, { detail: text });
  }
};

export const eachZipEntry = async (path: string, archive: string, context: Context, visit: EachEntry): Promise<void> => {
  const zip = await opening(archive, () => openZip(path));
  try {
    const entries = await opening(archive, () => directory(zip, context));
    if (entries.some((entry) => entry.fileName === '[Content_Types].xml')) {
      throw new CasebenchError('import.unsupported', `${archive} is an Office document, which Casebench can't read. No table was added. Save its sheets as CSV and import those.`);
    }
    const overlap = overlapping(entries);
    if (overlap !== null) throw refused(archive, `its entry ${JSON.stringify(overlap.fileName)} overlaps another`);
    for (const entry of entries) {
      context.tell(entry.compressedSize);
      if (entry.fileName.endsWith('/')) continue;
      await visit(entry.fileName, entry.uncompressedSize, async (label) => {
        if (isLink(entry) || isSpecial(entry)) throw new CasebenchError('import.refused', `${label} is a link or a device, not a file. It was left out.`);
        if ((entry.generalPurposeBitFlag & 1) !== 0) throw new CasebenchError('import.unsupported', `${label} is encrypted. It was left out. Unpack it with its password and import what is in it.`);
        if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw new CasebenchError('import.unsupported', `${label} is packed with method ${entry.compressionMethod}, which Casebench can't read. It was left out. Unpack it with another program and import what is in it.`);
        return store(await streamOf(zip, entry), label, () => entry.compressedSize, context);
      });
    }
  } finally {
    zip.close();
  }
};
