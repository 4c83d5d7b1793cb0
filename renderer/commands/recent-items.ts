/** What was run from the palette lately, newest first. Commands are remembered between starts; things of a case only while it is open. */
import type { PaletteItem } from './palette-items.ts';

const storageKey = 'casebench.recentCommands';
const limit = 20;

const read = (): string[] => {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(saved) ? saved.filter((id) => typeof id === 'string') : [];
  } catch {
    return []; // no storage, or not what this wrote
  }
};

let recent: string[] | null = null;
export const recentItems = (): readonly string[] => (recent ??= read());

export const rememberItem = (item: Pick<PaletteItem, 'id' | 'group'>): void => {
  recent = [item.id, ...recentItems().filter((id) => id !== item.id)].slice(0, limit);
  try {
    // ids of tables, tags and notes tell about a case and stay out of it
    localStorage.setItem(storageKey, JSON.stringify(recent.filter((id) => !id.includes(':'))));
  } catch {
    // remembering between starts is a comfort, not a duty
  }
};
