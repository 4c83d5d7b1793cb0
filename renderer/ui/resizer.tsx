/** A splitter at a panel's edge: drag, or arrow keys when focused. Reports the new width; the owner bounds it. */
import { useRef, type ReactElement } from 'react';

type Props = { label: string; width: number; min: number; max: number; onWidth(width: number): void; onReset(): void };

export const Resizer = ({ label, width, min, max, onWidth, onReset }: Props): ReactElement => {
  const start = useRef<{ x: number; width: number } | null>(null);
  return (
    <div
      className="cb-resizer"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId);
        start.current = { x: e.clientX, width };
      }}
      onPointerMove={(e) => start.current !== null && onWidth(start.current.width + e.clientX - start.current.x)}
      onPointerUp={() => {
        start.current = null;
      }}
      onDoubleClick={onReset}
      onKeyDown={(e) => {
        if (e.key === 'ArrowLeft' || e.key === 'ArrowRight') onWidth(width + (e.key === 'ArrowLeft' ? -16 : 16));
      }}
    />
  );
};
