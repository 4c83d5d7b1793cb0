/**
 * The default app of the development runtime: starts the app folder named on the command line the way
 * a stock Electron does (name, version and app path from its package.json, `-r` preloads, ESM or CJS entry).
 * Owns: that hand-over. Must not: change switches, open windows or know Casebench.
 * It has to stay an ES module: Electron then holds `ready` until the app's entry has been evaluated, which
 * registerSchemesAsPrivileged and commandLine.appendSwitch depend on.
 */
import * as fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/** Splits the command line as a stock Electron does: switches are Chromium's, the first bare word is the app. */
function parseCommandLine(argv) {
  const preloads = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i];
    if (word === '--version' || word === '-v') return { print: `v${process.versions.electron}` };
    if (word === '--abi' || word === '-a') return { print: process.versions.modules };
    if (word === '-r' || word === '--require') preloads.push(argv[++i]);
    else if (!word.startsWith('-')) return { preloads, target: word };
  }
  return { preloads, target: null };
}

/** Reads the app's package.json, when there is one, and tells Electron what it says. */
function describeApp(folder) {
  const file = path.join(folder, 'package.json');
  if (!fs.existsSync(file)) return null;
  const about = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (about.version) app.setVersion(about.version);
  if (about.productName ?? about.name) app.name = about.productName ?? about.name;
  if (process.platform === 'linux') app.setDesktopName(about.desktopName ?? `${app.name}.desktop`);
  if (about.v8Flags) createRequire(import.meta.url)('node:v8').setFlagsFromString(about.v8Flags);
  return folder;
}

async function loadApp(target) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const full = path.resolve(target);
  const folder = describeApp(full);
  const entry = Module._resolveFilename(full, null, true);
  app.setAppPath(folder ?? path.dirname(entry));
  await import(pathToFileURL(entry).toString());
}

const command = parseCommandLine(process.argv.slice(1));
if (command.print !== undefined) {
  console.log(command.print);
  process.exit(0);
}
if (command.target === null) {
  console.error('Usage: electron [switches] [-r module] <app folder>');
  process.exit(2);
}
if (command.preloads.length > 0) Module._preloadModules(command.preloads);
try {
  await loadApp(command.target);
} catch (error) {
  console.error('The app threw an error while loading.');
  console.error(error?.stack ?? error);
  process.exit(1);
}
