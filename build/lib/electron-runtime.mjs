/**
 * Chooses the Electron that runs the app: an override, the product's own, or the development runtime.
 * Owns: that order and what is said about it. Must not: start Electron.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureFallbackElectron, fallbackVersion, markerName } from './fallback-electron.mjs';
import { cacheFolder } from './paths.mjs';
import { ensureProductElectron, executableIn } from './product-electron.mjs';
import { SetupError, say } from './say.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} dist folder of the distribution
 * @property {string} executable
 * @property {string} version
 * @property {boolean} isFallback development and tests only
 */

/**
 * Whether a distribution is the development runtime, by the marker its preparation left in it.
 * @param {string} dist
 */
export function isFallbackDist(dist) {
  return existsSync(join(dist, markerName));
}

/** @param {string} dist @returns {ElectronRuntime} */
function describe(dist) {
  const versionFile = join(dist, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return { dist, executable: join(dist, executableIn()), version, isFallback: isFallbackDist(dist) };
}

/**
 * Makes sure an Electron runtime exists and returns it.
 * @param {{ retry?: boolean }} options retry: ask the network again although it failed within the last day
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron(options = {}) {
  const override = process.env['CASEBENCH_ELECTRON_DIST'];
  if (override) {
    const dist = resolve(override);
    if (!existsSync(join(dist, executableIn()))) {
      throw new SetupError(
        `CASEBENCH_ELECTRON_DIST is ${dist}, but there is no ${executableIn()} in it. ` +
          'The app was not started. Point it to a folder with an unpacked Electron, or unset it.',
      );
    }
    return describe(dist);
  }
  const cache = cacheFolder();
  const product = await ensureProductElectron(cache, { retry: options.retry ?? false });
  if (product.dist !== null) return describe(product.dist);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron ${product.version} could not be downloaded (${product.reason}), and there is no substitute for ` +
        `${process.platform} ${process.arch}. The app was not started. With a connection run again with ` +
        '--retry-electron, or set CASEBENCH_ELECTRON_DIST to a folder with an unpacked Electron.',
    );
  }
  const dist = await ensureFallbackElectron(cache);
  say(
    `Electron ${product.version} is not available here (${product.reason}). Using the development runtime: ` +
      `Electron ${fallbackVersion}, end of life, for development and tests only. --retry-electron tries again.`,
  );
  return describe(dist);
}
