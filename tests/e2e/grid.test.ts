/** The grid in the real app: narrowing, ordering, picking, marks with undo, copies, export, the way to a row's every field. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeEventsCase } from './events-case.ts';
import { openEvents, type EventsPage } from './events-case-page.ts';

let made: Awaited<ReturnType<typeof makeEventsCase>>;
let app: EventsPage;
beforeAll(async () => {
  made = await makeEventsCase();
  app = await openEvents(made.caseDir);
  await app.openTable();
});
beforeEach(() => app.reset());
afterAll(async () => {
  await app.dispose();
  made.remove();
});
/** Rows painted as picked; a row is drawn in several containers. */
const picked = (): Promise<number> =>
  app.page.locator('.ag-row.cb-picked').evaluateAll((rows) => new Set(rows.map((r) => r.getAttribute('row-id'))).size);
/** The first row in sight as the case holds it. */
const leftAt = async (): Promise<number> => {
  const info = await app.call('case.current', {});
  const tableId = info.ok ? (info.output as { info: { tables: { id: string }[] } | null }).info?.tables[0]?.id : undefined;
  const place = await app.call('view.load', { key: `gridPlace:${tableId}` });
  const { json } = place.ok ? (place.output as { json: string | null }) : { json: null };
  return json === null ? -1 : (JSON.parse(json) as { top: number }).top;
};
const wait = { timeout: 10_000 };

test('F keeps the value under the cursor, Shift+F leaves it out, Ctrl+Shift+L clears', async () => {
  await app.cell(0, 'EventID').click();
  await app.page.keyboard.press('f');
  await app.matches(240);
  expect(new Set(await app.column('EventID', 5))).toEqual(new Set(['4688']));
  await app.page.keyboard.press('Control+Shift+L');
  await app.matches(600);
  await app.cell(0, 'EventID').click();
  await app.page.keyboard.press('Shift+F');
  await app.matches(360);
  expect(await app.column('EventID', 5)).not.toContain('4688');
});

test('a value too long for a page still filters by the whole of it', async () => {
  await app.cell(5, 'CommandLine').click();
  await expect.poll(async () => {
    await app.page.keyboard.press('f');
    return app.page.locator('.cb-filter-bar .cb-chip').count();
  }, wait).toBe(1);
  await app.matches(1);
});

test('a chip is edited, and removed', async () => {
  await app.cell(1, 'Account').click();
  await app.page.keyboard.press('f');
  await app.matches(86);
  await app.page.locator('.cb-chip button').first().click();
  const values = app.page.getByLabel('Values', { exact: true });
  await values.fill('CORP\\user1, CORP\\user2');
  await app.page.getByRole('button', { name: 'Apply' }).click();
  await app.matches(172);
  await app.page.getByRole('button', { name: 'Remove filter on Account' }).click();
  await app.matches(600);
});

test('a filter is written by hand; what can’t be read is explained in place', async () => {
  await app.cell(0, 'EventID').click();
  await app.page.getByRole('button', { name: 'Add filter', exact: true }).click();
  await app.page.locator('.cb-filter-editor').getByLabel('Column', { exact: true }).first().click();
  await app.page.getByRole('option', { name: 'EventID' }).click();
  await app.page.getByLabel('Value', { exact: true }).fill('many');
  await app.page.keyboard.press('Enter');
  await expect.poll(() => app.page.locator('.cb-filter-problem').innerText(), wait).toContain('“many” is not a whole number');
  await app.page.getByLabel('Value', { exact: true }).fill('4672');
  await app.page.keyboard.press('Enter');
  await app.matches(120);
});

test('value counts: a click keeps, a tick adds, − leaves out', async () => {
  const facet = app.page.getByRole('region', { name: 'Values of EventID' });
  await facet.getByRole('button', { name: '4624', exact: true }).click();
  await app.matches(120);
  await facet.getByLabel('Keep 4625').check();
  await app.matches(240);
  await facet.getByRole('button', { name: '4625', exact: true }).hover();
  await facet.getByRole('button', { name: 'Leave out 4625' }).click();
  await app.matches(120);
  await facet.getByRole('button', { name: '4624', exact: true }).click();
  await app.matches(480);
});

test('quick search looks in every column; no match says so and offers the way back', async () => {
  const search = app.page.getByLabel('Find in all columns');
  await app.page.keyboard.press('Control+F');
  await expect.poll(() => search.evaluate((e) => e === document.activeElement), wait).toBe(true);
  await search.fill('evil3.example');
  await app.matches(150);
  await search.fill('nowhere to be found');
  await app.page.locator('.cb-norows').waitFor();
  expect(await app.page.locator('.cb-norows').innerText()).toContain('No rows match 1 filter.');
  await app.page.getByRole('button', { name: 'Clear filters' }).click();
  await app.matches(600);
});

test('headers sort up, down and back; Shift adds a key', async () => {
  const header = (name: string) => app.page.locator(`.ag-header-cell[col-id="${name}"] .cb-header-name`);
  await header('EventID').click();
  await expect.poll(() => app.cell(0, 'EventID').innerText(), wait).toBe('4624');
  await header('EventID').click();
  await expect.poll(() => app.cell(0, 'EventID').innerText(), wait).toBe('4688');
  await header('Account').click({ modifiers: ['Shift'] });
  await expect.poll(() => app.column('Account', 3), wait).toEqual(['CORP\\user0', 'CORP\\user0', 'CORP\\user0']);
  expect(await app.cell(0, 'EventID').innerText()).toBe('4688');
  await header('TimeGenerated').click();
  await header('TimeGenerated').click();
  await expect.poll(() => app.cell(0, 'TimeGenerated').innerText(), wait).toContain('22:39:50');
  await header('TimeGenerated').click();
  await expect.poll(() => app.cell(0, 'TimeGenerated').innerText(), wait).toContain('21:00:00');
});

test('rows are picked by Ctrl-click, Shift-click, Shift+arrows and Space; Esc lets go', async () => {
  const { keyboard } = app.page;
  await app.cell(2, 'Account').click();
  await expect.poll(picked, wait).toBe(1);
  await app.cell(4, 'Account').click({ modifiers: ['Control'] });
  await app.cell(6, 'Account').click({ modifiers: ['Control'] });
  await expect.poll(picked, wait).toBe(3);
  await app.cell(4, 'Account').click({ modifiers: ['Control'] });
  await expect.poll(picked, wait).toBe(2);
  await app.cell(3, 'Account').click();
  await app.cell(9, 'Account').click({ modifiers: ['Shift'] });
  await expect.poll(picked, wait).toBe(7);
  await app.cell(5, 'Account').click({ modifiers: ['Shift'] });
  await expect.poll(picked, wait).toBe(3);
  await keyboard.press('Escape');
  await expect.poll(picked, wait).toBe(1);
  await app.cell(0, 'Account').click();
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await expect.poll(picked, wait).toBe(3);
  await app.cell(0, 'Account').click();
  await keyboard.press(' ');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press(' ');
  await expect.poll(picked, wait).toBe(2);
  await keyboard.press('Escape');
});

test('the last of all rows is one key away', async () => {
  await app.cell(0, 'EventID').click();
  await app.page.keyboard.press('Control+End');
  await app.cell(599, 'CommandLine').waitFor();
  await expect.poll(() => app.cell(599, 'CommandLine').innerText(), wait).toContain('evil3.example/599');
  await app.page.keyboard.press('Control+Home');
  await app.cell(0, 'TimeGenerated').waitFor();
});

test('picked rows are tagged in one step, which can be undone', async () => {
  await app.cell(1, 'Account').click();
  await app.cell(3, 'Account').click({ modifiers: ['Control'] });
  await app.page.keyboard.press('t');
  await app.page.getByLabel('Tag', { exact: true }).fill('execution');
  await app.page.keyboard.press('Enter');
  await app.says('Tagged 2 rows.');
  await expect.poll(() => app.page.locator('.ag-row .cb-tag', { hasText: 'execution' }).count(), wait).toBe(2);
  await app.page.locator('.cb-toast').filter({ hasText: 'Tagged 2 rows.' }).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => app.page.locator('.ag-row .cb-tag').count(), wait).toBe(0);
});

test('S stars, and takes the star away again', async () => {
  const stars = () => app.page.locator('.ag-row .cb-star').count();
  await app.cell(7, 'Account').click();
  await app.page.keyboard.press('s');
  await app.says('Starred 1 row.');
  await expect.poll(stars, wait).toBe(1);
  await app.page.keyboard.press('s');
  await app.says('Took the star from 1 row.');
  await expect.poll(stars, wait).toBe(0);
});

test('a note is written from the grid and stands in the inspector', async () => {
  await app.cell(8, 'Account').click();
  await app.page.keyboard.press('n');
  const text = app.page.getByRole('dialog').locator('textarea');
  await text.fill('checked with the owner');
  await app.page.keyboard.press('Control+Enter');
  await app.says('Note added.');
  await expect.poll(() => app.page.locator('.ag-row [aria-label="1 notes"]').count(), wait).toBe(1);
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('tab', { name: /^Notes/ }).click();
  await expect.poll(() => app.page.locator('.cb-note').innerText(), wait).toContain('checked with the owner');
  await app.page.getByRole('tab', { name: 'Details' }).click();
});

test('Ctrl+C copies rows with indicators defanged, Ctrl+Shift+C as written', async () => {
  await app.cell(3, 'Account').click();
  await app.page.keyboard.press('Control+C');
  await app.says('Copied 1 row, indicators defanged.');
  const defanged = await app.clipboard();
  expect(defanged.split('\n')[0]).toContain('TimeGenerated\tEventID');
  expect(defanged).toContain('hxxp://evil3[.]example/3');
  expect(defanged).toContain('198[.]51[.]100[.]3');
  await app.page.keyboard.press('Control+Shift+C');
  await app.says('Copied 1 row, as written.');
  expect(await app.clipboard()).toContain('http://evil3.example/3');
});

test('a right click lists pivots with the value’s rows; choosing one filters', async () => {
  await app.cell(0, 'IpAddress').click({ button: 'right' });
  const menu = app.page.locator('.cb-pivot');
  await expect.poll(() => menu.locator('header').innerText(), wait).toMatch(/198\.51\.100\.0\s+IP address\s+10 rows here/);
  await app.page.keyboard.type('keep only');
  await app.page.keyboard.press('Enter');
  await app.matches(10);
});

test('the view is exported as CSV, times and rows as filtered', async () => {
  await app.cell(1, 'EventID').click();
  await app.page.keyboard.press('f');
  await app.matches(120);
  const file = join(made.folder, 'out.csv');
  await app.answerDialogs({ save: file });
  await app.page.getByRole('button', { name: /^Export/ }).first().click();
  await app.page.getByRole('button', { name: 'Choose file…' }).click();
  await app.says(/Wrote 120 rows to out\.csv/);
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  expect(lines).toHaveLength(121);
  expect(lines[1]).toContain('2026-03-11T21:00:10');
  expect(lines.slice(1).every((l) => l.includes('4624'))).toBe(true);
});

test('the inspector shows every field, the time as written, and where the row came from', async () => {
  await app.cell(4, 'Account').click();
  await app.page.keyboard.press('Enter');
  const inspector = app.page.locator('.cb-inspector');
  await expect.poll(() => inspector.innerText(), wait).toContain('4672 · Special logon');
  const text = await inspector.innerText();
  expect(text).toContain('11 Mar 2026 21:00:40 UTC');
  expect(text).toContain('as written: 2026-03-11T21:00:40.000Z');
  expect(text).toMatch(/SecurityEvent\.csv\s+record 5/);
  await inspector.getByRole('tab', { name: /^All fields/ }).click();
  await inspector.getByLabel('Find a field').fill('command');
  await expect.poll(() => inspector.locator('.cb-field').count(), wait).toBe(1);
});

test('a table opens again where it was left', async () => {
  await app.cell(0, 'EventID').click();
  await app.page.keyboard.press('Control+End');
  await app.cell(599, 'EventID').waitFor();
  await expect.poll(leftAt, wait).toBeGreaterThan(500);
  await app.page.keyboard.press('Control+W');
  await expect.poll(() => app.page.locator('[data-view-kind=grid]').count(), wait).toBe(0);
  await app.page.locator('[role=treeitem]').filter({ hasText: 'SecurityEvent' }).last().dblclick();
  await app.cell(599, 'EventID').waitFor();
  await app.cell(599, 'EventID').click();
  await app.page.keyboard.press('Control+Home');
  await app.cell(0, 'EventID').waitFor();
});

test('nothing complained', () => {
  expect(app.problems).toEqual([]);
});
