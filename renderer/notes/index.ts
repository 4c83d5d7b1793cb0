/** Marked rows as a view. */
import { IconNote } from '@tabler/icons-react';
import { registerView } from '../shell/view-registry.ts';
import { NotesView } from './notes-view.tsx';

export const registerNotes = (): void => registerView({ kind: 'notes', icon: IconNote, title: () => 'Notes', component: NotesView, place: 'center', key: () => 'all' });
