/**
 * The one main window and its pop-outs: frame, size, colour before the first paint, web preferences. Owns those; what the page may
 * do is settled in navigation.ts, permissions.ts and page-ipc.ts.
 */
import { BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions, type WebPreferences } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThemeName } from './launch-options.ts';
import { isReachable, readWindowState, writeWindowState } from './window-state.ts';

const defaultSize = { width: 1600, height: 1000 };
const minSize = { width: 960, height: 640 };
/** `--bg-0` of each theme. */
const backgrounds: Record<ThemeName, string> = { dark: '#0D0F13', light: '#ECEFF3', hc: '#000000' };

const webPreferences = (devTools: boolean): WebPreferences => ({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  devTools,
});

/** The saved theme, read here only for the colour behind the first paint; the engine owns the file. */
export const savedTheme = (userDataDir: string): ThemeName => {
  let theme: unknown = 'dark';
  try {
    theme = (JSON.parse(readFileSync(join(userDataDir, 'settings.json'), 'utf8')) as { theme?: unknown }).theme;
  } catch {
    // first start
  }
  if (theme === 'system') return nativeTheme.shouldUseHighContrastColors ? 'hc' : nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
  return theme === 'light' || theme === 'hc' ? theme : 'dark';
};

export type MainWindowOptions = {
  readonly userDataDir: string;
  readonly preload: string;
  readonly theme: ThemeName;
  /** Content size asked for on the command line: used as it is and not remembered. */
  readonly size: { width: number; height: number } | null;
  readonly devTools: boolean;
  /** Draw although nobody looks: for pictures. */
  readonly offstage: boolean;
};

export const createMainWindow = ({ userDataDir, preload, theme, size, devTools, offstage }: MainWindowOptions): BrowserWindow => {
  const stateFile = join(userDataDir, 'window.json');
  const saved = size === null ? readWindowState(stateFile) : null;
  const place = saved !== null && isReachable(saved, screen.getAllDisplays().map((display) => display.workArea)) ? saved : null;
  const workArea = screen.getPrimaryDisplay().workAreaSize;
  const initial = size ?? place ?? { width: Math.min(defaultSize.width, workArea.width), height: Math.min(defaultSize.height, workArea.height) };
  const isMac = process.platform === 'darwin';

  const window = new BrowserWindow({
    title: 'Casebench',
    width: initial.width,
    height: initial.height,
    ...(place === null ? {} : { x: place.x, y: place.y }),
    minWidth: Math.min(minSize.width, initial.width),
    minHeight: Math.min(minSize.height, initial.height),
    useContentSize: true,
    ...(isMac ? { titleBarStyle: 'hidden' as const, trafficLightPosition: { x: 12, y: 13 } } : { frame: false }),
    backgroundColor: backgrounds[theme],
    show: false,
    webPreferences: { ...webPreferences(devTools), preload, backgroundThrottling: !offstage },
  });
  window.once('ready-to-show', () => {
    if (place?.maximised === true) window.maximize();
    if (offstage) window.showInactive();
    else window.show();
  });
  if (size === null) {
    window.on('close', () => {
      const { x, y, width, height } = window.getNormalBounds();
      writeWindowState(stateFile, { x, y, width, height, maximised: window.isMaximized() });
    });
  }
  return window;
};

/** Pop-outs have the main window's preferences, less the preload: the main page draws them and speaks for them. */
export const popoutOptions = (theme: ThemeName, devTools: boolean): BrowserWindowConstructorOptions => ({
  title: 'Casebench',
  minWidth: 320,
  minHeight: 240,
  backgroundColor: backgrounds[theme],
  autoHideMenuBar: true,
  webPreferences: webPreferences(devTools),
});

/** F12 in unpackaged runs; there is no menu that would have it. */
export const addDevToolsKey = (window: BrowserWindow): void =>
  void window.webContents.on('before-input-event', (_event, input) => {
    if (input.type === 'keyDown' && input.key === 'F12') window.webContents.toggleDevTools();
  });
