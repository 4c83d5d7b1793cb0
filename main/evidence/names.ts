/**
 * Column names: what a header becomes (empty and repeated names told apart the way pandas spells them), which column is a saved
 * DataFrame index, and names inside the Parquet file, which must differ without regard to case. Never changes a name that is
 * already unique: analysts and queries know columns by the exact spelling.
 */
import { ridColumn } from '../case/types.ts';

export const maxColumnNameLength = 1_000;

/** Unnamed columns become `Unnamed: <position>`, a repeated name gets `.1`, `.2`, …; a name already taken is skipped over. */
export const headerNames = (header: readonly string[], width: number): string[] => {
  const given = Array.from({ length: Math.max(width, header.length) }, (_, i) => {
    const name = (header[i] ?? '').slice(0, maxColumnNameLength);
    return name.trim() === '' ? `Unnamed: ${i}` : name;
  });
  const taken = new Set(given);
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return given.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    for (let n = (counts.get(name) ?? 0) + 1; ; n += 1) {
      const candidate = `${name}.${n}`;
      if (seen.has(candidate) || taken.has(candidate)) continue;
      seen.add(candidate);
      counts.set(name, n);
      return candidate;
    }
  });
};

/** Names for a file without a header. */
export const positionNames = (width: number): string[] => Array.from({ length: width }, (_, i) => `Column ${i + 1}`);

/**
 * A first column without a name that counts rows is an index that `to_csv` saved. Filtered frames leave gaps, so whole numbers
 * are enough; repeated ones are not, unless the frame was put together from several.
 */
export const isSavedIndex = (position: number, rawName: string, samples: readonly string[]): boolean =>
  position === 0 && rawName.trim() === '' && samples.length > 0 && samples.every((text) => /^\d{1,15}$/.test(text));

/** Names in the Parquet file: the name itself where that is unique without regard to case, else with `~2`, `~3`, … */
export const physicalNames = (names: readonly string[]): string[] => {
  // a row object with such a key would be another object
  const taken = new Set([ridColumn, '__proto__']);
  const counts = new Map<string, number>();
  return names.map((name) => {
    // SQL can't name a NUL
    const base = name === '' ? '~' : name.replaceAll('\0', '~');
    const low = base.toLowerCase();
    let candidate = base;
    for (let n = (counts.get(low) ?? 1) + 1; taken.has(candidate.toLowerCase()); n += 1) {
      candidate = `${base}~${n}`;
      counts.set(low, n);
    }
    taken.add(candidate.toLowerCase());
    return candidate;
  });
};

/** Companion columns that keep the text as written, beside the columns of `physical` that need one. */
export const originalNames = (physical: readonly string[], needed: readonly boolean[]): (string | null)[] => {
  const taken = new Set([ridColumn, ...physical.map((name) => name.toLowerCase())]);
  return physical.map((name, i) => {
    if (needed[i] !== true) return null;
    let candidate = `${name}~text`;
    for (let n = 2; taken.has(candidate.toLowerCase()); n += 1) candidate = `${name}~text${n}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
};
