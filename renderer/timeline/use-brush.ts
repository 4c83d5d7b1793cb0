/**
 * Mouse and wheel on the plot: drag brushes, an edge resizes, Alt+drag and Shift+wheel pan, wheel zooms at the pointer, a click picks, a
 * double click opens. Reports intents; owns only the drag under way.
 */
import { useRef, useState, type PointerEvent } from 'react';
import { edgeAt, ordered, pan, snap, usOf, zoom, type Window } from './geometry.ts';

/** `startUs`: the end of the brush that stays. */
type Drag = { kind: 'brush' | 'pan' | 'measure'; startX: number; startUs: number; window: Window; moved: boolean };
export type BrushDeps = {
  window: Window | null;
  width: number;
  brush: Window | null;
  measuring: boolean;
  setWindow(next: Window): void;
  setBrush(next: Window | null): void;
  measured(between: Window): void;
  picked(us: number, y: number): void;
  hovered(at: { x: number; y: number; us: number } | null): void;
};
export type BrushHandlers = {
  /** What is being dragged, before it is let go. */
  pending: Window | null;
  cursor: string;
  onPointerDown(e: PointerEvent<Element>): void;
  onPointerMove(e: PointerEvent<Element>): void;
  onPointerUp(e: PointerEvent<Element>): void;
  onPointerLeave(): void;
  /** Of a listener that may prevent scrolling. */
  onWheel(e: WheelEvent, plot: Element): void;
};

const clickPixels = 3;

export const useBrush = (deps: BrushDeps): BrushHandlers => {
  const drag = useRef<Drag | null>(null);
  const [pending, setPending] = useState<Window | null>(null);
  const [cursor, setCursor] = useState('crosshair');
  const { window: shown, width, brush } = deps;
  const place = (e: PointerEvent): { x: number; y: number } => {
    const box = e.currentTarget.getBoundingClientRect();
    return { x: Math.min(box.width, Math.max(0, e.clientX - box.left)), y: e.clientY - box.top };
  };
  return {
    pending,
    cursor,
    onPointerDown(e) {
      if (shown === null || e.button !== 0) return;
      const { x } = place(e);
      const edge = edgeAt(x, brush, shown, width);
      e.currentTarget.setPointerCapture(e.pointerId);
      const startUs = edge !== null && brush !== null ? (edge === 'from' ? brush.toUs : brush.fromUs) : snap(usOf(x, shown, width), shown, width);
      drag.current = { kind: e.altKey ? 'pan' : deps.measuring ? 'measure' : 'brush', startX: x, startUs, window: shown, moved: false };
      deps.hovered(null);
    },
    onPointerMove(e) {
      if (shown === null) return;
      const { x, y } = place(e);
      const now = drag.current;
      if (now === null) {
        setCursor(edgeAt(x, brush, shown, width) === null ? 'crosshair' : 'ew-resize');
        return deps.hovered({ x, y, us: usOf(x, shown, width) });
      }
      if (!now.moved && Math.abs(x - now.startX) < clickPixels) return;
      now.moved = true;
      if (now.kind === 'pan') return deps.setWindow(pan(now.window, usOf(now.startX, now.window, width) - usOf(x, now.window, width)));
      const next = ordered(now.startUs, snap(usOf(x, shown, width), shown, width));
      setPending(next);
      if (now.kind === 'measure') deps.measured(next);
    },
    onPointerUp(e) {
      const now = drag.current;
      drag.current = null;
      setPending(null);
      if (now === null || shown === null) return;
      const { x, y } = place(e);
      if (!now.moved) return deps.picked(usOf(x, shown, width), y);
      if (now.kind === 'brush') {
        const next = ordered(now.startUs, snap(usOf(x, shown, width), shown, width));
        if (next.toUs > next.fromUs) deps.setBrush(next);
      }
    },
    onPointerLeave: () => deps.hovered(null),
    onWheel(e, plot) {
      if (shown === null) return;
      e.preventDefault();
      const box = plot.getBoundingClientRect();
      const x = Math.min(box.width, Math.max(0, e.clientX - box.left));
      const span = shown.toUs - shown.fromUs;
      if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) deps.setWindow(pan(shown, ((e.deltaX || e.deltaY) / 800) * span));
      else deps.setWindow(zoom(shown, e.deltaY > 0 ? 1.25 : 0.8, usOf(x, shown, width)));
    },
  };
};
