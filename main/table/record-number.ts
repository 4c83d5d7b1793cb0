/**
 * Which record of its file a row was: rows that were set aside before it count, too. Pure.
 */

/**
 * @param rowId 0-based place among the rows that were kept.
 * @param rejected 1-based places of the set-aside records in the file, ascending.
 * @returns 1-based record number.
 */
export const recordNumber = (rowId: number, rejected: ArrayLike<number>): number => {
  let record = rowId + 1;
  for (let i = 0; i < rejected.length && (rejected[i] ?? Infinity) <= record; i += 1) record += 1;
  return record;
};
