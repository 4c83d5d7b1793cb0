/**
 * What an archive may cost: counted on bytes that really come out, never on what its headers promise. Shared by everything nested
 * in one evidence file.
 */
import { CasebenchError } from '../../contract/index.ts';

export type ArchiveLimits = {
  maxEntries: number;
  /** Inflated bytes of all entries and layers together. */
  maxTotalBytes: number;
  maxEntryBytes: number;
  /** Inflated bytes per byte read, once an entry is larger than `ratioFromBytes`. */
  maxRatio: number;
  ratioFromBytes: number;
  /** Archives inside archives; a compressed tar counts twice. */
  maxDepth: number;
};

export const archiveLimits: ArchiveLimits = {
  maxEntries: 10_000,
  maxTotalBytes: 64 * 1_073_741_824,
  maxEntryBytes: 32 * 1_073_741_824,
  maxRatio: 400,
  ratioFromBytes: 64 * 1_048_576,
  maxDepth: 4,
};

const size = (bytes: number): string => (bytes >= 1_073_741_824 ? `${Math.round(bytes / 107_374_182.4) / 10} GB` : bytes >= 1_048_576 ? `${Math.round(bytes / 1_048_576)} MB` : `${bytes} bytes`);

const limit = (what: string): CasebenchError =>
  new CasebenchError('limit', `${what} No table was added, nothing was written outside the case. Unpack the archive yourself if you trust it, then import its files.`);

export type Budget = {
  /** An archive's directory names so many entries, before any is taken. */
  listed(name: string, count: number): void;
  entry(name: string): void;
  /** Called with every piece that comes out. */
  inflated(name: string, bytes: number, entryBytes: number, compressedBytes: number): void;
  deeper(name: string, depth: number): void;
};

export const createBudget = (limits: ArchiveLimits): Budget => {
  let entries = 0;
  let total = 0;
  const check = (name: string, count: number): void => {
    if (count > limits.maxEntries) throw limit(`${name} is past the limit of ${limits.maxEntries.toLocaleString('en-US')} archive entries.`);
  };
  return {
    listed: (name, count) => check(name, entries + count),
    entry(name) {
      entries += 1;
      check(name, entries);
    },
    inflated(name, bytes, entryBytes, compressedBytes) {
      total += bytes;
      if (entryBytes > limits.maxEntryBytes) throw limit(`${name} unpacks to more than ${size(limits.maxEntryBytes)}.`);
      if (total > limits.maxTotalBytes) throw limit(`The archive unpacks to more than ${size(limits.maxTotalBytes)} in all; the limit was reached in ${name}.`);
      if (entryBytes > limits.ratioFromBytes && entryBytes > compressedBytes * limits.maxRatio) {
        throw limit(`${name} unpacks to more than ${limits.maxRatio} times its size, as archives made to fill disks do.`);
      }
    },
    deeper(name, depth) {
      if (depth > limits.maxDepth) throw limit(`${name} lies more than ${limits.maxDepth} archives deep.`);
    },
  };
};
