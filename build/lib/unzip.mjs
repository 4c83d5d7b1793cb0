/**
 * Unpacks a trusted, checksum-verified Electron archive: files with their modes, and symbolic links (macOS).
 * Owns: staying inside the target folder. Must not: be used for evidence; that has its own limits in main/.
 * Needs yauzl from node_modules, so it is called only after the install.
 */
import { createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';

const typeMask = 0o170000;
const linkType = 0o120000;

/**
 * @param {string} zipFile
 * @param {string} target an existing folder
 * @param {(name: string) => string | null} place maps an entry's name to a path under `target`; null leaves it out
 * @returns {Promise<number>} how many files were written
 */
export async function unzip(zipFile, target, place = (name) => name) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(zipFile);
  const inside = resolve(target) + sep;
  /** @type {{ path: string, to: string }[]} */
  const links = [];
  let written = 0;
  for await (const entry of zip.eachEntry()) {
    const placed = place(entry.fileName);
    if (placed === null || placed === '' || placed.endsWith('/')) continue;
    const path = join(target, placed);
    if (!path.startsWith(inside)) throw new Error(`The archive entry ${entry.fileName} leaves its folder.`);
    const mode = entry.externalFileAttributes >>> 16;
    const content = await zip.openReadStreamPromise(entry);
    if ((mode & typeMask) === linkType) {
      links.push({ path, to: await text(content) });
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    await pipeline(content, createWriteStream(path, { mode: mode & 0o111 ? 0o755 : 0o644 }));
    written++;
  }
  // Last, so that no file is written through a link.
  for (const { path, to } of links) {
    if (!resolve(dirname(path), to).startsWith(inside)) throw new Error(`The archive link ${path} leaves its folder.`);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(to, path);
  }
  return written;
}
