/** What happens at start: settings, the case that is open or asked for, then the one report that everything is drawn. */
import { shell } from '../engine/bridge.ts';
import { refreshCase, useCase } from '../state/case-store.ts';
import { busy, whenIdle } from '../state/idle.ts';
import { loadSettings } from '../state/settings-store.ts';
import { notifyError } from '../state/toasts.ts';
import { openCaseHandle, openDemo } from './case-actions.ts';

/** Views start their own work a moment after they mount; quiet before that means nothing. */
const settleMs = 400;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const boot = async (): Promise<void> => {
  const release = busy();
  let screenshot = false;
  try {
    const wanted = await shell('shell.boot', {});
    screenshot = wanted.screenshot;
    await loadSettings(wanted.theme);
    await refreshCase();
    if (wanted.caseHandle !== null) await openCaseHandle(wanted.caseHandle);
    else if (wanted.demo) await openDemo();
  } catch (thrown) {
    notifyError(thrown);
    if (useCase.getState().info === undefined) useCase.setState({ info: null });
  } finally {
    release();
  }
  if (!screenshot) return;
  await document.fonts.ready;
  // quiet twice, with time between for views to begin: the first quiet may come before they ask
  await whenIdle();
  await wait(settleMs);
  await whenIdle();
  await shell('shell.idle', {});
};
