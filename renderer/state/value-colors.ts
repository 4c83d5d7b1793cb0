/**
 * Which categorical colour a value carries: the first eight values of a column that are drawn get c1…c8, later ones the grey c0. Kept in
 * the case, so that a value has its colour in every view, theme and session.
 */
import { create } from 'zustand';
import { z } from 'zod';
import type { Scalar } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

export type ColorBook = Readonly<Record<string, readonly string[]>>;
export const colorCount = 8;
const key = 'valueColors';

export const useColorBook = create<{ book: ColorBook }>(() => ({ book: {} }));
const nameOf = (value: Scalar): string => JSON.stringify(value);
/** A column may have the name of a property every object has. */
const valuesOf = (book: ColorBook, column: string): readonly string[] => (Object.hasOwn(book, column) ? (book[column] ?? []) : []);
const bookRecord = z.record(z.string(), z.array(z.string()).max(colorCount));

/** 1–8, or 0 for grey. Pure. */
export const colorIn = (book: ColorBook, column: string, value: Scalar): number => valuesOf(book, column).indexOf(nameOf(value)) + 1;

/** Gives colours to values that have none, in the order given. The same book when nothing is new. Pure. */
export const allotColors = (book: ColorBook, column: string, values: readonly Scalar[]): ColorBook => {
  const known = valuesOf(book, column);
  const fresh = [...new Set(values.map(nameOf))].filter((name) => !known.includes(name)).slice(0, Math.max(0, colorCount - known.length));
  return fresh.length === 0 ? book : { ...book, [column]: [...known, ...fresh] };
};

/** Makes sure these values have their colours; saved when something is new. */
export const claimColors = (column: string, values: readonly Scalar[]): void => {
  const { book } = useColorBook.getState();
  const next = allotColors(book, column, values);
  if (next === book) return;
  useColorBook.setState({ book: next });
  void engine.call('view.save', { key, json: JSON.stringify(next) }).catch(() => undefined);
};

export const loadColors = async (): Promise<void> => {
  let book: ColorBook = {};
  try {
    const { json } = await engine.call('view.load', { key });
    if (json !== null) book = bookRecord.parse(JSON.parse(json));
  } catch {
    // without its book a case opens with colours allotted anew
  }
  useColorBook.setState({ book });
};
