/**
 * The only place that listens to a page. Owns the check of the sender: the main frame of our own window, showing our own origin.
 * Channels are those of channels.ts; what comes in is handed on as `unknown`.
 */
// oxlint-disable-next-line no-restricted-imports -- the one file that checks the sender
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CasebenchError, toAppError, type AppError } from '../main/contract/errors.ts';
import { appOrigin } from './content-policy.ts';
import type { Log } from './log.ts';

export type PageAnswer = { ok: true; output: unknown } | { ok: false; error: AppError };

export type PageIpc = {
  /** Answers calls; a throw becomes a typed error. */
  answer(channel: string, handler: (input: unknown) => unknown): void;
  listen(channel: string, handler: () => void): void;
};

export const createPageIpc = (pageOf: () => WebContents | null, devServer: string | null, log: Log): PageIpc => {
  const isOurs = (event: IpcMainEvent | IpcMainInvokeEvent, channel: string): boolean => {
    const page = pageOf();
    const frame = event.senderFrame;
    const isMainFrame = page !== null && event.sender === page && frame !== null && frame.parent === null && frame === page.mainFrame;
    const trusted = isMainFrame && (frame.origin === appOrigin || (devServer !== null && frame.origin === devServer));
    if (!trusted) log('warn', 'sender refused', channel);
    return trusted;
  };
  const refused = (): PageAnswer => ({
    ok: false,
    error: toAppError(new CasebenchError('shell.refused', 'Only the main page of Casebench may ask this. Nothing was done.')),
  });

  return {
    answer(channel, handler) {
      ipcMain.handle(channel, async (event, input: unknown): Promise<PageAnswer> => {
        if (!isOurs(event, channel)) return refused();
        try {
          return { ok: true, output: await handler(input) };
        } catch (thrown) {
          if (!(thrown instanceof CasebenchError)) log('error', `defect in ${channel}`, thrown instanceof Error ? thrown.name : typeof thrown);
          return { ok: false, error: toAppError(thrown) };
        }
      });
    },
    listen(channel, handler) {
      ipcMain.on(channel, (event) => {
        if (isOurs(event, channel)) handler();
      });
    },
  };
};
