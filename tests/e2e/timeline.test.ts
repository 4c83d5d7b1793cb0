/** The timeline in the real app: brush, zoom, single events, groups, table equivalent, zones, reference lines. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeEventsCase } from './events-case.ts';
import { openEvents, type EventsPage } from './events-case-page.ts';

let made: Awaited<ReturnType<typeof makeEventsCase>>;
let app: EventsPage;
const wait = { timeout: 10_000 };
beforeAll(async () => {
  made = await makeEventsCase();
  app = await openEvents(made.caseDir);
  await app.openTable();
  await app.page.keyboard.press('Alt+t');
  await app.page.locator('.cb-tl-canvas').waitFor();
  await app.waitIdle();
});
beforeEach(async () => {
  await app.reset();
  await app.page.getByRole('button', { name: 'Fit all' }).click();
  await bucketSaid('bucket 1 min');
});
afterAll(async () => {
  await app.dispose();
  made.remove();
});

const canvas = () => app.page.locator('.cb-tl-canvas');
const bar = () => app.page.locator('.cb-tl-bar');
const bucketSaid = async (text: string | RegExp): Promise<void> => {
  await expect.poll(() => bar().innerText(), wait).toMatch(text);
};
const axis = (): Promise<string[]> => app.page.locator('.cb-tl-axis span').allInnerTexts();

/** Drags over the first lane between two shares of the plot's width. */
const drag = async (from: number, to: number): Promise<void> => {
  const box = await canvas().boundingBox();
  if (box === null) throw new Error('no plot');
  await app.page.mouse.move(box.x + box.width * from, box.y + 14);
  await app.page.mouse.down();
  await app.page.mouse.move(box.x + box.width * ((from + to) / 2), box.y + 16, { steps: 3 });
  await app.page.mouse.move(box.x + box.width * to, box.y + 14, { steps: 3 });
  await app.page.mouse.up();
};
const chooseZone = async (name: string): Promise<void> => {
  await app.page.locator('[data-region=status]').getByTitle('Display zone').click();
  await app.page.getByLabel('Find a zone').fill(name);
  await app.page.getByRole('listbox', { name: 'Zones' }).getByRole('option', { name }).first().click();
  await app.page.keyboard.press('Escape');
};
const brushed = async (): Promise<number> => Number(/([\d,]+) events?/.exec(await bar().innerText())?.[1]?.replace(',', '') ?? -1);

test('a brush filters the grid by the same count; Clear gives every row back', async () => {
  await drag(0.25, 0.5);
  await expect.poll(brushed, wait).toBeGreaterThan(140);
  const count = await brushed();
  expect(count).toBeLessThan(160);
  await app.matches(count);
  await bar().getByRole('button', { name: 'Clear' }).click();
  await app.matches(600);
});

test('the arrows of the time range walk back and forward through brushes', async () => {
  await drag(0.1, 0.2);
  await expect.poll(brushed, wait).toBeGreaterThan(0);
  const first = await brushed();
  await drag(0.4, 0.8);
  await expect.poll(brushed, wait).toBeGreaterThan(first);
  await app.page.keyboard.press('Alt+ArrowLeft');
  await app.matches(first);
});

test('an edge of the brush is dragged, the other stays', async () => {
  await drag(0.25, 0.5);
  await expect.poll(brushed, wait).toBeGreaterThan(0);
  const [before, text] = [await brushed(), await bar().innerText()];
  await drag(0.5, 0.75);
  await expect.poll(brushed, wait).toBeGreaterThan(before + 100);
  const start = /Brushed (\S+)/.exec(text)?.[1];
  expect(await bar().innerText()).toContain(`Brushed ${start}`);
});

test('zoomed in far enough, single events stand apart, and a click selects the row', async () => {
  await canvas().focus();
  for (let i = 0; i < 3; i += 1) await app.page.getByRole('button', { name: 'Zoom in' }).click();
  await bucketSaid(/\d+ single events/);
  await app.waitIdle();
  const box = await canvas().boundingBox();
  if (box === null) throw new Error('no plot');
  // the window is the middle eighth; every second or third event of it stands on the first lane
  const found = async (): Promise<boolean> => (await app.page.locator('.ag-row.cb-focus-row').count()) > 0 && (await app.page.locator('.cb-inspector').innerText()).includes('4688');
  await app.cell(0, 'Account').click();
  for (let x = box.width * 0.4; x < box.width * 0.6; x += 5) {
    await app.page.mouse.click(box.x + x, box.y + 14);
    if (/22:|21:[3-5]/.test(await app.page.locator('.cb-insp-time').innerText().catch(() => ''))) break;
  }
  await expect.poll(found, wait).toBe(true);
  expect(await app.page.locator('.cb-insp-time').innerText()).toMatch(/21:[3-5]\d|22:0/);
});

test('lanes follow the group', async () => {
  expect(await app.page.locator('.cb-tl-label').count()).toBe(4);
  await bar().getByRole('button', { name: /^Lanes by/ }).click();
  await app.page.getByRole('menuitem', { name: 'Account' }).click();
  await expect.poll(() => app.page.locator('.cb-tl-label').count(), wait).toBe(7);
  await expect.poll(() => app.page.locator('.cb-tl-label').first().innerText(), wait).toContain('CORP\\user');
  await bar().getByRole('button', { name: /^Lanes by/ }).click();
  await app.page.getByRole('menuitem', { name: 'EventID' }).click();
  await expect.poll(() => app.page.locator('.cb-tl-label').count(), wait).toBe(4);
});

test('filters of the table are filters of its timeline', async () => {
  // the grid may stand anywhere: earlier clicks on events brought their rows into sight
  await app.page.locator('.ag-row .ag-cell[col-id="EventID"]').filter({ hasText: '4624' }).first().click();
  await app.page.keyboard.press('f');
  await expect.poll(() => app.page.locator('.cb-tl-label').count(), wait).toBe(1);
  expect(await app.page.locator('.cb-tl-label').innerText()).toContain('4624');
});

test('the same as a table holds every event once', async () => {
  await bar().getByRole('button', { name: 'Same as a table' }).click();
  const table = app.page.locator('.cb-tl-table');
  await table.waitFor();
  const counts = await table.locator('tbody td.cb-num').allInnerTexts();
  expect(counts.reduce((sum, n) => sum + Number(n), 0)).toBe(600);
  await table.getByRole('button', { name: 'Events' }).click();
  expect(Number(await table.locator('tbody td.cb-num').first().innerText())).toBe(Math.max(...counts.map(Number)));
  await bar().getByRole('button', { name: 'Same as a table' }).click();
  await canvas().waitFor();
});

test('the keyboard walks buckets; Space brushes one, Enter opens its rows', async () => {
  await canvas().focus();
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('ArrowDown');
  await app.page.locator('.cb-tl-cursor').waitFor({ state: 'attached' });
  await app.page.keyboard.press(' ');
  await app.matches(6);
  await app.page.keyboard.press('Enter');
  await expect.poll(() => app.page.locator('.cb-filter-bar .cb-chip').innerText().catch(() => ''), wait).toContain('EventID = 4624');
});

test('another zone moves the labels, not the events', async () => {
  expect((await axis()).some((t) => t.startsWith('21:'))).toBe(true);
  await chooseZone('Europe/Prague');
  await expect.poll(async () => (await axis()).some((t) => t.startsWith('23:')), wait).toBe(true);
  expect((await axis()).some((t) => t.startsWith('21:'))).toBe(false);
  await expect.poll(() => app.cell(0, 'TimeGenerated').innerText(), wait).toContain('2026-03-11 22:00:00');
  await chooseZone('UTC');
  await expect.poll(() => app.cell(0, 'TimeGenerated').innerText(), wait).toContain('2026-03-11 21:00:00');
});

test('nothing complained', () => {
  expect(app.problems).toEqual([]);
});
