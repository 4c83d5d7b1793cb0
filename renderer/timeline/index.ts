/** The timeline: events of one or several tables over time, and the shared brush. */
import { IconArrowsMaximize, IconBrush, IconPin, IconRulerMeasure, IconTable, IconTimeline, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { registerCommands } from '../commands/registry.ts';
import { registerView } from '../shell/view-registry.ts';
import { currentTable, useCase } from '../state/case-store.ts';
import { useSelection } from '../state/selection.ts';
import { setTimeRange, useTimeRange } from '../state/time-range.ts';
import { loadColors } from '../state/value-colors.ts';
import { timelineActions } from './timeline-actions.ts';
import { forgetTimelines } from './timeline-state.ts';
import { TimelineView } from './timeline-view.tsx';

const open = (): true | string => (timelineActions() === null ? 'open a timeline first' : true);
const brushed = (): true | string => (useTimeRange.getState().range === null ? 'nothing is brushed' : open());

const commands = (): void =>
  void registerCommands(
    { id: 'timeline.zoomIn', label: 'Timeline: zoom in', icon: IconZoomIn, keys: ['+'], scope: 'timeline', when: open, run: () => timelineActions()?.zoomIn() },
    { id: 'timeline.zoomOut', label: 'Timeline: zoom out', icon: IconZoomOut, keys: ['-'], scope: 'timeline', when: open, run: () => timelineActions()?.zoomOut() },
    { id: 'timeline.fit', label: 'Timeline: fit all', icon: IconArrowsMaximize, keys: ['0'], scope: 'timeline', when: open, run: () => timelineActions()?.fit() },
    { id: 'timeline.toBrush', label: 'Timeline: zoom to the brush', icon: IconBrush, keys: ['Z'], scope: 'timeline', when: brushed, run: () => timelineActions()?.toBrush() },
    { id: 'timeline.clear', label: 'Timeline: clear the brush', icon: IconBrush, scope: 'timeline', when: brushed, run: () => setTimeRange(null) },
    { id: 'timeline.start', label: 'Timeline: brush starts at the cursor', icon: IconBrush, keys: ['['], scope: 'timeline', when: open, run: () => timelineActions()?.startHere() },
    { id: 'timeline.end', label: 'Timeline: brush ends at the cursor', icon: IconBrush, keys: [']'], scope: 'timeline', when: open, run: () => timelineActions()?.endHere() },
    { id: 'timeline.measure', label: 'Measure time between two events', icon: IconRulerMeasure, keys: ['M'], scope: 'timeline', when: open, run: () => timelineActions()?.measure() },
    { id: 'timeline.table', label: 'Timeline as a table', icon: IconTable, scope: 'timeline', when: open, run: () => timelineActions()?.toggleTable() },
    { id: 'timeline.reference', label: 'Reference line at the selected row', icon: IconPin, scope: 'timeline', when: () => (useSelection.getState().rowId === null ? 'select a row first' : open()), run: () => timelineActions()?.addReference() },
  );

export const registerTimeline = (): void => {
  commands();
  let caseId: string | undefined;
  useCase.subscribe(({ info }) => {
    if (info?.caseId === caseId) return;
    caseId = info?.caseId;
    forgetTimelines();
    if (caseId !== undefined) void loadColors();
  });
  registerView({
    kind: 'timeline',
    icon: IconTimeline,
    title: (params) => (currentTable(params.tableId ?? '') === null ? 'Timeline' : `Timeline · ${currentTable(params.tableId ?? '')?.name}`),
    component: TimelineView,
    place: 'below',
    key: (params) => `timeline:${params.tableId ?? ''}`,
  });
};
