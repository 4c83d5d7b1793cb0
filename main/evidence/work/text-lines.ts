/** Writes the lines of a text file as CSV: line number and text. Runs in the worker. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { ImportOptions } from '../../contract/index.ts';
import type { Encoding } from '../types.ts';
import { decodeText, decodeUtf8OrLatin1, fromBinary, isWide } from './encoding.ts';
import { headOf } from './inspect-source.ts';
import { openTextSource } from './text-source.ts';

const longestLine = 16 * 1_048_576;

export const textLines = (
  input: { path: string; name: string; options: ImportOptions; out: string; limit?: number | undefined },
  onProgress: (bytes: number) => void,
): { encoding: Encoding; rows: number } => {
  const { encoding } = headOf(input.path, input.name, input.options, 65_536);
  const source = openTextSource(input.path, encoding, { onProgress, ...(input.limit === undefined ? {} : { limit: input.limit }) });
  const out = openSync(input.out, 'w');
  let rows = 0;
  const decode = (raw: string): string => (isWide(encoding) ? raw : encoding === 'latin-1' ? decodeText(fromBinary(raw), 'latin-1') : decodeUtf8OrLatin1(fromBinary(raw)).text);
  const write = (lines: readonly string[]): void => {
    const text = lines.map((line) => {
      rows += 1;
      return `${rows},"${decode(line.endsWith('\r') ? line.slice(0, -1) : line).replaceAll('"', '""')}"\n`;
    });
    writeSync(out, text.join('').toWellFormed());
  };
  try {
    let rest = '';
    for (let piece = source.next(); piece !== null; piece = source.next()) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      while (rest.length > longestLine) {
        lines.push(rest.slice(0, longestLine));
        rest = rest.slice(longestLine);
      }
      write(lines);
    }
    if (rest !== '') write([rest]);
    return { encoding, rows };
  } finally {
    closeSync(out);
    source.close();
  }
};
