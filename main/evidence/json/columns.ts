/**
 * What the values of a JSON key are, over all records: JSON says itself what is a number and what is text, so nothing is guessed.
 * Whole numbers are exact to 64 bits; larger ones keep their digits as text. Runs in the worker.
 */
import type { RawBase } from '../types.ts';

const isBool = 1;
const isInt = 2;
const isFloat = 4;
const isText = 8;
const isTree = 16;
/** Whole numbers a double can't hold. */
const isLong = 32;
/** Whole numbers beyond 64 bits. */
const isHuge = 64;

export type KeyStats = { name: string; kinds: number; values: number; samples: string[] };

const samplesPerColumn = 400;
const surelyInt64 = 9_223_372_036_854_774_784;

/** The digits of a number as written; '' when they can't be found simply. */
const sourceOf = (line: string, key: string, value: number): string => {
  const quoted = JSON.stringify(key);
  for (let at = line.indexOf(quoted); at >= 0; at = line.indexOf(quoted, at + 1)) {
    const found = /^\s*:\s*(-?[0-9.eE+-]+)/.exec(line.slice(at + quoted.length, at + quoted.length + 400));
    if (found?.[1] !== undefined && Number(found[1]) === value) return found[1];
  }
  return '';
};

const numberKind = (value: number, line: string, key: string): number => {
  if (!Number.isInteger(value)) return isFloat;
  if (Number.isSafeInteger(value)) return isInt;
  if (Math.abs(value) < surelyInt64) return isInt | isLong;
  const source = sourceOf(line, key, value);
  if (/[.eE]/.test(source)) return isFloat;
  if (source === '') return isHuge;
  const exact = BigInt(source);
  return exact >= -(2n ** 63n) && exact < 2n ** 63n ? isInt | isLong : isHuge;
};

export const noteValue = (stats: KeyStats, value: unknown, line: string): void => {
  if (value === null || value === undefined) return;
  stats.values += 1;
  let sample: string | null = null;
  switch (typeof value) {
    case 'string':
      stats.kinds |= isText;
      sample = value === '' ? null : value;
      break;
    case 'number':
      stats.kinds |= numberKind(value, line, stats.name);
      sample = String(value);
      break;
    case 'boolean':
      stats.kinds |= isBool;
      break;
    default:
      stats.kinds |= isTree;
  }
  // the first hundred, then ever fewer
  if (sample !== null && stats.samples.length < samplesPerColumn && (stats.samples.length < 100 || stats.values % (stats.samples.length - 98) === 0)) {
    stats.samples.push(sample.length > 4_096 ? sample.slice(0, 4_096) : sample);
  }
};

export const baseOf = ({ kinds }: KeyStats): RawBase => {
  if ((kinds & isTree) !== 0) return 'dynamic';
  if ((kinds & isText) !== 0) return 'string';
  if ((kinds & isBool) !== 0) return kinds === isBool ? 'bool' : 'string';
  if ((kinds & isHuge) !== 0) return 'string';
  if ((kinds & isFloat) !== 0) return (kinds & isLong) !== 0 ? 'string' : 'float';
  return (kinds & isInt) !== 0 ? 'int' : 'string';
};
