/** Opening, creating, closing, moving and checking cases, undo and redo: what menus, the start page and the palette all call. */
import { create } from 'zustand';
import type { CaseInfo, RecentCase, VerifyReport } from '../../main/contract/index.ts';
import { engine, shell } from '../engine/bridge.ts';
import { useCase } from '../state/case-store.ts';
import { busyUntil } from '../state/idle.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { showDemo } from './demo-view.ts';
import { flushViews } from './session.ts';

/** Dialogs that belong to the case rather than to the frame. */
type CaseDialog = { kind: 'new' } | { kind: 'rename' } | { kind: 'verify'; report: VerifyReport } | null;
export const useCaseDialog = create<{ dialog: CaseDialog }>(() => ({ dialog: null }));
export const setCaseDialog = (dialog: CaseDialog): void => useCaseDialog.setState({ dialog });

const shown = (info: CaseInfo): CaseInfo => {
  useCase.setState({ info });
  return info;
};

/** Runs work whose failure has no panel of its own. */
const attempt = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await busyUntil(work());
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const openCaseFolder = (): Promise<void> =>
  attempt(async () => {
    const { folder } = await shell('shell.pickFolder', { purpose: 'openCase' });
    if (folder === null) return;
    flushViews();
    shown(await engine.call('case.open', { handle: folder.handle }));
  });

export const openCaseHandle = async (handle: string): Promise<void> => {
  flushViews();
  shown(await engine.call('case.open', { handle }));
};

export const openRecent = (recent: RecentCase): Promise<void> =>
  attempt(async () => {
    flushViews();
    shown(await engine.call('case.open', { recentId: recent.recentId }));
  });

/** Throws, so that the form that asked can show why. */
export const createCase = async (name: string, parentHandle: string | null): Promise<CaseInfo> => {
  flushViews();
  return shown(await engine.call('case.create', { name, parentHandle }));
};

export const openDemo = async (): Promise<void> => {
  flushViews();
  const job = await engine.start('case.openDemo', {});
  shown(await busyUntil(job.finished));
  await busyUntil(showDemo());
};

export const openDemoOrTell = (): Promise<void> => attempt(openDemo);

export const closeCase = (): Promise<void> =>
  attempt(async () => {
    flushViews();
    await engine.call('case.close', {});
    useCase.setState({ info: null });
  });

export const renameCase = (name: string): Promise<void> => attempt(() => engine.call('case.rename', { name }));

export const moveCase = (): Promise<void> =>
  attempt(async () => {
    const { folder } = await shell('shell.pickFolder', { purpose: 'moveCase' });
    if (folder === null) return;
    flushViews();
    const job = await engine.start('case.moveTo', { parentHandle: folder.handle });
    const info = shown(await job.finished);
    notify(`The case is now in ${info.folder}.`);
  });

/** A job; the report opens when it ends. */
export const verifyCase = (): Promise<void> =>
  attempt(async () => {
    const job = await engine.start('case.verify', {});
    setCaseDialog({ kind: 'verify', report: await job.finished });
  });

export const undo = (): Promise<void> =>
  attempt(async () => {
    const { label } = await engine.call('history.undo', {});
    if (label !== null) notify(`Undone: ${label}.`, { label: 'Redo', run: () => void redo() });
  });

export const redo = (): Promise<void> =>
  attempt(async () => {
    const { label } = await engine.call('history.redo', {});
    if (label !== null) notify(`Redone: ${label}.`, { label: 'Undo', run: () => void undo() });
  });
