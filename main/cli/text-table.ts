/** Aligned text for people at a terminal. Evidence in it has its control characters written out. */
import { shortenMiddle, visibleText } from '../shared/text.ts';

export type Cell = string | number | null;

const maxWidth = 80;

const shown = (cell: Cell): string => (cell === null ? '–' : typeof cell === 'number' ? String(cell) : shortenMiddle(visibleText(cell), maxWidth));

/** Numbers to the right, texts to the left, two blanks between. */
export const textTable = (headers: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const cells = rows.map((row) => row.map(shown));
  const widths = headers.map((h, i) => Math.max(h.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const right = headers.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const line = (texts: readonly string[]): string => texts.map((t, i) => (right[i] === true ? t.padStart(widths[i] ?? 0) : t.padEnd(widths[i] ?? 0))).join('  ').trimEnd();
  return `${[line(headers), ...cells.map(line)].join('\n')}\n`;
};
