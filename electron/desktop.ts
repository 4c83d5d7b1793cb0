/**
 * The running desktop app: one engine, one window, and what holds them together. Owns their wiring and the clean end; every policy
 * lives in the file named after it.
 */
import { app, MessageChannelMain, session as sessions, type BrowserWindow } from 'electron';
import { serveAppFiles } from './app-protocol.ts';
import { connectChannel, dropChannel, portChannel, shellChannel } from './channels.ts';
import { mainPage } from './content-policy.ts';
import { createDialogs } from './dialogs.ts';
import { createEngineHost } from './engine-host.ts';
import { launchChildEngine, launchUtilityEngine } from './engine-link.ts';
import { createExternalGate } from './external-gate.ts';
import { createHandles } from './handles.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { Log } from './log.ts';
import { setMenu } from './menu.ts';
import { lockNavigation } from './navigation.ts';
import { blockPeerConnections, blockRequests } from './no-network.ts';
import { createPageIpc } from './page-ipc.ts';
import { denyPermissions } from './permissions.ts';
import { recoverPage } from './page-recovery.ts';
import { startPicture, type Picture } from './picture.ts';
import type { Places } from './places.ts';
import { createShellCalls, type Boot } from './shell-handlers.ts';
import { addDevToolsKey, createMainWindow, popoutOptions, savedTheme } from './window.ts';

/** The first Node-API version the native database module runs on. */
const neededNodeApi = 10;
/** A closing page's last messages reach the engine before the order to close does. */
const lastMessagesMs = 100;

export type DesktopDeps = { readonly options: LaunchOptions; readonly places: Places; readonly log: Log };

export const runDesktop = ({ options, places, log }: DesktopDeps): void => {
  const userDataDir = app.getPath('userData');
  const devTools = !app.isPackaged;
  const session = sessions.defaultSession;
  let window: BrowserWindow | null = null;
  let picture: Picture | null = null;
  let relaunch = false;
  let exitCode = 0;

  setMenu();
  serveAppFiles(session, places.rendererDir);
  denyPermissions(session, log);
  blockRequests(session, places.devServer, devTools, log);

  const theme = options.theme ?? savedTheme(userDataDir);
  const useUtility = places.forceUtility || Number(process.versions['napi'] ?? 0) >= neededNodeApi || places.node === null;
  const host = createEngineHost({
    launch: (listeners) => (useUtility || places.node === null ? launchUtilityEngine(places.engineEntry, listeners) : launchChildEngine(places.engineEntry, places.node, listeners)),
    start: { userDataDir, casesDir: places.casesDir, samplesDir: places.samplesDir, homeDir: app.getPath('home'), appVersion: app.getVersion() },
    newChannel: () => new MessageChannelMain(),
    deliver: (port) => window?.webContents.postMessage(portChannel, null, [port]),
    log,
    monotonicMs: () => performance.now(),
  });

  const handles = createHandles((handle, path, mode) => host.grant(handle, path, mode));
  let boot: Promise<Boot> | null = null;
  const readBoot = async (): Promise<Boot> => ({
    caseHandle: options.caseDir === null ? null : (await handles.read(options.caseDir)).handle,
    demo: options.demo,
    screenshot: options.screenshot !== null,
    theme: options.theme,
  });
  const shellCalls = createShellCalls({
    windowOf: () => window,
    dialogs: createDialogs(() => window, () => app.getPath('documents')),
    handles,
    openExternal: createExternalGate(() => window, log),
    about: { version: app.getVersion(), electron: process.versions.electron ?? '', chrome: process.versions['chrome'] ?? '', developmentRuntime: places.developmentRuntime, packaged: app.isPackaged },
    takeBoot() {
      if (boot !== null) return Promise.resolve({ caseHandle: null, demo: false, screenshot: options.screenshot !== null, theme: options.theme });
      boot = readBoot();
      return boot;
    },
    onIdle() {
      const wantsCase = options.demo || options.caseDir !== null;
      if (wantsCase && host.caseFolder() === null) picture?.fail('the case could not be opened.');
      else picture?.onIdle();
    },
  });

  const ipc = createPageIpc(() => window?.webContents ?? null, places.devServer, log);
  ipc.answer(shellChannel, shellCalls.run);
  ipc.answer(dropChannel, shellCalls.drop);
  ipc.listen(connectChannel, host.connectPage);

  app.on('web-contents-created', (_event, contents) => {
    blockPeerConnections(contents);
    lockNavigation(contents, {
      devServer: places.devServer,
      log,
      isMainPage: (asking) => asking === window?.webContents,
      onStray: (strayed) => (strayed === window?.webContents ? loadPage(window) : strayed.close()),
      popoutOptions: () => popoutOptions(theme, devTools),
    });
  });

  const loadPage = (into: BrowserWindow): void =>
    void into.loadURL(places.devServer ?? mainPage).catch((thrown: unknown) => {
      log('error', 'page not loaded', thrown instanceof Error ? thrown.name : '');
      picture?.fail('the page could not be loaded.');
    });

  const open = (): void => {
    window = createMainWindow({ userDataDir, preload: places.preload, theme, size: options.window, devTools, offstage: options.screenshot !== null });
    const opened = window;
    recoverPage(opened, { log, monotonicMs: () => performance.now(), quit: () => app.quit(), reload: (ended) => (picture === null ? loadPage(ended) : picture.fail('the page ended.')) });
    if (devTools) addDevToolsKey(opened);
    opened.on('closed', () => {
      window = null;
      app.quit();
    });
    if (options.screenshot !== null) picture = startPicture({ file: options.screenshot, window: opened, finish: quit });
    loadPage(opened);
  };

  const quit = (code: number): void => {
    exitCode = code;
    app.quit();
  };

  const leave = async (): Promise<void> => {
    await host.shutdown();
    if (relaunch) app.relaunch();
    app.exit(exitCode);
  };

  let ending = false;
  app.on('will-quit', (event) => {
    if (ending) return;
    ending = true;
    event.preventDefault();
    setTimeout(() => void leave(), lastMessagesMs);
  });
  app.on('child-process-gone', (_event, { type, reason }) => log('warn', 'helper process ended', `${type} ${reason}`));
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    if (window === null) relaunch = true; // closing just now: comes back when done
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });

  open();
};
