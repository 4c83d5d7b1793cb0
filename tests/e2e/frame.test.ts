/** The frame on the real app: everything by keyboard, accessible names, an arrangement that comes back to the pixel, settings that stay. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchApp, root, type RunningApp } from './harness.ts';

let running: RunningApp | null = null;
let work = '';
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'casebench-frame-'));
});
afterEach(async () => {
  await running?.dispose();
  running = null;
  rmSync(work, { recursive: true, force: true });
});

const axeSource = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
type Violation = { id: string; impact: string; html: string[] };

/** What axe finds wrong inside the given part of the page. */
const axe = async (page: Page, within: string): Promise<Violation[]> => {
  await page.evaluate(axeSource);
  return page.evaluate(async (selector) => {
    type Found = { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    const { axe: checker } = window as unknown as { axe: { run(context: unknown, options: unknown): Promise<Found> } };
    const { violations } = await checker.run(selector === 'document' ? document : { include: [[selector]] }, { resultTypes: ['violations'] });
    return violations.map((v) => ({ id: v.id, impact: v.impact, html: v.nodes.map((n) => n.html.slice(0, 160)) }));
  }, within);
};

/** 300 sign-ins in an hour. */
const signIns = (): string => {
  const file = join(work, 'sign-ins.csv');
  const rows = Array.from({ length: 300 }, (_, i) => `${new Date(Date.UTC(2026, 2, 11, 21, 30, i * 12)).toISOString()},user${i % 5}@example.com,${i % 7 === 0 ? 50126 : 0}`);
  writeFileSync(file, `${['TimeGenerated,UserPrincipalName,ResultType', ...rows].join('\n')}\n`);
  return file;
};

const outputOf = async (app: RunningApp, op: string, input: unknown): Promise<unknown> => {
  const answer = await app.call(op, input);
  if (!answer.ok) throw new Error(`${op}: ${answer.error.code} ${answer.error.message}`);
  return answer.output;
};

/** A case with one table, shown in the default arrangement. */
const openCase = async (app: RunningApp, name: string): Promise<void> => {
  await app.waitIdle();
  await outputOf(app, 'case.create', { name });
  const [file] = await app.handlesOf([signIns()]);
  await outputOf(app, 'evidence.import', { files: [{ handle: file?.handle }] });
  await app.page.getByRole('treeitem', { name: /300/ }).waitFor({ timeout: 20_000 });
  await command(app.page, 'Arrange views: default');
  await app.page.locator('.ag-row').first().waitFor();
  await app.waitIdle();
};

const command = async (page: Page, label: string): Promise<void> => {
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: /Search this case/ }).fill(label);
  await page.getByRole('option', { selected: true }).filter({ hasText: label.replace(/^[>#@:]/, '') }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'detached' });
};

const groups = (page: Page): Promise<string[]> =>
  page.locator('.dv-groupview').evaluateAll((all) => all.map((g) => (({ x, y, width, height }) => [x, y, width, height].join(' '))(g.getBoundingClientRect())));

/** Closes the main window, whichever other windows there are, and waits for the app to end. */
const closeMain = async ({ app }: RunningApp): Promise<void> => {
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((w) => !w.webContents.getURL().includes('popout'))?.close())
    .catch(() => undefined);
  await ended;
};

const reopen = async (app: RunningApp, caseName: string): Promise<RunningApp> => {
  const { folders } = app;
  await closeMain(app);
  const next = await launchApp({ folders });
  running = next;
  await next.waitIdle();
  await next.page.getByRole('button', { name: new RegExp(`^${caseName}, `) }).click();
  await next.page.locator('.ag-row').first().waitFor({ timeout: 30_000 });
  await next.waitIdle();
  return next;
};

test('start page, dialogs and workspace have no accessibility finding', async () => {
  running = await launchApp();
  const { page } = running;
  await running.waitIdle();
  expect(await axe(page, 'document')).toEqual([]);
  await openCase(running, 'Accessible');
  // the grid's own parts are checked with the grid
  for (const part of ['.cb-title', '.cb-rail', '.cb-side', '.cb-status', '.dv-tabs-and-actions-container']) expect(await axe(page, part), part).toEqual([]);
  for (const [keys, dialog] of [['Control+Shift+P', 'Command palette'], ['Control+,', 'Settings'], ['F1', 'Keys']] as const) {
    await page.keyboard.press(keys);
    await page.getByRole('dialog', { name: dialog }).waitFor();
    expect(await axe(page, '[role=dialog]'), dialog).toEqual([]);
    await running.screenshot(`dialog-${dialog.toLowerCase().replace(' ', '-')}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: dialog }).waitFor({ state: 'detached' });
  }
  expect(running.problems).toEqual([]);
});

test('the palette finds commands and tables, tells why one can’t run, and a typed time sets the range of all views', async () => {
  running = await launchApp();
  const { page } = running;
  await openCase(running, 'Palette');
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('all times');
  await page.getByRole('option', { name: /All times no range is set/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.getByRole('combobox').first().fill('# sign');
  await page.getByRole('option', { name: /sign-ins/ }).first().waitFor();
  await page.getByRole('combobox').first().fill(':22:00 ± 10m');
  await page.getByRole('option', { name: /11 Mar 2026 21:50 – 22:10/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('100 of 300 rows').waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByText('No filter, 300 rows').waitFor();
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByText('100 of 300 rows').waitFor();
});

test('F6 goes round the regions, single keys stay out of text fields', async () => {
  running = await launchApp();
  const { page } = running;
  await openCase(running, 'Keys');
  const regions: string[] = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('F6');
    regions.push(await page.evaluate(() => document.activeElement?.closest('[data-view=inspector], [data-region]')?.getAttribute('data-view') ?? document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? ''));
  }
  expect(new Set(regions)).toEqual(new Set(['title', 'side', 'view', 'inspector', 'status']));
  await page.getByRole('textbox', { name: 'Find a table' }).fill('');
  await page.keyboard.type('sn?');
  expect(await page.getByRole('textbox', { name: 'Find a table' }).inputValue()).toBe('sn?');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('tabs, splitters, side panel, range and a popped-out view come back as they were', async () => {
  running = await launchApp();
  await openCase(running, 'Arranged');
  let { page } = running;
  await command(page, 'Open marked rows');
  await page.keyboard.press('Control+\\');
  await page.locator('.cb-resizer').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await command(page, ':21:40 – 22:00');
  await running.waitIdle();
  const before = { groups: await groups(page), tabs: await page.getByRole('tab').allTextContents(), side: await page.locator('.cb-side').boundingBox() };
  expect(before.groups.length).toBe(4);

  const second = await reopen(running, 'Arranged');
  page = second.page;
  expect({ groups: await groups(page), tabs: await page.getByRole('tab').allTextContents(), side: await page.locator('.cb-side').boundingBox() }).toEqual(before);
  expect(await page.locator('.cb-timectl-v').textContent()).toContain('21:40 – 22:00');

  await page.locator('.ag-row').first().click();
  const window = second.app.waitForEvent('window');
  await page.keyboard.press('Control+Shift+M');
  const popped = await window;
  await popped.locator('.ag-row').first().waitFor({ timeout: 20_000 });
  await popped.getByRole('button', { name: 'Tab menu' }).click();
  await popped.getByRole('menuitem', { name: /Close/ }).first().waitFor();
  await popped.keyboard.press('Escape');
  const { folders } = second;
  await closeMain(second);

  const third = await launchApp({ folders });
  running = third;
  await third.waitIdle();
  const back = third.app.waitForEvent('window', { predicate: (w) => w.url().includes('popout') });
  await third.page.getByRole('button', { name: /^Arranged, / }).click();
  await (await back).locator('.ag-row').first().waitFor({ timeout: 20_000 });
  expect(third.problems).toEqual([]);
});

test('theme, density, zone and changed keys hold after a restart', async () => {
  running = await launchApp();
  let { page } = running;
  await running.waitIdle();
  await command(page, 'High contrast');
  await command(page, 'Compact rows');
  await command(page, 'Change time zone');
  await page.getByRole('textbox', { name: 'Find a zone' }).fill('Tokyo');
  await page.getByRole('option', { name: /Asia\/Tokyo/ }).click();
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  await page.getByRole('textbox', { name: 'Find a command or key' }).fill('About Casebench');
  await page.getByRole('button', { name: 'Change keys of About Casebench' }).click();
  await page.keyboard.press('Control+Alt+a');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.keyboard.press('Escape');
  const { folders } = running;
  await running.waitIdle();
  expect(await running.close()).toBe(0);

  running = await launchApp({ folders });
  page = running.page;
  await running.waitIdle();
  expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toMatchObject({ theme: 'hc', density: 'compact' });
  await page.locator('.cb-facts').getByText('Asia/Tokyo').waitFor();
  await page.keyboard.press('Control+Alt+a');
  await page.getByRole('dialog', { name: 'About Casebench' }).waitFor();
  await page.getByText('development runtime').or(page.getByText('Chromium')).first().waitFor();
  await running.screenshot('about');
});
