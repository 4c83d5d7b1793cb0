/** Every view of this version, registered once at start. */
import { registerGrid } from './grid/index.ts';
import { registerHistory } from './history/index.ts';
import { registerInspector } from './inspector/index.ts';
import { registerTimeline } from './timeline/index.ts';
import { registerNotes } from './notes/index.ts';

export const registerViews = (): void => {
  registerGrid();
  registerInspector();
  registerTimeline();
  registerNotes();
  registerHistory();
};
