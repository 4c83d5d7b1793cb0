/** What journeys over the events case do and read on the page: open the table, reach a cell, read counts, rows, toasts, the clipboard. */
import { expect } from 'vitest';
import { launchApp, type LaunchSpec, type RunningApp } from './harness.ts';

export type EventsPage = RunningApp & {
  openTable(): Promise<void>;
  /** A cell by its place in the view; the first row is 0. */
  cell(row: number, column: string): ReturnType<RunningApp['page']['locator']>;
  column(name: string, rows: number): Promise<string[]>;
  /** Waits until the status bar states so many matching rows. */
  matches(rows: number): Promise<void>;
  /** Waits for a toast with this text. */
  says(text: string | RegExp): Promise<void>;
  clipboard(): Promise<string>;
  /** Takes every filter and the time range away. */
  reset(): Promise<void>;
};

const waitMs = { timeout: 10_000 };

export const openEvents = async (caseDir: string, spec: LaunchSpec = {}): Promise<EventsPage> => {
  const app = await launchApp({ ...spec, args: ['--case', caseDir, ...(spec.args ?? [])] });
  const { page } = app;
  await app.waitIdle();
  const status = page.locator('[data-region=status]');
  const cell: EventsPage['cell'] = (row, column) => page.locator(`.ag-row[row-index="${row}"] .ag-cell[col-id="${column}"]`);
  return {
    ...app,
    cell,
    async openTable() {
      await page.locator('[role=treeitem]').filter({ hasText: 'SecurityEvent' }).last().dblclick();
      await cell(0, 'EventID').waitFor();
      await app.waitIdle();
    },
    async column(name, rows) {
      return Promise.all(Array.from({ length: rows }, (_, row) => cell(row, name).innerText()));
    },
    async matches(rows) {
      const words = rows === 600 ? /No filter, 600 rows/ : new RegExp(`(?:^|\\s)${rows} of 600 rows`);
      await expect.poll(() => status.innerText(), waitMs).toMatch(words);
      await app.waitIdle();
    },
    async says(text) {
      await page.locator('.cb-toast').filter({ hasText: text }).first().waitFor(waitMs);
    },
    clipboard: () => app.app.evaluate(({ clipboard }) => clipboard.readText()),
    async reset() {
      await page.keyboard.press('Escape');
      await cell(0, 'EventID').or(page.locator('.cb-norows')).first().click();
      await page.keyboard.press('Control+Shift+L');
      const clear = page.locator('.cb-tl-bar').getByRole('button', { name: 'Clear' });
      if (await clear.isVisible()) await clear.click();
      await expect.poll(() => status.innerText(), waitMs).toContain('No filter, 600 rows');
      await app.waitIdle();
    },
  };
};
