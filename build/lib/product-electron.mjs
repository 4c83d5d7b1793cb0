/**
 * The product's Electron: the version package.json pins, from Electron's releases, verified against the checksums
 * that come with the npm package, unpacked into the user's cache folder.
 * Owns: finding a copy already present, downloading with deadlines, remembering that a download is not possible.
 * Must not: know the development runtime.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadOutside } from './download.mjs';
import { withLock } from './file-lock.mjs';
import { modulesFolder } from './paths.mjs';
import { say } from './say.mjs';
import { unzip } from './unzip.mjs';

const rememberFailureMs = 24 * 60 * 60 * 1000;
const releases = 'https://github.com/electron/electron/releases/download/';

/** Path of the executable inside a distribution folder. */
export function executableIn(platform = process.platform) {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The version the installed npm package stands for. */
export function productVersion(modules = modulesFolder) {
  return /** @type {string} */ (JSON.parse(readFileSync(join(modules, 'electron', 'package.json'), 'utf8')).version);
}

/**
 * Whether a folder holds a complete distribution of this version.
 * @param {string} dist
 * @param {string} version
 */
export function isDist(dist, version) {
  try {
    const found = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return found === version && existsSync(join(dist, executableIn()));
  } catch {
    return false;
  }
}

/**
 * Whether a remembered failure still counts.
 * @param {unknown} note parsed content of the note
 * @param {number} nowMs
 */
export function isRecentFailure(note, nowMs) {
  const atMs = /** @type {{ atMs?: unknown } | null} */ (note)?.atMs;
  return typeof atMs === 'number' && nowMs - atMs >= 0 && nowMs - atMs < rememberFailureMs;
}

/** @param {string} file */
function readNote(file) {
  try {
    return /** @type {{ atMs: number, reason: string }} */ (JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * @param {string} version
 * @param {string} dist where the unpacked distribution goes
 */
async function fetchDist(version, dist) {
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const checksums = JSON.parse(readFileSync(join(modulesFolder, 'electron', 'checksums.json'), 'utf8'));
  const expected = checksums[name];
  if (!expected) throw new Error(`Electron ${version} is not published for ${process.platform} ${process.arch}`);
  const base = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? releases;
  const work = `${dist}.tmp-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'dist'), { recursive: true });
  try {
    const zipFile = join(work, name);
    const actual = await downloadOutside(`${base}v${version}/${name}`, zipFile);
    if (actual !== expected) throw new Error(`the download's sha256 is ${actual}, expected ${expected}`);
    await unzip(zipFile, join(work, 'dist'));
    if (!isDist(join(work, 'dist'), version)) throw new Error('the archive is not a complete distribution');
    rmSync(dist, { recursive: true, force: true });
    renameSync(join(work, 'dist'), dist);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Finds or downloads the product's Electron. `dist` is null when it can't be had, with the reason.
 * A failure is remembered for a day, so that the next starts don't wait for the network.
 * @param {string} cache
 * @param {{ retry: boolean, nowMs?: number }} options
 * @returns {Promise<{ version: string, dist: string, reason: null } | { version: string, dist: null, reason: string }>}
 */
export async function ensureProductElectron(cache, options) {
  const version = productVersion();
  const dist = join(cache, `electron-${version}-${process.platform}-${process.arch}`);
  for (const place of [join(modulesFolder, 'electron', 'dist'), dist]) {
    if (isDist(place, version)) return { version, dist: place, reason: null };
  }
  const noteFile = `${dist}.unreachable.json`;
  const note = readNote(noteFile);
  const nowMs = options.nowMs ?? Date.now();
  if (note && !options.retry && isRecentFailure(note, nowMs)) return { version, dist: null, reason: note.reason };
  return withLock(`${dist}.lock`, async () => {
    if (isDist(dist, version)) return { version, dist, reason: null };
    say(`Downloading Electron ${version}…`);
    try {
      await fetchDist(version, dist);
      rmSync(noteFile, { force: true });
      return { version, dist, reason: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      writeFileSync(noteFile, `${JSON.stringify({ atMs: nowMs, reason })}\n`);
      return { version, dist: null, reason };
    }
  });
}
