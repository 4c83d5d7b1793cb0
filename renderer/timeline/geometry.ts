/** Where things stand on the timeline: pixels to times and back, lanes, zoom and pan. Pure; a window is [fromUs, toUs). */

export type Window = { readonly fromUs: number; readonly toUs: number };
export const sizes = { labels: 148, right: 18, top: 18, lane: 28, axis: 24, strip: 26 } as const;
/** Below this a window isn't narrowed further. */
export const minWindowUs = 1_000;
export const maxWindowUs = 200 * 366 * 86_400 * 1_000_000;

export const xOf = (us: number, window: Window, width: number): number => ((us - window.fromUs) / (window.toUs - window.fromUs)) * width;
export const usOf = (x: number, window: Window, width: number): number => Math.round(window.fromUs + (x / width) * (window.toUs - window.fromUs));

/** `factor` below 1 narrows. The moment under `atUs` keeps its place. */
export const zoom = (window: Window, factor: number, atUs: number): Window => {
  const span = Math.min(maxWindowUs, Math.max(minWindowUs, (window.toUs - window.fromUs) * factor));
  const share = (atUs - window.fromUs) / (window.toUs - window.fromUs);
  const fromUs = Math.round(atUs - share * span);
  return { fromUs, toUs: Math.round(fromUs + span) };
};

export const pan = (window: Window, byUs: number): Window => ({ fromUs: Math.round(window.fromUs + byUs), toUs: Math.round(window.toUs + byUs) });

/** The window with room on both sides of a range. */
export const around = (range: Window, share = 0.12): Window => {
  const room = Math.max(minWindowUs, Math.round((range.toUs - range.fromUs) * share));
  return { fromUs: range.fromUs - room, toUs: range.toUs + room };
};

/** Does the window show the range well: inside it, and not as a sliver? */
export const shows = (window: Window, range: Window): boolean =>
  range.fromUs >= window.fromUs && range.toUs <= window.toUs && (range.toUs - range.fromUs) / (window.toUs - window.fromUs) > 0.015;

const roundUnits = [1, 10, 100, 1_000, 10_000, 100_000, ...[1, 5, 10, 30].map((n) => n * 1_000_000), ...[1, 5, 10, 30].map((n) => n * 60_000_000), ...[1, 6, 24].map((n) => n * 3_600_000_000)];

/** The nearest round moment that is no coarser than a pixel: what a hand can mean. */
export const snap = (us: number, window: Window, width: number): number => {
  const pixelUs = (window.toUs - window.fromUs) / Math.max(1, width);
  const unit = roundUnits.findLast((u) => u <= pixelUs) ?? 1;
  return Math.round(us / unit) * unit;
};

export const ordered = (a: number, b: number): Window => ({ fromUs: Math.min(a, b), toUs: Math.max(a, b) });

/** Which edge of the brush is within reach of x. */
export const edgeAt = (x: number, brush: Window | null, window: Window, width: number, reach = 6): 'from' | 'to' | null => {
  if (brush === null) return null;
  const [from, to] = [Math.abs(x - xOf(brush.fromUs, window, width)), Math.abs(x - xOf(brush.toUs, window, width))];
  if (Math.min(from, to) > reach) return null;
  return from <= to ? 'from' : 'to';
};
