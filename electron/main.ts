/**
 * The desktop app's entry: reads the command line, closes the doors (sandbox, scheme, network), then starts engine and window.
 * Owns the order of start and end, nothing else.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { registerAppScheme } from './app-protocol.ts';
import { runDesktop } from './desktop.ts';
import { chooseGraphics } from './graphics.ts';
import { LaunchError, parseLaunch, type LaunchOptions } from './launch-options.ts';
import { createLog } from './log.ts';
import { quietChromium } from './no-network.ts';
import { findPlaces } from './places.ts';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const readOptions = (): LaunchOptions => {
  try {
    const options = parseLaunch({ argv: process.argv.slice(1), env: process.env, packaged: app.isPackaged, cwd: process.cwd() });
    if (options.caseDir !== null && !isFolder(options.caseDir)) throw new LaunchError(`${options.caseDir} is not a folder, so there is no case to open. Casebench was not started.`);
    return options;
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof LaunchError ? thrown.message : String(thrown)}\n`);
    process.exit(2);
  }
};

const start = (): void => {
  const options = readOptions();
  const places = findPlaces({ appPath: app.getAppPath(), resourcesPath: process.resourcesPath, executable: process.execPath, home: app.getPath('home'), packaged: app.isPackaged, env: process.env });

  // A picture shows the defaults, and leaves no trace in the analyst's settings.
  const scratch = options.screenshot !== null && options.userDataDir === null ? mkdtempSync(join(tmpdir(), 'casebench-picture-')) : null;
  const userDataDir = options.userDataDir ?? scratch;
  if (userDataDir !== null) app.setPath('userData', userDataDir);
  if (scratch !== null) app.on('quit', () => rmSync(scratch, { recursive: true, force: true }));

  // Root has no sandbox, and says so by this switch; enabling it against the switch would end every child process. In a package
  // the switch has no say. Each window's preferences ask for the sandbox in any case, so a page never gets Node.
  const isSandboxed = app.isPackaged || !app.commandLine.hasSwitch('no-sandbox');
  if (isSandboxed) app.enableSandbox();
  registerAppScheme();
  quietChromium(app.commandLine, places.devServer);
  chooseGraphics(app.commandLine);
  if (options.screenshot !== null) app.commandLine.appendSwitch('force-device-scale-factor', '1');
  if (app.isPackaged) for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name);

  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('Casebench is open already with these settings; its window was brought to the front.\n');
    app.exit(options.screenshot === null ? 0 : 1);
    return;
  }
  const log = createLog(app.getPath('userData'), () => new Date().toISOString());
  if (!isSandboxed) log('warn', 'sandbox off', 'started with --no-sandbox');
  // Not `await app.whenReady()`: as a module's top-level await it would never end.
  void app.whenReady().then(() => runDesktop({ options, places, log }));
};

start();
