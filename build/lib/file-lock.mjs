/**
 * One process at a time for work on shared folders (install, build, runtime preparation).
 * Owns: the lock file, waiting, taking over from a process that died. Must not: know what is protected.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 200;
const unreadableStaleMs = 10_000;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Whether the holder named in a lock file is known to be gone. A holder on another host is believed.
 * @param {string} text content of the lock file
 * @param {number} ageMs age of the lock file
 * @param {(pid: number) => boolean} alive
 */
export function isStale(text, ageMs, alive = isAlive, host = hostname()) {
  const [pid, holderHost] = text.trim().split(' ');
  if (!pid || !holderHost) return ageMs > unreadableStaleMs;
  return holderHost === host && !alive(Number(pid));
}

/** @param {string} path */
function tryTake(path) {
  try {
    writeFileSync(path, `${process.pid} ${hostname()}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  try {
    if (isStale(readFileSync(path, 'utf8'), Date.now() - statSync(path).mtimeMs)) rmSync(path, { force: true });
  } catch {
    // The holder removed it meanwhile; the next attempt decides.
  }
  return false;
}

/**
 * Runs `work` while holding the lock file at `path`; waits for as long as a live process holds it.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {() => void} onWait called once when the lock is held by another process
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = false; !tryTake(path); waited = true) {
    if (!waited) onWait();
    await sleep(pollMs);
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
