/**
 * What is inside an evidence file: itself, or the entries of the archive it is, unpacked into the temporary folder under limits.
 * Never writes beside the user's files, never trusts a name from an archive.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../contract/index.ts';
import type { Container } from './archive/container.ts';
import type { WorkerPool } from './work/pool.ts';

export type Item = {
  /** Path inside the archive; '' for the file itself. */
  entry: string;
  path: string;
  label: string;
  /** Without folders. */
  name: string;
  sizeBytes: number;
  /** A copy in the temporary folder. */
  temporary: boolean;
  /** All of it, where only the beginning is here; null when nobody knows. */
  fullBytes: number | null;
  /** Only its beginning. */
  cut: boolean;
};

export type OpenItems = {
  items: Item[];
  unpacked: boolean;
  container: Container | null;
  /** Entries nobody wants: resource forks, folder settings. */
  skipped: string[];
  /** Entries that can't be read; the others can. */
  failed: { label: string; error: AppError }[];
};

export type OpenItemsInput = {
  path: string;
  label: string;
  tempDir: string;
  pool: WorkerPool;
  signal: AbortSignal | undefined;
  /** Entries the analyst left out. */
  skip: string[];
  /** Take only the beginning of each entry, for a preview. */
  headBytes?: number | undefined;
  onProgress(share: number): void;
};

const labelOf = (file: string, entry: string): string => (entry === '' ? file : `${file} › ${entry}`);

export const openItems = async ({ path, label, tempDir, pool, signal, skip, headBytes, onProgress }: OpenItemsInput): Promise<OpenItems> => {
  const { size } = await stat(path);
  const outDir = join(tempDir, 'unpacked');
  await mkdir(outDir, { recursive: true });
  const unpacked = await pool.call('unpack', { path, name: label, outDir, skip, headBytes }, { signal, onProgress: (bytes) => onProgress(Math.min(1, bytes / Math.max(1, size))) });
  if (unpacked.container === null) {
    return { items: [{ entry: '', path, label, name: label, sizeBytes: size, fullBytes: size, temporary: false, cut: false }], unpacked: false, container: null, skipped: [], failed: [] };
  }
  return {
    items: unpacked.entries.map((entry) => ({ entry: entry.entry, path: entry.path, label: labelOf(label, entry.entry), name: entry.name, sizeBytes: entry.sizeBytes, fullBytes: entry.fullBytes, temporary: true, cut: entry.cut })),
    unpacked: true, container: unpacked.container, skipped: unpacked.skipped,
    failed: unpacked.failed.map(({ entry, error }) => ({ label: labelOf(label, entry), error })),
  };
};
