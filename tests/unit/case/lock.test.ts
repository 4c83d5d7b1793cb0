import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, isLive, readLock } from '../../../main/case/lock.ts';
import type { LockRecord } from '../../../main/case/lock.ts';
import { systemProcesses } from '../../../main/case/process-identity.ts';
import type { ProcessIdentity } from '../../../main/case/process-identity.ts';

const processes = (alive: Record<number, string>): ProcessIdentity => ({ isAlive: (pid) => pid in alive, startOf: (pid) => alive[pid] ?? null });
const here = processes({ [process.pid]: 'now', 77: 'boot/5' });

describe('the lock of a case', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'casebench-lock-'));
    file = path.join(folder, 'case.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const holder = { app: 'Casebench 1', nowUs: 5, processes: here, host: 'desk' };
  const put = (over: Partial<LockRecord>): void =>
    writeFileSync(file, JSON.stringify({ pid: 77, host: 'desk', processStart: 'boot/5', app: 'Casebench 0', openedUs: 1, token: 't', ...over }));

  it('is taken, seen by others and given back', () => {
    const mine = acquireLock(file, holder);
    expect(mine).toMatchObject({ kind: 'held', tookOver: false });
    expect(readLock(file)).toMatchObject({ pid: process.pid, host: 'desk', processStart: 'now', app: 'Casebench 1', openedUs: 5 });
    expect(acquireLock(file, holder)).toMatchObject({ kind: 'locked', by: { pid: process.pid } });
    if (mine.kind === 'held') mine.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a live process keeps others out', () => {
    put({});
    expect(acquireLock(file, holder)).toMatchObject({ kind: 'locked', by: { pid: 77, app: 'Casebench 0' } });
  });

  it('of a process that ended is taken over', () => {
    put({ pid: 78 });
    expect(acquireLock(file, holder)).toMatchObject({ kind: 'held', tookOver: true });
  });

  it('of an earlier process with the same id is taken over', () => {
    put({ processStart: 'boot/4' });
    expect(acquireLock(file, holder)).toMatchObject({ kind: 'held', tookOver: true });
    expect(readdirSync(folder)).toEqual(['case.lock']);
  });

  it('of another computer is never taken over', () => {
    put({ pid: 78, host: 'other' });
    expect(acquireLock(file, holder)).toMatchObject({ kind: 'locked', by: { host: 'other' } });
  });

  it('cut short by a crash is taken over', () => {
    writeFileSync(file, '{"pid":77,"ho');
    expect(acquireLock(file, holder)).toMatchObject({ kind: 'held', tookOver: true });
  });

  it('is given back only by who holds it', () => {
    const mine = acquireLock(file, holder);
    put({ token: 'somebody' });
    if (mine.kind === 'held') mine.release();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ token: 'somebody' });
  });

  it('counts as live where the system won’t say when a process started', () => {
    const silent: ProcessIdentity = { isAlive: () => true, startOf: () => null };
    expect(isLive({ pid: 77, host: 'desk', processStart: 'boot/4', app: '', openedUs: 1, token: '' }, silent, 'desk')).toBe(true);
  });
});

describe('this system', () => {
  it('knows this process and says the same of it twice', () => {
    expect(systemProcesses.isAlive(process.pid)).toBe(true);
    const start = systemProcesses.startOf(process.pid);
    expect(start).not.toBeNull();
    expect(systemProcesses.startOf(process.pid)).toBe(start);
    expect(systemProcesses.startOf(process.ppid)).not.toBe(start);
  });
});
