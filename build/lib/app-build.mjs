/**
 * Builds the app into out/ when its sources changed since the last build there.
 * Owns: the stamp in out/ and calling electron-vite. Must not: know what is built (electron.vite.config.ts does).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './file-lock.mjs';
import { modulesFolder, pinnedNode, root } from './paths.mjs';
import { run } from './run.mjs';
import { toolEnvironment } from './runtime.mjs';

const outFolder = join(root, 'out');
const stampFile = join(outFolder, '.casebench-build');
/** Sample evidence is read at run time and is large; it is not part of any bundle. */
const sources = ['electron', 'main', 'renderer', 'queries', 'resources'];
const notSources = new Set([join('resources', 'samples')]);
const settingsFiles = ['electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/**
 * All files under the given folders and files of a root, relative to it, sorted; what doesn't exist is left out.
 * @param {string} base
 * @param {string[]} names
 * @param {Set<string>} except
 * @returns {string[]}
 */
export function listFiles(base, names, except = new Set()) {
  /** @type {string[]} */
  const files = [];
  /** @param {string} path */
  const walk = (path) => {
    if (except.has(path)) return;
    for (const entry of readdirSync(join(base, path), { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) walk(inner);
      else if (entry.isFile()) files.push(inner);
    }
  };
  for (const name of names) {
    if (!existsSync(join(base, name))) continue;
    if (settingsFiles.includes(name)) files.push(name);
    else walk(name);
  }
  return files.toSorted();
}

/**
 * Hash of names and contents: the same sources give the same stamp wherever and whenever they were checked out.
 * @param {string} base
 * @param {string[]} files relative to base
 */
export function contentStamp(base, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(join(base, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function currentStamp() {
  return contentStamp(root, listFiles(root, [...sources, ...settingsFiles], notSources));
}

/** @param {string} stamp */
function isBuilt(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
}

/** Makes the next build a full one: a development server writes its own output into out/. */
export function forgetBuild() {
  rmSync(stampFile, { force: true });
}

/**
 * Builds when needed. Resolves to the build's output on failure, with `ok: false`; out/ then has no stamp.
 * @param {() => void} onBuild called when a build starts
 * @returns {Promise<{ ok: boolean, built: boolean, output: string }>}
 */
export async function buildApp(onBuild = () => {}) {
  if (isBuilt(currentStamp())) return { ok: true, built: false, output: '' };
  return withLock(join(modulesFolder, '.casebench-build.lock'), async () => {
    const stamp = currentStamp();
    if (isBuilt(stamp)) return { ok: true, built: false, output: '' };
    onBuild();
    forgetBuild();
    const cli = join(modulesFolder, 'electron-vite', 'bin', 'electron-vite.js');
    const result = await run(pinnedNode, [cli, 'build'], {
      cwd: root,
      env: { ...toolEnvironment(), NODE_ENV: 'production', NO_COLOR: '1' },
    });
    const ok = result.code === 0;
    if (ok) {
      mkdirSync(outFolder, { recursive: true });
      writeFileSync(stampFile, stamp);
    }
    return { ok, built: true, output: result.output };
  });
}
