/**
 * The log file: `<userData>/logs/casebench.log`, one line an event, renewed at 1 MB, two old files kept. Callers pass names, codes
 * and places in the source; evidence, paths of evidence and secrets never.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type LogLevel = 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, event: string, detail?: string) => void;

const maxBytes = 1_000_000;
const keptFiles = 2;
const maxDetailChars = 4_000;

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').slice(0, maxDetailChars);

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
};

/** `now`: ISO time of the line. A log that can't be written is given up silently: it must never stop the app. */
export const createLog = (userDataDir: string, now: () => string): Log => {
  const folder = join(userDataDir, 'logs');
  const file = join(folder, 'casebench.log');
  let bytes = -1;

  const renew = (): void => {
    for (let age = keptFiles - 1; age >= 1; age--) tryRename(`${file}.${age}`, `${file}.${age + 1}`);
    tryRename(file, `${file}.1`);
    bytes = 0;
  };

  return (level, event, detail = '') => {
    const line = `${[now(), level, oneLine(event), oneLine(detail)].join(' ').trimEnd()}\n`;
    try {
      if (bytes < 0) {
        mkdirSync(folder, { recursive: true });
        bytes = sizeOf(file);
      }
      if (bytes + line.length > maxBytes) renew();
      appendFileSync(file, line, { mode: 0o600 });
      bytes += Buffer.byteLength(line);
    } catch {
      bytes = -1;
    }
  };
};

const tryRename = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch {
    // not there yet
  }
};
