/**
 * From an `app:` address to a file of the built page. Owns the rule which files can be reached: inside the page's folder after
 * following links, of a listed type, spelled plainly. Must not read the file.
 */
import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { appHost, appScheme } from './content-policy.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Letters, digits and the few signs bundlers use in file names; no dot segment, escape, backslash, colon or control character. */
const plainSegment = /^(?!\.)[\w.@~+-]+(?<!\.)$/;

export type AppFile = { path: string; type: string };

/** Null for everything that is not a file of the page. `root` has to be a real path without links. */
export const resolveAppFile = async (root: string, address: string): Promise<AppFile | null> => {
  const path = plainPath(address);
  if (path === null) return null;
  const type = types[extname(path).toLowerCase()];
  if (type === undefined) return null;
  try {
    const real = await realpath(join(root, ...path.split('/')));
    if (!real.startsWith(root + sep) || !(await stat(real)).isFile()) return null;
    return { path: real, type };
  } catch {
    return null;
  }
};

/**
 * The path of an address as plain segments without a leading slash; null when it is spelled in any other way. Works on the text,
 * since a URL parser would already have resolved the dots.
 */
export const plainPath = (address: string): string | null => {
  const prefix = `${appScheme}://${appHost}/`;
  if (!address.startsWith(prefix)) return null;
  const path = address.slice(prefix.length).replace(/[?#].*$/s, '');
  if (path === '') return 'index.html';
  return path.split('/').every((segment) => plainSegment.test(segment)) ? path : null;
};
