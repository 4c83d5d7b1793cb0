/** What DuckDB says, as an error an analyst can act on. Its own words go into the detail only: they may quote evidence or paths. */
import { CasebenchError } from '../contract/index.ts';

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Typed errors pass; DuckDB's become `limit`, `disk.full`, `file.unreadable`, `filter.invalid`; anything else stays a defect. */
export const duckFailure = (thrown: unknown): unknown => {
  if (thrown instanceof CasebenchError) return thrown;
  const detail = textOf(thrown);
  const as = (code: 'limit' | 'disk.full' | 'file.unreadable' | 'filter.invalid', message: string): CasebenchError =>
    new CasebenchError(code, message, { detail, retryable: code !== 'filter.invalid', cause: thrown });
  if (/No space left on device|disk quota|max_temp_directory_size/i.test(detail)) {
    return as('disk.full', 'The disk is full, so the result could not be worked out. The case is unchanged. Free some space, then try again.');
  }
  if (/^Out of Memory/i.test(detail)) {
    return as('limit', 'The result needs more memory than Casebench allows itself. The case is unchanged. Narrow the filter or the time range, then try again.');
  }
  if (isPatternError(detail)) return as('filter.invalid', `The pattern can't be read: ${patternProblem(detail)}. No filter was applied. Correct the pattern; look-around and back references are not available.`);
  if (/^(IO Error|Permission Error)|No files found|not a parquet|Parquet|magic bytes/i.test(detail)) {
    return as('file.unreadable', 'A table file of this case is missing or damaged. Nothing was changed. Verify the case to see which file, then import the evidence again.');
  }
  return thrown;
};

const isPatternError = (detail: string): boolean => /^Invalid Input Error: (?:missing|bad|invalid|trailing|unexpected|pattern|no argument|unterminated|duplicate)/i.test(detail);
const patternProblem = (detail: string): string => detail.replace(/^Invalid Input Error:\s*/i, '').split('\n')[0]?.slice(0, 200) ?? '';
