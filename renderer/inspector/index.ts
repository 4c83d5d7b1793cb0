/** The inspector: whatever is selected, in full. */
import { IconListDetails } from '@tabler/icons-react';
import { registerView } from '../shell/view-registry.ts';
import { InspectorView } from './inspector-view.tsx';

export { eventName, rowTitle } from './row-title.ts';

export const registerInspector = (): void =>
  registerView({ kind: 'inspector', icon: IconListDetails, title: () => 'Inspector', component: InspectorView, place: 'right', key: () => 'inspector' });
