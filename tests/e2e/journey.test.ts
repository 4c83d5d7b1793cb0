/**
 * The main job on the real app: a first start, evidence dropped, previewed and imported, seen, marked, exported; the window closed and
 * opened again with nothing lost. Real collections beside the checkout are used where they are.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchApp, root, type Folders, type RunningApp } from './harness.ts';

type CaseAnswer = { info: { name: string; revision: number; tables: { id: string; name: string; rows: number; kind: string; columns: { name: string }[] }[] } | null };

let running: RunningApp | null = null;
let work = '';
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'casebench-journey-'));
});
afterEach(async () => {
  await running?.dispose();
  running = null;
  rmSync(work, { recursive: true, force: true });
});

const outputOf = async <T>(app: RunningApp, op: string, input: unknown): Promise<T> => {
  const answer = await app.call(op, input);
  if (!answer.ok) throw new Error(`${op}: ${answer.error.code} ${answer.error.message}`);
  return answer.output as T;
};
const caseOf = async (app: RunningApp) => (await outputOf<CaseAnswer>(app, 'case.current', {})).info;

/** 600 logons in ten minutes, one record that can't be read. */
const logonsCsv = (): string => {
  const lines = ['TimeGenerated,EventID,Account,IpAddress,Message'];
  for (let i = 0; i < 600; i++) {
    const time = new Date(Date.UTC(2026, 2, 11, 22, 0, i)).toISOString();
    lines.push(`${time},${i % 6 === 0 ? 4625 : 4624},CORP\\user${i % 7},203.0.113.${i % 5},"line ${i}, =cmd"`);
  }
  lines.splice(300, 0, '2026-03-11T22:05:00.000Z,4624,too,many,columns,here,now');
  return `${lines.join('\n')}\n`;
};

const importDropped = async (app: RunningApp, paths: string[]): Promise<void> => {
  await app.drop('body', paths);
  await app.page.getByRole('dialog').waitFor();
  await app.page.getByRole('button', { name: /^Import \d+ file/ }).and(app.page.locator(':enabled')).waitFor({ timeout: 30_000 });
  await app.waitIdle();
};

test('from a dropped file to a restart with nothing lost', async () => {
  const csv = join(work, 'logons.csv');
  writeFileSync(csv, logonsCsv());
  running = await launchApp();
  const { page } = running;
  await running.waitIdle();
  await page.getByText('Start with evidence').waitFor();

  await importDropped(running, [csv]);
  await page.getByText("1 row can’t be read").or(page.getByText('1 row can')).first().waitFor();
  await running.screenshot('import-preview');
  await page.keyboard.press('Control+Enter');
  await page.locator('.ag-row').first().waitFor({ timeout: 30_000 });
  await running.waitIdle();
  const info = await caseOf(running);
  const table = info?.tables.find((t) => t.kind === 'evidence');
  expect(table?.rows).toBe(600);
  expect(info?.tables.find((t) => t.kind === 'rejects')?.rows).toBe(1);

  // keep one value from the keyboard, star a row, undo the star, star again
  await page.locator('.ag-row[row-index="0"] .ag-cell[col-id="EventID"]').click();
  await page.keyboard.press('f');
  await page.locator('.cb-chip').first().waitFor();
  await running.waitIdle();
  await page.locator('.ag-row[row-index="2"] .ag-cell[col-id="Account"]').click();
  await page.keyboard.press('s');
  await page.locator('.ag-row[row-index="2"] .cb-star').waitFor();
  await page.keyboard.press('Control+z');
  await page.locator('.ag-row[row-index="2"] .cb-star').waitFor({ state: 'detached' });
  await page.keyboard.press('s');
  await page.locator('.ag-row[row-index="2"] .cb-star').waitFor();
  await running.waitIdle();
  await running.screenshot('workspace');

  const folders: Folders = running.folders;
  expect(await running.close()).toBe(0);
  running = await launchApp({ folders });
  await running.waitIdle();
  await running.page.locator('.cb-recent, [aria-label="Recent cases"], table').getByText('logons').first().click();
  await running.page.locator('.ag-row').first().waitFor({ timeout: 30_000 });
  await running.waitIdle();
  expect(await running.page.locator('.cb-chip').count()).toBe(1);
  await running.page.locator('.ag-row[row-index="2"] .cb-star').waitFor();
  const verified = await outputOf<{ jobId: string }>(running, 'case.verify', {});
  expect(verified.jobId).toBeTruthy();
  expect(running.problems).toEqual([]);
});

test('the filtered view is exported with formulas made harmless, and reads back', async () => {
  const csv = join(work, 'logons.csv');
  writeFileSync(csv, 'When,Cell,N\n2026-03-11T22:00:00Z,=1+1,-5\n2026-03-11T22:00:01Z,plain,-6\n');
  running = await launchApp();
  await running.waitIdle();
  await outputOf(running, 'case.create', { name: 'Export' });
  const [file] = await running.handlesOf([csv]);
  await outputOf(running, 'evidence.import', { files: [{ handle: file?.handle }] });
  await expect.poll(async () => (await caseOf(running as RunningApp))?.tables.length, { timeout: 20_000 }).toBe(1);
  const table = (await caseOf(running))?.tables[0];
  await running.page.getByRole('treeitem').filter({ hasText: table?.name ?? '' }).last().dblclick();
  await running.page.locator('.ag-row').first().waitFor();
  await running.waitIdle();
  const target = join(work, 'out.csv');
  await running.answerDialogs({ save: target });
  await running.page.getByRole('button', { name: 'Export this view' }).click();
  await running.page.getByRole('button', { name: /Choose file/ }).click();
  await expect.poll(() => existsSync(target), { timeout: 20_000 }).toBe(true);
  const written = readFileSync(target, 'utf8');
  expect(written).toContain("'=1+1");
  expect(written).toMatch(/,-5\r?\n/);
});

test('a sample case in every theme', async () => {
  running = await launchApp({ args: ['--demo'] });
  await running.page.locator('.ag-row').first().waitFor({ timeout: 60_000 });
  await running.waitIdle(60_000);
  const info = await caseOf(running);
  expect(info?.name).toBe('Lantern');
  expect(info?.tables.find((t) => t.name === 'SecurityEvent')?.rows).toBe(48_210);
  for (const theme of ['dark', 'light', 'hc']) {
    await outputOf(running, 'settings.set', { theme });
    await running.page.reload();
    await running.page.locator('.ag-row').first().waitFor({ timeout: 60_000 });
    await running.waitIdle(60_000);
    await running.screenshot('demo');
  }
  expect(running.problems).toEqual([]);
});

const shared = resolve(root, '..', 'shared', 'data');
const mordor = join(shared, 'security-datasets/datasets/atomic/windows/credential_access/host/empire_mimikatz_lsadump_patch.zip');
const pickle = join(shared, 'msticpy/win_proc_test.pkl');
test.skipIf(!existsSync(mordor) || !existsSync(pickle))('a Mordor archive and a pickle by drop (needs ../shared/data)', async () => {
  running = await launchApp();
  await running.waitIdle();
  await caseOf(running); // the harness takes its place beside the page's client now, not in the middle of the import
  await importDropped(running, [mordor, pickle]);
  await running.page.getByRole('button', { name: /^Import 2 files/ }).click();
  await expect.poll(async () => (await caseOf(running as RunningApp))?.tables.length ?? 0, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  const tables = (await caseOf(running))?.tables ?? [];
  expect(tables.some((t) => t.rows === 1000)).toBe(true);
  const events = tables.find((t) => t.columns.some((c) => c.name === 'Channel'));
  expect(events?.rows).toBeGreaterThan(1_000);
  await running.page.locator('.ag-row').first().waitFor({ timeout: 30_000 });
  await running.waitIdle();
  await running.screenshot('mordor');
  expect(running.problems).toEqual([]);
});

test('a view moves to a window of its own and goes on working', async () => {
  const csv = join(work, 'logons.csv');
  writeFileSync(csv, logonsCsv());
  running = await launchApp();
  await running.waitIdle();
  await outputOf(running, 'case.create', { name: 'Two windows' });
  const [file] = await running.handlesOf([csv]);
  await outputOf(running, 'evidence.import', { files: [{ handle: file?.handle }] });
  await running.page.getByRole('treeitem').filter({ hasText: 'logons' }).last().waitFor({ timeout: 20_000 });
  await running.page.getByRole('treeitem').filter({ hasText: '600' }).last().dblclick();
  await running.page.locator('.ag-row').first().waitFor();
  await running.waitIdle();
  const second = running.app.waitForEvent('window');
  await running.page.keyboard.press('Control+Shift+m');
  const popped = await second;
  await popped.locator('.ag-row').first().waitFor({ timeout: 20_000 });
  await popped.locator('.ag-row[row-index="1"] .ag-cell[col-id="EventID"]').click();
  await popped.screenshot({ path: join(root, 'tests', '.artifacts', 'popout-dark.png') });
  expect(running.problems).toEqual([]);
});
