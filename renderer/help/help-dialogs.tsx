/** The help that opens over the window: the key sheet and the About box. */
import type { ReactElement } from 'react';
import { useUi } from '../state/ui-store.ts';
import { About } from './about.tsx';
import { KeySheet } from './key-sheet.tsx';
import './help.css';

export const HelpDialogs = (): ReactElement | null => {
  const kind = useUi((s) => s.dialog?.kind);
  if (kind === 'keys') return <KeySheet />;
  return kind === 'about' ? <About /> : null;
};
