/** Writes text to a file in large pieces. Runs in the worker. */
import { closeSync, openSync, writeSync } from 'node:fs';

const flushAt = 1 << 20;

export type TextWriter = { write(text: string): void; close(): void };

export const createTextWriter = (path: string): TextWriter => {
  const fd = openSync(path, 'w');
  let parts: string[] = [];
  let length = 0;
  const flush = (): void => {
    if (parts.length > 0) writeSync(fd, parts.join(''));
    parts = [];
    length = 0;
  };
  return {
    write(text) {
      parts.push(text);
      length += text.length;
      if (length >= flushAt) flush();
    },
    close() {
      flush();
      closeSync(fd);
    },
  };
};
