/**
 * Makes sure the machine has what Electron needs from the system: on Debian as root by installing it, else by saying
 * the exact line to type.
 * Owns: asking ldd, PATH and apt. Must not: know package names (system-packages.mjs does) or start Electron.
 */
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { withLock } from './file-lock.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';
import { debianInstall, distroFamily, installLine, missingLibraries } from './system-packages.mjs';

const aptLists = '/var/lib/apt/lists';

export const isRoot = process.getuid?.() === 0;

/** @param {string} tool */
export function isOnPath(tool, path = process.env['PATH'] ?? '') {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function readOsRelease() {
  for (const file of ['/etc/os-release', '/usr/lib/os-release']) {
    if (existsSync(file)) return readFileSync(file, 'utf8');
  }
  return '';
}

/** @param {string} name */
function aptKnows(name) {
  return spawnSync('apt-cache', ['show', '--no-all-versions', name], { stdio: 'ignore' }).status === 0;
}

function hasPackageLists() {
  try {
    return readdirSync(aptLists).some((name) => name.endsWith('_Packages') || name.endsWith('_Packages.lz4'));
  } catch {
    return false;
  }
}

/** @param {string[]} args */
function apt(args) {
  return run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

/**
 * @param {string[]} libraries
 * @param {string[]} tools
 */
async function installWithApt(libraries, tools) {
  let isFresh = false;
  const refresh = async () => {
    await apt(['update', '-qq']);
    isFresh = true;
  };
  if (!hasPackageLists()) await refresh();
  const { packages } = debianInstall(libraries, tools, aptKnows);
  if (packages.length === 0) return { code: 1, output: 'No package is known for what is missing.' };
  say(`Installing system packages with apt-get: ${packages.join(' ')}`);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  let result = await apt(args);
  if (result.code !== 0 && !isFresh) {
    await refresh();
    result = await apt(args);
  }
  return result;
}

/**
 * Checks the Electron binary's libraries and the named tools; returns when all are there.
 * @param {string} executable
 * @param {string[]} tools
 */
export async function ensureSystem(executable, tools) {
  if (process.platform !== 'linux') return;
  const look = async () => {
    const answer = isOnPath('ldd') ? (await run('ldd', [executable])).output : '';
    return { libraries: missingLibraries(answer), tools: tools.filter((tool) => !isOnPath(tool)) };
  };
  let missing = await look();
  if (missing.libraries.length + missing.tools.length === 0) return;
  const family = distroFamily(readOsRelease());
  let aptSaid = '';
  if (family === 'debian' && isRoot && isOnPath('apt-get')) {
    await withLock('/tmp/casebench-apt.lock', async () => {
      missing = await look();
      if (missing.libraries.length + missing.tools.length === 0) return;
      const result = await installWithApt(missing.libraries, missing.tools);
      if (result.code !== 0) aptSaid = `\n${result.output.trim()}`;
      missing = await look();
    });
    if (missing.libraries.length + missing.tools.length === 0) return;
  }
  const line = installLine(family, missing.libraries, missing.tools, family === 'debian' ? aptKnows : undefined);
  throw new SetupError(
    `This system lacks ${[...missing.libraries, ...missing.tools].join(', ')}; the app can't open without. ` +
      `${line ? `Install with:\n  ${line}` : 'Install the packages that bring them, then run this again.'}${aptSaid}`,
  );
}
