/** The product's mark: a case with bars of evidence. */
import type { ReactElement } from 'react';

export const BrandMark = ({ size = 20 }: { size?: number }): ReactElement => (
  <svg width={size} height={size} viewBox="0 0 20 20" fill="none" strokeWidth="1.5" aria-hidden="true">
    <rect x="2" y="5.5" width="16" height="11" rx="2.5" stroke="var(--text-1)" />
    <path d="M7 5.5V4.2A1.7 1.7 0 0 1 8.7 2.5h2.6A1.7 1.7 0 0 1 13 4.2v1.3" stroke="var(--text-1)" />
    <path d="M5 13.2v-2M8.3 13.2V9M11.7 13.2v-1.2M15 13.2V9.8" stroke="var(--accent)" strokeWidth="1.6" strokeLinecap="round" />
  </svg>
);
