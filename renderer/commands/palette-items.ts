/**
 * What the palette can find: commands, and what is in the case (tables, columns, tags, noted rows, board). Prefixes narrow: `>` commands,
 * `#` tables and columns, `@` tags and notes, `:` a time or range. Owns the list and its ranking; running is the item's own business.
 */
import type { IconComponent } from '../ui/icon.tsx';
import { matchText, type Match } from './search.ts';

export type PaletteGroup = 'Commands' | 'Tables' | 'Marks' | 'Time';
export type PaletteItem = {
  /** Stable: recent ones are remembered by it. */
  readonly id: string;
  readonly group: PaletteGroup;
  readonly label: string;
  readonly context: string;
  readonly icon: IconComponent;
  readonly keys: string | null;
  /** Evidence is written in the evidence's type face. */
  readonly mono: boolean;
  /** Null: can run. */
  readonly reason: string | null;
  run(beside: boolean): void;
};
export type FoundItem = PaletteItem & { readonly match: Match };

const prefixes: Record<string, PaletteGroup> = { '>': 'Commands', '#': 'Tables', '@': 'Marks', ':': 'Time' };

export const splitQuery = (text: string): { only: PaletteGroup | null; query: string } => {
  const only = prefixes[text[0] ?? ''] ?? null;
  return { only, query: (only === null ? text : text.slice(1)).trim() };
};

/** Headings as shown; tables and marks stand under one. */
export const headingOf = (group: PaletteGroup): string => (group === 'Commands' ? 'Commands' : group === 'Time' ? 'Time' : 'In this case');

const perGroup = 8;
const headingOrder = ['Time', 'Commands', 'In this case'];

/** Best first within a group. Without a query: recent ones, then commands as they were registered. */
export const findItems = (items: readonly PaletteItem[], text: string, recent: readonly string[]): FoundItem[] => {
  const { only, query } = splitQuery(text);
  const found: FoundItem[] = [];
  for (const item of items) {
    if (only !== null && item.group !== only) continue;
    const match = item.group === 'Time' ? { score: 0, label: [], context: [] } : matchText(query, item.label, item.context);
    if (match === null) continue;
    const used = recent.indexOf(item.id);
    const bonus = used < 0 ? 0 : query === '' ? 1_000 - used : 20 - Math.min(used, 19);
    found.push({ ...item, match: { ...match, score: match.score + bonus - (item.reason === null ? 0 : 40) } });
  }
  const groups = new Map<string, FoundItem[]>();
  for (const item of found) groups.set(headingOf(item.group), [...(groups.get(headingOf(item.group)) ?? []), item]);
  const limit = only === null ? perGroup : 200;
  return headingOrder.flatMap((heading) => (groups.get(heading) ?? []).toSorted((a, b) => b.match.score - a.match.score).slice(0, limit));
};
