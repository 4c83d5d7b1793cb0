/** Writes the lines of a text file as CSV: line number and text. Runs in the worker. */
import type { ImportOptions } from '../../contract/index.ts';
import type { Encoding } from '../types.ts';
import { decodeText, decodeUtf8OrLatin1, fromBinary, isWide } from './encoding.ts';
import { headOf } from './inspect-source.ts';
import { openTextSource } from './text-source.ts';
import { createTextWriter } from './text-writer.ts';

/** A longer line becomes several rows with the same number: no cell could show it whole. */
const longestLine = 1_000_000;

export const textLines = (
  input: { path: string; name: string; options: ImportOptions; out: string; limit?: number | undefined },
  onProgress: (bytes: number) => void,
): { encoding: Encoding; rows: number; longest: number } => {
  const { encoding } = headOf(input.path, input.name, input.options, 65_536);
  const source = openTextSource(input.path, encoding, { onProgress, ...(input.limit === undefined ? {} : { limit: input.limit }) });
  const out = createTextWriter(input.out);
  let rows = 0;
  let number = 0;
  let longest = 0;
  const decode = (raw: string): string => (isWide(encoding) ? raw : encoding === 'latin-1' ? decodeText(fromBinary(raw), 'latin-1') : decodeUtf8OrLatin1(fromBinary(raw)).text);
  const write = (line: string, ends: boolean): void => {
    const text = decode(ends && line.endsWith('\r') ? line.slice(0, -1) : line).replaceAll('"', '""').toWellFormed();
    out.write(`${number},"${text}"\n`);
    rows += 1;
    if (text.length > longest) longest = text.length;
  };
  try {
    let rest = '';
    let continued = false;
    const flushLong = (): void => {
      while (rest.length > longestLine) {
        if (!continued) number += 1;
        continued = true;
        write(rest.slice(0, longestLine), false);
        rest = rest.slice(longestLine);
      }
    };
    const line = (text: string, ends: boolean): void => {
      rest = text;
      flushLong();
      if (!continued) number += 1;
      continued = false;
      write(rest, ends);
    };
    for (let piece = source.next(); piece !== null; piece = source.next()) {
      const lines = (rest + piece).split('\n');
      const last = lines.pop() ?? '';
      for (const each of lines) line(each, true);
      rest = last;
      flushLong();
    }
    if (rest !== '') line(rest, true);
    return { encoding, rows, longest };
  } finally {
    out.close();
    source.close();
  }
};
