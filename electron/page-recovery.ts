/**
 * A page that ended (crash, out of memory) is loaded again; the case lives in the engine and is still open. Owns when to stop trying.
 */
import { dialog, type BrowserWindow } from 'electron';
import type { Log } from './log.ts';

const windowMs = 60_000;
const maxReloads = 3;

/** Whether one more reload is due, given the times of those before. */
export const shouldReload = (reloadsMs: readonly number[], nowMs: number): boolean => reloadsMs.filter((atMs) => atMs > nowMs - windowMs).length < maxReloads;

export type RecoveryDeps = { readonly log: Log; monotonicMs(): number; reload(window: BrowserWindow): void; quit(): void };

export const recoverPage = (window: BrowserWindow, { log, monotonicMs, reload, quit }: RecoveryDeps): void => {
  let reloadsMs: number[] = [];
  const reloadNow = (): void => {
    reloadsMs.push(monotonicMs());
    reload(window);
  };

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log('error', 'page ended', reason);
    if (reason === 'clean-exit') return;
    if (shouldReload(reloadsMs, monotonicMs())) {
      reloadNow();
      return;
    }
    void dialog
      .showMessageBox(window, {
        type: 'error',
        title: 'Casebench',
        message: 'The window keeps ending.',
        detail: 'Everything saved is kept in the case. Load the window again, or close Casebench and start it later.',
        buttons: ['Close Casebench', 'Load again'],
        defaultId: 1,
        cancelId: 0,
        noLink: true,
      })
      .then(({ response }) => {
        reloadsMs = [];
        if (response === 1) reloadNow();
        else quit();
        return response;
      });
  });
  window.webContents.on('unresponsive', () => log('warn', 'page does not respond'));
};
