/**
 * What unpacking has found so far, and the one way an entry's bytes reach the temporary folder: counted against the budget as they
 * come. Knows no archive format. Runs in the worker.
 */
import { createWriteStream } from 'node:fs';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AppError } from '../../contract/index.ts';
import type { Container } from './container.ts';
import type { Budget } from './limits.ts';

export type UnpackedEntry = {
  entry: string;
  path: string;
  /** Without folders. */
  name: string;
  sizeBytes: number;
  /** What the archive says it unpacks to; null when it does not say. */
  fullBytes: number | null;
  /** `path` holds only the beginning. */
  cut: boolean;
};
export type Unpacked = {
  container: Container | null;
  entries: UnpackedEntry[];
  skipped: string[];
  failed: { entry: string; error: AppError }[];
};

export type Context = {
  budget: Budget;
  result: Unpacked;
  outDir: string;
  skip: ReadonlySet<string>;
  headBytes: number | null;
  tell(bytes: number): void;
  nextFile(): string;
  lastFile(): string;
};

class EnoughRead extends Error {}

/**
 * Writes a stream to a numbered file under the budget. `compressed` says how many bytes were read for it so far.
 * With `headBytes`, stops there quietly.
 */
export const store = async (stream: Readable, name: string, compressed: () => number, context: Context): Promise<{ path: string; bytes: number; cut: boolean }> => {
  const path = context.nextFile();
  let bytes = 0;
  let cut = false;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      try {
        context.budget.inflated(name, chunk.length, bytes, Math.max(1, compressed()));
      } catch (thrown) {
        done(thrown as Error);
        return;
      }
      if (context.headBytes !== null && bytes > context.headBytes) {
        cut = true;
        bytes -= chunk.length;
        done(new EnoughRead());
        return;
      }
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, counter, createWriteStream(path));
  } catch (thrown) {
    if (!(thrown instanceof EnoughRead)) throw thrown;
  }
  return { path, bytes, cut };
};
