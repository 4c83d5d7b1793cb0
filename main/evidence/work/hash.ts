/** SHA-256 of a file, with a copy written in the same pass when asked for. Runs in the worker, beside the import. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

export type Hashed = { sha256: string; sizeBytes: number; modifiedMs: number };

const pieceBytes = 4 << 20;

export const hashFile = ({ path, copyTo }: { path: string; copyTo: string | null }, onProgress: (bytes: number) => void): Hashed => {
  const fd = openSync(path, 'r');
  const out = copyTo === null ? null : openSync(copyTo, 'wx');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(pieceBytes);
    let done = 0;
    for (;;) {
      const got = readSync(fd, buffer, 0, pieceBytes, done);
      if (got === 0) break;
      const piece = buffer.subarray(0, got);
      hash.update(piece);
      for (let written = 0; out !== null && written < got; ) written += writeSync(out, piece, written);
      done += got;
      onProgress(done);
    }
    if (out !== null) fsyncSync(out);
    return { sha256: hash.digest('hex'), sizeBytes: done, modifiedMs: fstatSync(fd).mtimeMs };
  } finally {
    closeSync(fd);
    if (out !== null) closeSync(out);
  }
};
