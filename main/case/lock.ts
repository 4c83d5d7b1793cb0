/**
 * The lock file of a case: who writes to it. A lock whose process has ended is taken over; a lock of another computer never is.
 * Owns `case.lock`. SQLite's own locks stay the last guard: a lost race here can't mix two writers' transactions.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { z } from 'zod';
import { syncFile } from './files.ts';
import type { ProcessIdentity } from './process-identity.ts';

const lockRecord = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** Tells this process from a later one with the same id; null where the system won't say. */
  processStart: z.string().nullable(),
  app: z.string(),
  openedUs: z.number().int(),
  token: z.string(),
});
export type LockRecord = z.infer<typeof lockRecord>;

export type Holder = { readonly app: string; readonly nowUs: number; readonly processes: ProcessIdentity; readonly host?: string };
export type LockResult =
  | { readonly kind: 'held'; /** A lock of a dead process was taken over. */ readonly tookOver: boolean; release(): void }
  | { readonly kind: 'locked'; readonly by: LockRecord };

/** Null when there is none or it can't be understood (cut by a crash while it was written). */
export const readLock = (file: string): LockRecord | null => {
  try {
    return lockRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
};

/** Whether whoever wrote the lock may still be writing to the case. */
export const isLive = (lock: LockRecord, processes: ProcessIdentity, host = os.hostname()): boolean => {
  if (lock.host !== host) return true;
  if (!processes.isAlive(lock.pid)) return false;
  const start = processes.startOf(lock.pid);
  return start === null || lock.processStart === null || start === lock.processStart;
};

const codeOf = (thrown: unknown): unknown => (thrown instanceof Error && 'code' in thrown ? thrown.code : null);

/** False when a lock is there already. The file appears whole or not at all where the file system has hard links. */
const tryCreate = (file: string, record: LockRecord): boolean => {
  const text = JSON.stringify(record);
  const temp = `${file}.${record.token}`;
  try {
    writeFileSync(temp, text, { flag: 'wx', mode: 0o644 });
    syncFile(temp);
    try {
      linkSync(temp, file);
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') return false;
      // FAT and some network shares have no links.
      writeFileSync(file, text, { flag: 'wx', mode: 0o644 });
      return true;
    }
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  } finally {
    rmSync(temp, { force: true });
  }
};

/** Moves a dead lock away; what was moved is looked at again, since another process may have been quicker. */
const clearStale = (file: string, stale: LockRecord | null, token: string): void => {
  const aside = `${file}.${token}.stale`;
  try {
    renameSync(file, aside);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return;
    throw thrown;
  }
  const moved = readLock(aside);
  if (moved !== null && moved.token !== stale?.token) {
    try {
      linkSync(aside, file);
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') renameSync(aside, file);
    }
  }
  rmSync(aside, { force: true });
};

/** Throws what the file system throws when nothing can be written there. */
export const acquireLock = (file: string, holder: Holder): LockResult => {
  const host = holder.host ?? os.hostname();
  const record: LockRecord = {
    pid: process.pid,
    host,
    processStart: holder.processes.startOf(process.pid),
    app: holder.app,
    openedUs: holder.nowUs,
    token: randomBytes(12).toString('hex'),
  };
  let tookOver = false;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (tryCreate(file, record)) {
      return {
        kind: 'held',
        tookOver,
        release: () => {
          if (readLock(file)?.token === record.token) rmSync(file, { force: true });
        },
      };
    }
    const found = readLock(file);
    if (found !== null && isLive(found, holder.processes, host)) return { kind: 'locked', by: found };
    clearStale(file, found, record.token);
    tookOver = true;
  }
  const by = readLock(file) ?? { ...record, pid: 0, app: 'another program', processStart: null };
  return { kind: 'locked', by };
};
