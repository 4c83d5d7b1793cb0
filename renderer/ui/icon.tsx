/** Icons as the design draws them: Tabler outline, stroke 1.6, hidden from screen readers (the button has the name). */
import type { ComponentType, ReactElement } from 'react';

export type IconComponent = ComponentType<{ size?: number | string; stroke?: number | string }>;

export const Icon = ({ of: Drawing, size = 14, stroke = 1.6 }: { of: IconComponent; size?: number; stroke?: number }): ReactElement => (
  <span aria-hidden="true" style={{ display: 'grid', flex: 'none' }}>
    <Drawing size={size} stroke={stroke} />
  </span>
);
