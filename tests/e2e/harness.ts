/**
 * Starts the real, built app under Playwright with a fresh settings folder and cases folder, and gives tests what they need around
 * it: the page, pictures, dropped files, answered dialogs, the engine's process, a clean end. Owns only that; no assertions.
 *
 * Run by `node build/with-runtime.mjs vitest run --project e2e` (or `npm test`), which bring Electron and a display.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

export const root = resolve(import.meta.dirname, '..', '..');
/** Another built app folder can be tested with `CASEBENCH_APP`. */
const appFolder = process.env['CASEBENCH_APP'] ?? root;
export const artifacts = join(root, 'tests', '.artifacts');

export type LaunchSpec = {
  args?: string[];
  env?: Record<string, string>;
  /** Folders of an earlier run, for a restart. */
  folders?: Folders;
  /** Content size; null for the app's own choice. */
  size?: { width: number; height: number } | null;
};
export type Folders = { userDataDir: string; casesDir: string };

export type Answer = { ok: true; output: unknown } | { ok: false; error: { code: string; message: string; detail?: string } };

export type RunningApp = {
  app: ElectronApplication;
  page: Page;
  folders: Folders;
  /** Uncaught errors and console errors of the page so far. */
  problems: string[];
  /** Every view is drawn and nothing is under way. */
  waitIdle(timeoutMs?: number): Promise<void>;
  /** Saves `tests/.artifacts/<name>-<theme>.png`, where the theme is the page's. */
  screenshot(name: string): Promise<string>;
  /** Calls an operation of the engine as the page would: `{ok, output}` or `{ok, error}`, unchecked; `engine.gone` when it ends meanwhile. */
  call(op: string, input: unknown): Promise<Answer>;
  /** Process id of the running engine, null while there is none. */
  enginePid(): number | null;
  /** Opaque handles of files as a drop would give them. */
  handlesOf(paths: string[]): Promise<{ handle: string; name: string }[]>;
  /** Drops files onto an element of the page. */
  drop(selector: string, paths: string[]): Promise<void>;
  /** What native dialogs answer from now on. */
  answerDialogs(answers: { open?: string[]; save?: string; message?: number }): Promise<void>;
  /** Closes the window as a person does, waits for the process to end, returns its exit code; keeps the folders. */
  close(): Promise<number | null>;
  /** Ends the app, however it is doing, and removes the folders. */
  dispose(): Promise<void>;
};

const launchMs = 30_000;

/** Path of the Electron binary; prepared by the build when the environment does not name one. */
export const electronPath = (): string =>
  process.env['CASEBENCH_ELECTRON'] ?? execFileSync(process.execPath, [join(root, 'build', 'electron-path.mjs')], { encoding: 'utf8' }).trim();

/**
 * Playwright looks the binary up through the `electron` package, which looks here. Started so, the app waits until Playwright is
 * attached; a binary named to Playwright would run on, and a page that loads while it is being attached can hang.
 */
const findElectron = (): void => {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= dirname(electronPath());
};

export const freshFolders = (): Folders => {
  const base = mkdtempSync(join(tmpdir(), 'casebench-e2e-'));
  const folders = { userDataDir: join(base, 'user-data'), casesDir: join(base, 'cases') };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  return folders;
};

const logOf = ({ userDataDir }: Folders): string => {
  const file = join(userDataDir, 'logs', 'casebench.log');
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : 'no log';
};

/** The environment of the app: the tests' own, less what steers Node and Electron. */
const environment = ({ userDataDir, casesDir }: Folders, extra: Record<string, string>): Record<string, string> => {
  const { ELECTRON_RUN_AS_NODE, NODE_OPTIONS, VITEST, ...inherited } = process.env;
  const given = Object.entries(inherited).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(given), CASEBENCH_USER_DATA: userDataDir, CASEBENCH_CASES_DIR: casesDir, ...extra };
};

const parentOf = (pid: string): number => {
  try {
    // The name in parentheses may hold spaces; the state and the parent follow it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? -1 : Number(parent);
  } catch {
    return -1;
  }
};
const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** All living descendants of a process (Linux). */
export const processTree = (rootPid: number): { pid: number; command: string }[] => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
  const inTree = (pid: number): boolean => pid === rootPid || (parents.has(pid) && inTree(parents.get(pid) ?? -1));
  return [...parents.keys()].filter(inTree).map((pid) => ({ pid, command: commandOf(String(pid)) }));
};

const findEngine = (appPid: number): number | null =>
  processTree(appPid).find(({ command }) => /[\\/]engine\.js\b/.test(command) || command.includes('node.mojom.NodeService'))?.pid ?? null;

type TestClient = { port: MessagePort; nextId: number; pending: Map<number, (answer: Answer) => void> };

/**
 * In the page: follows the engine's port beside the page's own client; its numbers start where the client's never come. Like the
 * client it fails what is open when a new port comes.
 */
const followPort = (): Promise<void> =>
  new Promise((followed) => {
    const scope = window as unknown as { casebenchTest?: TestClient };
    if (scope.casebenchTest !== undefined) return followed();
    const pending: TestClient['pending'] = new Map();
    let nextId = 1_000_000_000;
    window.addEventListener('message', (event) => {
      const port = event.ports[0];
      if (event.data !== 'casebench.port' || port === undefined) return;
      for (const answer of pending.values()) answer({ ok: false, error: { code: 'engine.gone', message: 'The engine restarted before it answered.' } });
      pending.clear();
      port.addEventListener('message', ({ data }) => {
        if (data?.t !== 'res') return;
        pending.get(data.id)?.(data.ok ? { ok: true, output: data.output } : { ok: false, error: data.error });
        pending.delete(data.id);
      });
      port.start();
      nextId = scope.casebenchTest?.nextId ?? nextId;
      scope.casebenchTest = { port, nextId, pending };
      followed();
    });
    window.casebench.connect();
  });

const callFromPage = ({ op, input }: { op: string; input: unknown }): Promise<Answer> =>
  new Promise((answered) => {
    const client = (window as unknown as { casebenchTest: TestClient }).casebenchTest;
    const id = client.nextId++;
    client.pending.set(id, answered);
    client.port.postMessage({ t: 'req', id, op, input });
  });

const addDropInput = (): void => {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.id = 'casebench-test-files';
  input.style.display = 'none';
  document.body.append(input);
};

export const launchApp = async ({ args = [], env = {}, folders = freshFolders(), size = { width: 1600, height: 1000 } }: LaunchSpec = {}): Promise<RunningApp> => {
  if (!existsSync(join(appFolder, 'out', 'main', 'main.js'))) throw new Error('The app is not built: npm run build');
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    throw new Error('No display: run by `node build/with-runtime.mjs vitest run --project e2e`.');
  findElectron();
  // Playwright cleans the command line, so the app's own words come by the environment.
  const words = JSON.stringify([...(size === null ? [] : [`--window=${size.width}x${size.height}`]), ...args]);
  const app = await _electron.launch({ args: [appFolder], env: { ...environment(folders, env), CASEBENCH_ARGS: words }, timeout: launchMs });
  const exited = new Promise<number | null>((ended) => app.process().once('exit', (code) => ended(code)));
  const page = await app.firstWindow({ timeout: launchMs });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });

  const giveFiles = async (paths: string[]): Promise<void> => {
    await page.evaluate(addDropInput);
    await page.setInputFiles('#casebench-test-files', paths);
  };

  return {
    app,
    page,
    folders,
    problems,
    async waitIdle(timeoutMs = 30_000) {
      await page.waitForSelector('html[data-idle=true]', { timeout: timeoutMs, state: 'attached' }).catch(async (thrown: Error) => {
        const shown = await Promise.race([page.evaluate(() => document.documentElement.outerHTML.slice(0, 1_000)).catch(String), new Promise((late) => setTimeout(() => late('the page does not answer'), 2_000))]);
        throw new Error(`not idle within ${timeoutMs / 1_000} s at ${page.url()}\n${problems.join('\n')}\n${logOf(folders)}\n${shown}`, { cause: thrown });
      });
    },
    async screenshot(name) {
      const theme = (await page.evaluate(() => document.documentElement.dataset['theme'])) ?? 'dark';
      const path = join(artifacts, `${name}-${theme}.png`);
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path, animations: 'disabled' });
      return path;
    },
    async call(op, input) {
      await page.evaluate(followPort);
      return page.evaluate(callFromPage, { op, input });
    },
    enginePid: () => findEngine(app.process().pid ?? -1),
    async handlesOf(paths) {
      await giveFiles(paths);
      return page.evaluate(async () => {
        const input = document.querySelector<HTMLInputElement>('#casebench-test-files');
        const files = [...(input?.files ?? [])];
        input?.remove();
        return window.casebench.filesFromDrop(files);
      });
    },
    async drop(selector, paths) {
      await giveFiles(paths);
      await page.evaluate((target) => {
        const input = document.querySelector<HTMLInputElement>('#casebench-test-files');
        const data = new DataTransfer();
        for (const file of input?.files ?? []) data.items.add(file);
        input?.remove();
        const element = document.querySelector(target);
        for (const type of ['dragenter', 'dragover', 'drop']) element?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
      }, selector);
    },
    async answerDialogs(answers) {
      await app.evaluate(({ dialog }, given) => {
        dialog.showOpenDialog = async () => ({ canceled: given.open === undefined, filePaths: given.open ?? [] });
        dialog.showSaveDialog = async () => ({ canceled: given.save === undefined, filePath: given.save ?? '' });
        dialog.showMessageBox = async () => ({ response: given.message ?? 0, checkboxChecked: false });
      }, answers);
    },
    async close() {
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => undefined);
      return exited;
    },
    async dispose() {
      const late = setTimeout(() => app.process().kill('SIGKILL'), 10_000);
      await app.close().catch(() => undefined);
      await exited;
      clearTimeout(late);
      rmSync(dirname(folders.userDataDir), { recursive: true, force: true });
    },
  };
};

export type Run = { code: number | null; stdout: string; stderr: string };

/** Runs the app without Playwright until it ends by itself: for command lines and pictures. */
export const runApp = (args: string[], { folders = freshFolders(), env = {}, timeoutMs = 90_000 }: { folders?: Folders; env?: Record<string, string>; timeoutMs?: number } = {}): Promise<Run> =>
  new Promise((ended) => {
    const child = execFile(electronPath(), ['--no-sandbox', appFolder, ...args], { env: environment(folders, env), timeout: timeoutMs }, (_error, stdout, stderr) =>
      ended({ code: child.exitCode, stdout, stderr }),
    );
  });
