/**
 * Whether Chromium's sandbox can be used on this machine.
 * Owns: that decision and its explanation. Must not: turn the sandbox off unless root or the person says so.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

const setuidRoot = 0o4755;

/**
 * @param {{ platform: NodeJS.Platform, isRoot: boolean, isRefused: boolean, hasNamespaces: boolean, hasHelper: boolean }} facts
 *   isRefused: the person asked for no sandbox; hasNamespaces: an ordinary user may create user namespaces;
 *   hasHelper: the setuid helper beside the binary is installed
 * @returns {'on' | 'off' | 'impossible'}
 */
export function decideSandbox({ platform, isRoot, isRefused, hasNamespaces, hasHelper }) {
  if (platform !== 'linux') return 'on';
  // Chromium refuses to start sandboxed as root.
  if (isRoot || isRefused) return 'off';
  return hasNamespaces || hasHelper ? 'on' : 'impossible';
}

/** Tries what Chromium will do: a user namespace with a mapped user. Machines without `unshare` are believed. */
export function canUseNamespaces() {
  const tried = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  return tried.error !== undefined || tried.status === 0;
}

/** @param {string} dist */
export function hasSandboxHelper(dist) {
  try {
    const stat = statSync(join(dist, 'chrome-sandbox'));
    return stat.uid === 0 && (stat.mode & 0o7777) === setuidRoot;
  } catch {
    return false;
  }
}

/** @param {string} dist */
export function sandboxHelp(dist) {
  const helper = join(dist, 'chrome-sandbox');
  return (
    "This system does not let an ordinary user create the namespaces Chromium's sandbox needs, so the app was not " +
    `opened. Install the sandbox helper once with:\n  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}\n` +
    'or add --no-sandbox to run without it, on a machine where all evidence is trusted.'
  );
}
