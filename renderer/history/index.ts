/** The history of a case: in the side panel, or as a tab. */
import { IconHistory } from '@tabler/icons-react';
import { registerView } from '../shell/view-registry.ts';
import { HistoryPanel } from './history-panel.tsx';

export { HistoryPanel } from './history-panel.tsx';

export const registerHistory = (): void =>
  registerView({ kind: 'history', icon: IconHistory, title: () => 'History', component: HistoryPanel, place: 'right', key: () => 'history' });
