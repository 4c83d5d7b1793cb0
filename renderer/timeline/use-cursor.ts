/** The keyboard on the plot: arrows walk buckets and lanes, Enter opens rows, Space brushes the bucket, Esc clears the brush. */
import { useState, type KeyboardEvent } from 'react';
import type { TimelineAnswer } from '../../main/contract/index.ts';
import { pan, type Window } from './geometry.ts';

export type CursorPlace = { us: number; untilUs: number; lane: number };
type Deps = { answer: TimelineAnswer | undefined; window: Window | null; onOpen(us: number, lane: number): void; onWindow(next: Window): void; setBrush(next: Window | null): void };

/** The bucket a moment lies in. Pure. */
export const bucketAt = (answer: TimelineAnswer, us: number, lane: number): CursorPlace => {
  const bin = Math.min(Math.max(0, Math.floor((us - answer.fromUs) / answer.bucketUs)), Math.max(0, answer.bins - 1));
  const from = answer.fromUs + bin * answer.bucketUs;
  return { us: from, untilUs: from + answer.bucketUs, lane: Math.min(Math.max(0, lane), Math.max(0, answer.lanes.length - 1)) };
};

export const useCursor = ({ answer, window, onOpen, onWindow, setBrush }: Deps): { at: CursorPlace | null; put(us: number, lane: number): void; onKeyDown(e: KeyboardEvent): void } => {
  const [place, setPlace] = useState<{ us: number; lane: number } | null>(null);
  const at = answer === undefined || place === null || answer.lanes.length === 0 ? null : bucketAt(answer, place.us, place.lane);
  return {
    at,
    put: (us, lane) => setPlace({ us, lane }),
    onKeyDown(e) {
      if (answer === undefined || window === null || e.ctrlKey || e.altKey || e.metaKey) return;
      const now = at ?? bucketAt(answer, (window.fromUs + window.toUs) / 2, 0);
      const step = answer.bucketUs * (e.shiftKey ? 10 : 1);
      const move = (us: number, lane: number): void => {
        e.preventDefault();
        setPlace({ us, lane });
        if (us < window.fromUs || us >= window.toUs) onWindow(pan(window, us < window.fromUs ? us - window.fromUs : us + answer.bucketUs - window.toUs));
      };
      if (e.key === 'ArrowRight') move(now.us + step, now.lane);
      else if (e.key === 'ArrowLeft') move(now.us - step, now.lane);
      else if (e.key === 'ArrowDown') move(now.us, now.lane + 1);
      else if (e.key === 'ArrowUp') move(now.us, now.lane - 1);
      else if (e.key === 'Enter') {
        e.preventDefault();
        onOpen(now.us, now.lane);
      } else if (e.key === ' ') {
        e.preventDefault();
        setBrush({ fromUs: now.us, toUs: now.untilUs });
      } else if (e.key === 'Escape') setBrush(null);
    },
  };
};
