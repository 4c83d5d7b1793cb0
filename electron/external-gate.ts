/**
 * The one gate through which an address leaves for the system's browser: https only, no credentials, shown to the analyst in a
 * native dialog first, logged (that it was opened, not what: an address can be evidence). No other file may open an address or a file with another program.
 */
import { dialog, shell, type BrowserWindow } from 'electron';
import { CasebenchError } from '../main/contract/errors.ts';
import type { Log } from './log.ts';

const maxChars = 2_000;

/** The address as it would be opened. Throws `shell.refused`, saying why. */
export const checkExternal = (address: string): URL => {
  const refuse = (why: string): never => {
    throw new CasebenchError('shell.refused', `The address was not opened: ${why}. Copy it if it is needed elsewhere.`);
  };
  if (address.length > maxChars) return refuse(`it is longer than ${maxChars.toLocaleString('en')} characters`);
  if (/[\p{Cc}\p{Cf}\s\\]/u.test(address)) return refuse('it contains spaces, backslashes or invisible characters');
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return refuse('it is not a complete address');
  }
  if (url.protocol !== 'https:') return refuse('only https addresses can be opened');
  if (url.username !== '' || url.password !== '') return refuse('it carries a user name or password');
  if (url.hostname === '') return refuse('it names no host');
  return url;
};

export type ExternalGate = (address: string) => Promise<boolean>;

export const createExternalGate = (windowOf: () => BrowserWindow | null, log: Log): ExternalGate => {
  let asking = false;
  return async (address) => {
    const url = checkExternal(address);
    if (asking) throw new CasebenchError('shell.refused', 'The address was not opened: another one is waiting for an answer.');
    asking = true;
    try {
      const question = {
        type: 'warning' as const,
        title: 'Open address',
        message: `Open ${url.hostname} in the browser?`,
        detail: `${url.href}\n\nThe site will see this computer's address. Evidence is not sent.`,
        buttons: ['Cancel', 'Open in browser'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      };
      const window = windowOf();
      const { response } = window === null ? await dialog.showMessageBox(question) : await dialog.showMessageBox(window, question);
      log('info', 'external address', response === 1 ? 'opened after confirmation' : 'declined');
      if (response !== 1) return false;
      // oxlint-disable-next-line no-restricted-properties -- this is the gate
      await shell.openExternal(url.href, { activate: true });
      return true;
    } finally {
      asking = false;
    }
  };
};
