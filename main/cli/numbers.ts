/** Numbers on the command line. */
import { UsageError } from './verb.ts';

/** A whole number from `min` to `max`, or `Infinity` for `all` where that is allowed. */
export const wholeNumber = (text: string | boolean | undefined, name: string, { min, max, fallback, all = false }: { min: number; max: number; fallback: number; all?: boolean }): number => {
  if (text === undefined) return fallback;
  if (all && text === 'all') return Infinity;
  const n = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (n >= min && n <= max) return n;
  throw new UsageError(`--${name} takes a whole number from ${min} to ${max}${all ? ' or all' : ''}, not “${String(text)}”.`, null);
};

/** One of a few words. */
export const oneOf = <T extends string>(text: string | boolean | undefined, name: string, words: readonly T[], fallback: T): T => {
  if (text === undefined) return fallback;
  const found = words.find((w) => w === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} takes ${words.join(', ')}, not “${String(text)}”.`, null);
};
