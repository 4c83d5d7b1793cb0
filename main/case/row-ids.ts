/**
 * Row ids as the log keeps them: sorted, unique, as gaps between runs. `5,0+3` is row 5, then rows 6 to 9
 * (gap 0 after the last id, three more behind it). 200,000 scattered rows take about 3 characters each.
 * Pure. The form must not change: old logs hold it.
 */
import { CasebenchError } from '../contract/index.ts';

export const sortedUnique = (rowIds: ArrayLike<number>): Float64Array => {
  const sorted = Float64Array.from(rowIds).sort();
  let kept = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const rowId = sorted[i] as number;
    if (i === 0 || rowId !== sorted[kept - 1]) sorted[kept++] = rowId;
  }
  return sorted.subarray(0, kept);
};

/** Ids must be sorted and unique. */
export const encodeRowIds = (rowIds: ArrayLike<number>): string => {
  const parts: string[] = [];
  let next = 0;
  for (let i = 0; i < rowIds.length; ) {
    const start = rowIds[i] as number;
    let more = 0;
    while (i + more + 1 < rowIds.length && rowIds[i + more + 1] === start + more + 1) more += 1;
    parts.push(more === 0 ? String(start - next) : `${start - next}+${more}`);
    next = start + more + 1;
    i += more + 1;
  }
  return parts.join(',');
};

const malformed = (): CasebenchError => new CasebenchError('input.invalid', 'The row list of a change can’t be read. Nothing was changed.');

export const decodeRowIds = (text: string, maxRows = 10_000_000): Float64Array => {
  if (text === '') return new Float64Array(0);
  const rowIds: number[] = [];
  let next = 0;
  for (const part of text.split(',')) {
    const match = /^(\d{1,16})(?:\+(\d{1,8}))?$/.exec(part);
    if (match === null) throw malformed();
    const start = next + Number(match[1]);
    const more = Number(match[2] ?? 0);
    if (!Number.isSafeInteger(start + more) || rowIds.length + more >= maxRows) throw malformed();
    for (let offset = 0; offset <= more; offset += 1) rowIds.push(start + offset);
    next = start + more + 1;
  }
  return Float64Array.from(rowIds);
};

/** What a command's payload holds: a plain list for few rows, the text for many. */
export type PackedRowIds = number[] | string;
const few = 32;

/** Any order, repeated ids welcome. */
export const packRowIds = (rowIds: ArrayLike<number>): PackedRowIds => {
  const sorted = sortedUnique(rowIds);
  return sorted.length <= few ? Array.from(sorted) : encodeRowIds(sorted);
};

/** Sorted and unique. */
export const unpackRowIds = (packed: PackedRowIds): Float64Array => (typeof packed === 'string' ? decodeRowIds(packed) : sortedUnique(packed));

/** How many rows, without building them. */
export const packedCount = (packed: PackedRowIds): number => {
  if (typeof packed !== 'string') return new Set(packed).size;
  return packed === '' ? 0 : packed.split(',').reduce((sum, part) => sum + 1 + Number(part.split('+')[1] ?? 0), 0);
};
