/** Commands that belong to no view: case, panels, tabs, time range, appearance, help. */
import {
  IconAdjustments, IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconArrowRight, IconBriefcase, IconClock, IconCommand, IconContrast, IconExternalLink, IconFileImport,
  IconFlask, IconFolderOpen, IconFolderPlus, IconFolderSymlink, IconHistory, IconInfoCircle, IconKeyboard, IconLayoutColumns, IconLayoutRows, IconLayoutSidebar,
  IconLayoutSidebarRight, IconList, IconNote, IconRowInsertBottom, IconSettings, IconShieldCheck, IconTable, IconTimeline, IconWorld, IconX,
} from '@tabler/icons-react';
import type { Settings } from '../../main/contract/index.ts';
import { registerCommands, type Command } from '../commands/registry.ts';
import { chooseEvidence } from '../evidence/index.ts';
import { activeTableId } from '../state/active-view.ts';
import { currentTable, useCase } from '../state/case-store.ts';
import { useJobs } from '../state/jobs-store.ts';
import { useSelection } from '../state/selection.ts';
import { changeSettings, useSettings } from '../state/settings-store.ts';
import { notifyError } from '../state/toasts.ts';
import { setTimeRange, timeRangeBack, timeRangeForward, useTimeRange } from '../state/time-range.ts';
import { openDialog, toggleSide, useUi } from '../state/ui-store.ts';
import { currentTime } from '../state/use-time.ts';
import { arrangeDefault, arrangeWide } from './arrange.ts';
import { closeCase, moveCase, openCaseFolder, openDemoOrTell, redo, setCaseDialog, undo, verifyCase } from './case-actions.ts';
import { closeOtherPanels, closePanel, nextPanel, popOutPanel, previousPanel, splitPanel, toggleView, useDock } from './dock-store.ts';
import { cycleRegion } from './regions.ts';
import { extentOf } from './use-case-extent.ts';
import { rangeAroundSelection } from './around-selection.ts';
import { openView, viewDefinition } from './view-registry.ts';

const noCase = 'open a case first';
const inCase = (): true | string => (useCase.getState().info == null ? noCase : true);
const canWrite = (): true | string => {
  const { info } = useCase.getState();
  return info == null ? noCase : info.readOnly ? 'the case is open read-only' : true;
};
const hasTab = (): true | string => (useDock.getState().api?.activePanel === undefined ? 'no view is open' : true);
const twoTabs = (): true | string => {
  const panel = useDock.getState().api?.activePanel;
  return panel === undefined ? 'no view is open' : panel.group.panels.length < 2 ? 'needs two tabs in the group' : true;
};
const change = (patch: Partial<Settings>): void => void changeSettings(patch).catch(notifyError);
const tableName = (): string => currentTable(activeTableId() ?? '')?.name ?? '';

const caseCommands: Command[] = [
  { id: 'evidence.import', label: 'Import evidence…', icon: IconFileImport, keys: ['Ctrl+O'], inText: true, when: () => (useCase.getState().info?.readOnly === true ? 'the case is open read-only' : true), run: chooseEvidence },
  { id: 'case.openFolder', label: 'Open a case folder…', icon: IconFolderOpen, keys: ['Ctrl+Shift+O'], inText: true, run: openCaseFolder },
  { id: 'case.new', label: 'New empty case…', icon: IconFolderPlus, run: () => setCaseDialog({ kind: 'new' }) },
  { id: 'case.demo', label: 'Open the sample intrusion', icon: IconFlask, run: openDemoOrTell },
  { id: 'case.rename', label: 'Rename case…', icon: IconBriefcase, context: () => useCase.getState().info?.name ?? '', when: canWrite, run: () => setCaseDialog({ kind: 'rename' }) },
  { id: 'case.verify', label: 'Verify evidence and log', icon: IconShieldCheck, when: inCase, run: verifyCase },
  { id: 'case.move', label: 'Move the case to another folder…', icon: IconFolderSymlink, when: canWrite, run: moveCase },
  { id: 'case.close', label: 'Close case', icon: IconX, context: () => useCase.getState().info?.name ?? '', when: inCase, run: closeCase },
  { id: 'case.undo', label: 'Undo', icon: IconArrowBackUp, keys: ['Ctrl+Z'], context: () => useCase.getState().info?.undoLabel ?? '', when: () => (useCase.getState().info?.undoLabel == null ? 'nothing to undo' : true), run: undo },
  { id: 'case.redo', label: 'Redo', icon: IconArrowForwardUp, keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], context: () => useCase.getState().info?.redoLabel ?? '', when: () => (useCase.getState().info?.redoLabel == null ? 'nothing to redo' : true), run: redo },
];

const timeCommands: Command[] = [
  { id: 'time.set', label: 'Set time range…', icon: IconClock, keys: ['Ctrl+T'], inText: true, context: () => 'all views', when: inCase, run: () => openDialog({ kind: 'timeRange' }) },
  { id: 'time.around', label: 'Time range around selection', icon: IconClock, keys: ['Ctrl+Shift+T'], context: () => '± 5 min', when: () => (useSelection.getState().rowId === null ? 'select a row first' : true), run: rangeAroundSelection },
  { id: 'time.all', label: 'All times', icon: IconClock, when: () => (useTimeRange.getState().range === null ? 'no range is set' : true), run: () => setTimeRange(null) },
  { id: 'time.back', label: 'Time range back', icon: IconArrowLeft, keys: ['Alt+ArrowLeft'], when: () => (useTimeRange.getState().past.length === 0 ? 'no earlier range' : true), run: timeRangeBack },
  { id: 'time.forward', label: 'Time range forward', icon: IconArrowRight, keys: ['Alt+ArrowRight'], when: () => (useTimeRange.getState().future.length === 0 ? 'no later range' : true), run: timeRangeForward },
  { id: 'time.data', label: 'Time range of the data', icon: IconClock, when: () => (extentOf(useCase.getState().info) === null ? 'no table has times' : true), run: () => setTimeRange(extentOf(useCase.getState().info)) },
  { id: 'time.zone', label: 'Change time zone…', icon: IconWorld, context: () => currentTime().zone, run: () => openDialog({ kind: 'settings', section: 'time' }) },
];

const viewCommands: Command[] = [
  { id: 'view.timeline', label: 'Open timeline', icon: IconTimeline, keys: ['Alt+T'], context: () => (tableName() === '' ? '' : `of ${tableName()}`), when: () => (viewDefinition('timeline') === undefined ? 'not part of this version' : currentTable(activeTableId() ?? '') === null ? 'open a table first' : true), run: () => openView('timeline', { tableId: activeTableId() ?? '' }) },
  { id: 'view.notes', label: 'Open marked rows', icon: IconNote, keys: ['Alt+N'], context: () => 'stars, tags, notes', when: inCase, run: () => openView('notes') },
  { id: 'go.table', label: 'Go to table…', icon: IconTable, keys: ['Ctrl+P'], inText: true, when: inCase, run: () => openDialog({ kind: 'palette', text: '#' }) },
  { id: 'view.next', label: 'Next tab', icon: IconArrowRight, keys: ['Ctrl+Tab'], inText: true, when: hasTab, run: nextPanel },
  { id: 'view.previous', label: 'Previous tab', icon: IconArrowLeft, keys: ['Ctrl+Shift+Tab'], inText: true, when: hasTab, run: previousPanel },
  { id: 'view.close', label: 'Close tab', icon: IconX, keys: ['Ctrl+W'], inText: true, when: hasTab, run: () => closePanel() },
  { id: 'view.closeOthers', label: 'Close other tabs of the group', icon: IconX, when: twoTabs, run: () => closeOtherPanels() },
  { id: 'view.split', label: 'Split right', icon: IconLayoutColumns, keys: ['Ctrl+\\'], when: twoTabs, run: () => splitPanel('right') },
  { id: 'view.splitDown', label: 'Split down', icon: IconLayoutRows, when: twoTabs, run: () => splitPanel('bottom') },
  { id: 'layout.default', label: 'Arrange views: default', icon: IconLayoutRows, when: inCase, run: arrangeDefault },
  { id: 'layout.wide', label: 'Arrange views: wide, timeline beside', icon: IconLayoutColumns, when: inCase, run: arrangeWide },
  { id: 'view.popOut', label: 'Move tab to a new window', icon: IconExternalLink, keys: ['Ctrl+Shift+M'], when: hasTab, run: async () => void (await popOutPanel()) },
];

const panelCommands: Command[] = [
  { id: 'panel.side', label: 'Side panel on or off', icon: IconLayoutSidebar, keys: ['Ctrl+B'], inText: true, when: inCase, run: () => toggleSide(useUi.getState().side ?? 'evidence') },
  { id: 'panel.inspector', label: 'Inspector on or off', icon: IconLayoutSidebarRight, keys: ['Ctrl+Shift+D'], inText: true, when: () => (viewDefinition('inspector') === undefined ? 'not part of this version' : inCase()), run: () => toggleView('inspector') },
  { id: 'panel.jobs', label: 'Jobs tray on or off', icon: IconList, keys: ['Ctrl+J'], inText: true, context: () => `${useJobs.getState().jobs.length} jobs`, run: () => useUi.setState((s) => ({ jobsOpen: !s.jobsOpen })) },
  { id: 'panel.history', label: 'History', icon: IconHistory, when: inCase, run: () => toggleSide('history') },
  { id: 'panel.historyTab', label: 'History as a tab', icon: IconHistory, when: inCase, run: () => openView('history') },
  { id: 'region.next', label: 'Next region of the window', icon: IconRowInsertBottom, keys: ['F6'], inText: true, run: () => cycleRegion(1) },
  { id: 'region.previous', label: 'Previous region of the window', icon: IconRowInsertBottom, keys: ['Shift+F6'], inText: true, run: () => cycleRegion(-1) },
];

const themes: [Settings['theme'], string][] = [['dark', 'Dark'], ['light', 'Light'], ['hc', 'High contrast'], ['system', 'Theme of the system']];
const densities: [Settings['density'], string][] = [['compact', 'Compact rows'], ['regular', 'Regular rows'], ['roomy', 'Roomy rows']];

const appCommands: Command[] = [
  { id: 'app.palette', label: 'Command palette', icon: IconCommand, keys: ['Ctrl+Shift+P'], inText: true, run: () => openDialog({ kind: 'palette', text: '' }) },
  { id: 'app.settings', label: 'Settings…', icon: IconSettings, keys: ['Ctrl+,'], inText: true, run: () => openDialog({ kind: 'settings', section: 'appearance' }) },
  { id: 'app.keySettings', label: 'Change keys…', icon: IconKeyboard, run: () => openDialog({ kind: 'settings', section: 'keys' }) },
  { id: 'app.keys', label: 'All keys', icon: IconKeyboard, keys: ['?', 'F1'], inText: true, run: () => openDialog({ kind: 'keys' }) },
  { id: 'app.about', label: 'About Casebench', icon: IconInfoCircle, run: () => openDialog({ kind: 'about' }) },
  ...themes.map(([theme, label]): Command => ({ id: `app.theme.${theme}`, label, icon: IconContrast, context: () => 'theme', when: () => (useSettings.getState().settings.theme === theme ? 'in use' : true), run: () => change({ theme }) })),
  ...densities.map(([density, label]): Command => ({ id: `app.density.${density}`, label, icon: IconAdjustments, context: () => 'density', when: () => (useSettings.getState().settings.density === density ? 'in use' : true), run: () => change({ density }) })),
];

export const registerGlobalCommands = (): (() => void) => registerCommands(...caseCommands, ...timeCommands, ...viewCommands, ...panelCommands, ...appCommands);
