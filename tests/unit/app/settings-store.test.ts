import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSettingsStore } from '../../../main/app/settings-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebench-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'settings.json');
const store = (onDamaged?: (name: string) => void) => createSettingsStore({ userDataDir: folder, nowUs: () => 42, ...(onDamaged ? { onDamaged } : {}) });

test('without a file the defaults are in force and nothing is written', async () => {
  expect(await store().get()).toEqual({ theme: 'dark', density: 'regular', zone: 'UTC', copyOriginals: false, reducedMotion: false, keys: {} });
  expect(readdirSync(folder)).toEqual([]);
});

test('a change is on disk when it is acknowledged, and only the named fields changed', async () => {
  const first = store();
  await first.set({ theme: 'light' });
  await first.set({ zone: 'Europe/Prague' });
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ theme: 'light', zone: 'Europe/Prague' });
  expect(await store().get()).toMatchObject({ theme: 'light', zone: 'Europe/Prague', density: 'regular' });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test('changes made at once are all kept', async () => {
  const one = store();
  await Promise.all([one.set({ theme: 'hc' }), one.set({ density: 'roomy' }), one.set({ copyOriginals: true }), one.set({ keys: { undo: 'Ctrl+U' } })]);
  expect(await one.get()).toMatchObject({ theme: 'hc', density: 'roomy', copyOriginals: true, keys: { undo: 'Ctrl+U' } });
});

test.each(['', '{', '[]', '{"theme":"pink"}', '\0\0\0', 'null'])('a damaged file %j is set aside, told, and replaced by the defaults', async (content) => {
  writeFileSync(file(), content);
  const told: string[] = [];
  const one = store((name) => told.push(name));
  expect(await one.get()).toMatchObject({ theme: 'dark' });
  expect(told).toEqual([`${file()}.damaged-42`]);
  expect(readFileSync(`${file()}.damaged-42`, 'utf8')).toBe(content);
  await one.set({ theme: 'light' });
  expect(await store().get()).toMatchObject({ theme: 'light' });
});

test('fields of a newer Casebench survive a change', async () => {
  writeFileSync(file(), JSON.stringify({ theme: 'light', hologram: true }));
  const one = store();
  expect(await one.get()).not.toHaveProperty('hologram');
  await one.set({ density: 'roomy' });
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ hologram: true, theme: 'light', density: 'roomy' });
});

test('a folder that cannot be written gives a typed error and keeps the old content', async () => {
  writeFileSync(join(folder, 'plain'), '');
  const blocked = createSettingsStore({ userDataDir: join(folder, 'plain', 'inside'), nowUs: () => 1 });
  await expect(blocked.set({ theme: 'light' })).rejects.toMatchObject({ code: expect.stringMatching(/^file\./) });
  mkdirSync(join(folder, 'taken', 'settings.json'), { recursive: true });
  await expect(createSettingsStore({ userDataDir: join(folder, 'taken'), nowUs: () => 1 }).set({ theme: 'light' })).rejects.toMatchObject({ code: 'file.unreadable' });
});
