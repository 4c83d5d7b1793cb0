/**
 * Tells one process from a later one with the same id: process ids are used again, the moment a process started is not.
 * Owns the per-system ways to ask. Must not end or signal any process (signal 0 only asks).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type ProcessIdentity = {
  isAlive(pid: number): boolean;
  /** A text that no other process of this machine ever has for this id; null when the system won't say. */
  startOf(pid: number): string | null;
};

/** Fields of /proc/<pid>/stat after the command name, which may itself hold spaces and brackets. */
const linuxStat = (pid: number): string[] | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
};
const linuxBootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
};

/** In one zone and language: the answer must not change when the traveller's clock does. */
const ask = (command: string, args: string[]): string | null => {
  try {
    const text = execFileSync(command, args, { encoding: 'utf8', timeout: 5_000, windowsHide: true, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } }).trim();
    return text === '' ? null : text;
  } catch {
    return null;
  }
};

export const systemProcesses: ProcessIdentity = {
  isAlive: (pid) => {
    try {
      process.kill(pid, 0);
    } catch (thrown) {
      // EPERM: somebody else's process, alive.
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM')) return false;
    }
    // A killed process stays in the list until its parent looks: it holds nothing any more.
    const state = process.platform === 'linux' ? linuxStat(pid)?.[0] : undefined;
    return state !== 'Z' && state !== 'X';
  },
  startOf: (pid) => {
    if (process.platform === 'linux') {
      const ticks = linuxStat(pid)?.[19];
      return ticks === undefined ? null : `${linuxBootId()}/${ticks}`;
    }
    if (process.platform === 'win32') return ask('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().Ticks`]);
    return ask('ps', ['-o', 'lstart=', '-p', String(pid)]);
  },
};
