/**
 * Where things are: the repository root, the pinned Node, the user's cache folder.
 * Owns: these paths and the PATH that children get. Must not: create or read anything but the environment.
 * Runs on the machine's own Node (20 or newer) before any dependency is installed.
 */
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const modulesFolder = join(root, 'node_modules');
export const binFolder = join(modulesFolder, '.bin');
export const pinnedNode = join(modulesFolder, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * The folder that holds prepared runtimes and remembered failures; safe to delete at any time.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'casebench');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'casebench');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'casebench', 'cache');
  return join(home, '.cache', 'casebench');
}

/**
 * PATH with this repository's tools first, so that `#!/usr/bin/env node` finds the pinned Node.
 * @param {string} path
 */
export function withTools(path = process.env['PATH'] ?? '') {
  return [binFolder, ...path.split(delimiter).filter((part) => part !== binFolder)].join(delimiter);
}

/**
 * PATH without this repository's tools: what an install may use while it replaces node_modules.
 * @param {string} path
 */
export function withoutTools(path = process.env['PATH'] ?? '') {
  return path
    .split(delimiter)
    .filter((part) => part !== '' && !resolve(part).startsWith(modulesFolder + sep))
    .join(delimiter);
}

/**
 * Resolves a path as the person typed it. npm runs scripts in the package folder and keeps theirs in INIT_CWD.
 * @param {string} path
 */
export function fromCaller(path, env = process.env, cwd = process.cwd()) {
  return resolve(env['npm_lifecycle_event'] && env['INIT_CWD'] ? env['INIT_CWD'] : cwd, path);
}
