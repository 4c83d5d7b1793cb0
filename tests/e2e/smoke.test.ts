/** The app starts with an engine behind it, closes cleanly and keeps its window's place. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { launchApp, type RunningApp } from './harness.ts';

let running: RunningApp | null = null;
afterEach(async () => {
  await running?.dispose();
  running = null;
});

test('a first start shows the page with a live engine, without a complaint', async () => {
  running = await launchApp();
  await running.waitIdle();
  expect(running.enginePid()).toBeGreaterThan(0);
  expect(running.problems).toEqual([]);
  expect(await running.page.title()).toContain('Casebench');
  await running.screenshot('first-start');
});

test('closing the window ends app and engine cleanly', async () => {
  running = await launchApp();
  await running.waitIdle();
  const engine = running.enginePid();
  expect(await running.close()).toBe(0);
  expect(existsSync(`/proc/${engine}/cwd`)).toBe(false);
  const log = readFileSync(join(running.folders.userDataDir, 'logs', 'casebench.log'), 'utf8');
  expect(log).toContain('engine ready');
  expect(log).not.toMatch(/ error /);
});
