/** Where a view opens: pure rules over what the dock holds now, so that they can be tested without a dock. */

export type Place = 'center' | 'below' | 'right';
/** A dock group as far as placing goes: its id and the places its tabs come from, and whether it is in the main window. */
export type GroupSketch = { id: string; places: Place[]; docked: boolean };
export type OpenAt =
  | { kind: 'within'; groupId: string }
  | { kind: 'split'; groupId: string; direction: 'right' | 'below' | 'above' | 'left' }
  | { kind: 'edge'; direction: 'right' | 'below' | 'left' }
  | { kind: 'first' };

/** `beside`: next to the active group. `narrow`: no room for a third column. Groups are listed with the active one first. */
export const placeFor = (wanted: Place, groups: readonly GroupSketch[], { beside = false, narrow = false }: { beside?: boolean; narrow?: boolean } = {}): OpenAt => {
  const docked = groups.filter((g) => g.docked);
  const place = narrow && wanted === 'right' ? 'center' : wanted;
  const first = docked[0];
  if (first === undefined) return { kind: 'first' };
  if (beside) {
    const anchor = docked.find((g) => g.places.includes('center')) ?? first;
    return { kind: 'split', groupId: anchor.id, direction: 'right' };
  }
  const same = docked.find((g) => g.places.includes(place));
  if (same !== undefined) return { kind: 'within', groupId: same.id };
  if (place === 'right') return { kind: 'edge', direction: 'right' };
  if (place === 'below') {
    const center = docked.find((g) => g.places.includes('center'));
    return center === undefined ? { kind: 'edge', direction: 'left' } : { kind: 'split', groupId: center.id, direction: 'below' };
  }
  const below = docked.find((g) => g.places.includes('below'));
  return below === undefined ? { kind: 'edge', direction: 'left' } : { kind: 'split', groupId: below.id, direction: 'above' };
};
