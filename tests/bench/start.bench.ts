/**
 * From spawning the app to its first page being interactive (drawn, engine answered, idle), against an empty Electron window on the same
 * runtime; and the memory of all their processes, as resident set sizes.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { benchDir } from './lib/data.ts';
import { compare, summarise, type Result } from './lib/measure.ts';

const emptyApp = (): string => {
  const dir = path.join(benchDir, 'empty-app');
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.js' }));
  writeFileSync(
    path.join(dir, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => { new BrowserWindow({ width: 1600, height: 1000, webPreferences: { sandbox: true } }).loadURL('data:text/html,<html data-idle="true">'); });`,
  );
  return dir;
};

/** Resident megabytes of the app's process and everything under it. */
const residentMb = (root: number): number => {
  const children = (pid: number): number[] => {
    try {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    } catch {
      return [];
    }
  };
  const all: number[] = [];
  const walk = (pid: number): void => {
    all.push(pid);
    children(pid).forEach(walk);
  };
  walk(root);
  const kb = all.map((pid) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kb.reduce((a, b) => a + b, 0) / 1024;
};

const launch = async (appDir: string, home: string): Promise<{ ms: number; mb: number }> => {
  const start = performance.now();
  const app: ElectronApplication = await _electron.launch({
    ...(process.env['CASEBENCH_ELECTRON'] === undefined ? {} : { executablePath: process.env['CASEBENCH_ELECTRON'] }),
    args: [appDir],
    env: { ...(process.env as Record<string, string>), CASEBENCH_USER_DATA: home, CASEBENCH_CASES_DIR: path.join(home, 'cases') },
  });
  const page: Page = await app.firstWindow();
  await page.waitForSelector('html[data-idle="true"]', { state: 'attached', timeout: 60_000 });
  const ms = performance.now() - start;
  const pid = app.process().pid;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const mb = pid === undefined ? Number.NaN : residentMb(pid);
  await app.close();
  return { ms, mb };
};

export const startBench = async (options: { runs: number }): Promise<Result[]> => {
  mkdirSync(benchDir, { recursive: true });
  const empty = emptyApp();
  const ours: { ms: number; mb: number }[] = [];
  const bare: { ms: number; mb: number }[] = [];
  const home = mkdtempSync(path.join(benchDir, 'start-'));
  // Alternating, so that a slow spell of the machine hits both. The first pair only warms the caches.
  for (let run = -1; run < options.runs; run++) {
    const a = await launch(empty, home);
    const b = await launch(process.cwd(), home);
    if (run >= 0) {
      bare.push(a);
      ours.push(b);
    }
  }
  rmSync(home, { recursive: true, force: true });
  const mb = (all: { mb: number }[]): number => summarise(all.map((x) => x.mb)).medianMs;
  return [
    compare(
      'cold start to interactive',
      summarise(ours.map((x) => x.ms)),
      { name: 'empty Electron window', sample: summarise(bare.map((x) => x.ms)) },
      `memory ${mb(ours).toFixed(0)} MB of ${mb(bare).toFixed(0)} MB for the empty window (resident, all processes)`,
    ),
  ];
};
