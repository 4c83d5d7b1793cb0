/**
 * Makes node_modules agree with package-lock.json before anything else runs.
 * Owns: noticing that an install is missing or out of date, and `npm ci`. Must not: change package files.
 * A stamp in node_modules makes the usual case one hash; without a matching stamp npm's own record of what it
 * installed decides, so that a plain `npm install` is not undone.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './file-lock.mjs';
import { npm, withoutEngineWarnings } from './npm.mjs';
import { modulesFolder, pinnedNode, root } from './paths.mjs';
import { SetupError, say } from './say.mjs';

const oldestNodeMajor = 20;
/** What npm has to say stands first; the rest is its manual. */
const shownLines = 30;
const stampFile = join(modulesFolder, '.casebench-install');

/**
 * What a stamp says: the lock file's content and the platform it was installed for. Nothing installed depends on the
 * Node that ran npm (everything runs on the pinned one), so its version is not part of it.
 * @param {string | Buffer} lockFile
 */
export function installStamp(lockFile, platform = process.platform, arch = process.arch) {
  return `${createHash('sha256').update(lockFile).digest('hex')} ${platform} ${arch}\n`;
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Whether npm's record of an install covers a lock file: every package there in the same version, nothing else.
 * Optional packages may be missing (other platforms).
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 */
export function isSameInstall(wanted, installed) {
  const want = wanted.packages ?? {};
  const have = installed.packages ?? {};
  for (const [path, entry] of Object.entries(want)) {
    if (path === '') continue;
    const found = have[path];
    if (!found) {
      if (entry.optional) continue;
      return false;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
  }
  return Object.keys(have).every((path) => path in want);
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** @param {string} lockText */
function isCurrent(lockText) {
  if (!existsSync(pinnedNode)) return false;
  const stamp = installStamp(lockText);
  const found = readText(stampFile);
  if (found === stamp) return true;
  // Installed for another platform (a shared or copied folder): npm's record would not show it.
  if (found && found.trim().split(' ').slice(1).join(' ') !== `${process.platform} ${process.arch}`) return false;
  const record = readText(join(modulesFolder, '.package-lock.json'));
  if (!record || !isSameInstall(JSON.parse(lockText), JSON.parse(record))) return false;
  try {
    writeFileSync(stampFile, stamp);
  } catch {
    // A read-only checkout is still current; it is compared again next time.
  }
  return true;
}

/** Fails with a plain message on a Node that is too old to run the rest. */
function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNodeMajor) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old: Casebench starts on Node ${oldestNodeMajor} or newer and then ` +
      `brings its own. Nothing was changed. Install Node ${oldestNodeMajor} or newer and run this again.`,
  );
}

/** Installs the dependencies when they are missing or out of date. */
export async function ensureDependencies() {
  requireNode();
  const lockText = readText(join(root, 'package-lock.json'));
  if (lockText === null) throw new SetupError(`${root} has no package-lock.json: this is not a complete checkout.`);
  if (isCurrent(lockText)) return;
  const lockName = `casebench-install-${process.getuid?.() ?? 0}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`;
  const waiting = () => say('Waiting for another run that is installing the dependencies.');
  await withLock(
    join(tmpdir(), lockName),
    async () => {
      if (isCurrent(lockText)) return;
      const isUpdate = existsSync(modulesFolder);
      say(`${isUpdate ? 'Dependencies are out of date; installing' : 'Installing dependencies'} with npm ci…`);
      const startedMs = performance.now();
      const result = await npm(['ci', '--loglevel', 'warn'], { cwd: root });
      const output = withoutEngineWarnings(result.output).trim();
      if (result.code !== 0 || !existsSync(pinnedNode)) {
        const told = output.split('\n').slice(0, shownLines).join('\n');
        throw new SetupError(
          `npm ci ended with ${result.code}; the dependencies are not complete, so nothing was started.\n${told}\n` +
            'Check the connection to the npm registry and run this again.',
        );
      }
      writeFileSync(stampFile, installStamp(lockText));
      say(`Installed the dependencies in ${Math.round((performance.now() - startedMs) / 1000)} s.`);
    },
    waiting,
  );
}
