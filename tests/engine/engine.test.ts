/** The engine in one piece, in process: what the desktop, the command line and tests rely on. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngine, type Engine, type EngineEvent } from '../../main/engine/create-engine.ts';
import { systemClock } from '../../main/shared/clock.ts';

let base: string;
let engine: Engine;
let events: EngineEvent[];
let folders: (string | null)[];

const start = (): Engine => {
  const made = createEngine(
    { userDataDir: join(base, 'user'), casesDir: join(base, 'cases'), samplesDir: join(base, 'samples'), homeDir: base, appVersion: '0.0.1' },
    { clock: systemClock },
  );
  events = [];
  folders = [];
  made.onEvent((event) => events.push(event));
  made.onCaseFolder((folder) => folders.push(folder));
  return made;
};
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'casebench-engine-'));
  for (const name of ['user', 'cases', 'samples', 'elsewhere']) mkdirSync(join(base, name));
  engine = start();
});
afterEach(async () => {
  await engine.close();
  rmSync(base, { recursive: true, force: true });
});
const turn = () => new Promise((done) => setImmediate(done));
const caseEvents = () => events.filter((event) => event.event === 'case.changed').map((event) => event.payload.info);

describe('the open case', () => {
  test('is told when it opens, changes and closes, with its folder for the shell', async () => {
    const info = await engine.handle('case.create', { name: 'Lantern' });
    expect(caseEvents().at(-1)).toMatchObject({ caseId: info.caseId, name: 'Lantern' });
    expect(folders).toEqual([join(base, 'cases', 'Lantern.case')]);
    await engine.handle('case.rename', { name: 'Beacon' });
    await turn();
    expect(caseEvents().at(-1)).toMatchObject({ name: 'Beacon', undoLabel: expect.any(String) });
    await engine.handle('history.undo', {});
    await turn();
    expect(caseEvents().at(-1)).toMatchObject({ name: 'Lantern' });
    await engine.handle('case.close', {});
    expect(caseEvents().at(-1)).toBeNull();
    expect(folders.at(-1)).toBeNull();
  });

  test('there is one: opening another closes it', async () => {
    await engine.handle('case.create', { name: 'First' });
    const second = await engine.handle('case.create', { name: 'Second' });
    expect((await engine.handle('case.current', {})).info).toMatchObject({ caseId: second.caseId });
    expect(folders.at(-1)).toBe(join(base, 'cases', 'Second.case'));
  });

  test('operations that need one say so when there is none', async () => {
    await expect(engine.handle('case.rename', { name: 'x' })).rejects.toMatchObject({ code: 'case.none' });
    await expect(engine.handle('mark.tags', {})).rejects.toMatchObject({ code: 'case.none' });
    await expect(engine.run('case.verify', {})).rejects.toMatchObject({ code: 'case.none' });
  });

  test('is reached through a granted handle only', async () => {
    await engine.handle('case.create', { name: 'Lantern' });
    await engine.handle('case.close', {});
    const folder = join(base, 'cases', 'Lantern.case');
    await expect(engine.handle('case.open', { handle: folder })).rejects.toMatchObject({ code: 'notFound' });
    engine.grant('h1', folder, 'read');
    expect(await engine.handle('case.open', { handle: 'h1' })).toMatchObject({ name: 'Lantern' });
    engine.grant('w1', folder, 'write');
    await expect(engine.handle('case.open', { handle: 'w1' })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('comes back by its folder, and a folder that is none is an error without harm', async () => {
    await engine.handle('case.create', { name: 'Lantern' });
    await engine.close();
    engine = start();
    await engine.reopen(join(base, 'cases', 'Lantern.case'));
    expect((await engine.handle('case.current', {})).info).toMatchObject({ name: 'Lantern', readOnly: false });
    await engine.close();
    engine = start();
    await expect(engine.reopen(join(base, 'elsewhere'))).rejects.toMatchObject({ name: 'CasebenchError' });
    expect((await engine.handle('case.current', {})).info).toBeNull();
  });
});

describe('jobs', () => {
  test('answer an id, report, end once, and their result has the contract shape', async () => {
    await engine.handle('case.create', { name: 'Lantern' });
    const { jobId } = await engine.handle('case.verify', {});
    while ((await engine.handle('job.list', {})).jobs.some((job) => job.state === 'running')) await turn();
    const seen = events.flatMap((event) => (event.event === 'job.changed' && event.payload.jobId === jobId ? [event.payload.state] : []));
    expect(seen[0]).toBe('running');
    expect(seen.filter((state) => state !== 'running')).toEqual(['done']);
    expect(await engine.run('case.verify', {})).toMatchObject({ ok: true, findings: [] });
    await engine.handle('job.clear', {});
    expect((await engine.handle('job.list', {})).jobs).toEqual([]);
  });
});

describe('the end', () => {
  test('closes the case so that the next engine opens it for writing, and refuses later calls', async () => {
    await engine.handle('case.create', { name: 'Lantern' });
    await engine.handle('view.save', { key: 'layout', json: '{"a":1}' });
    await engine.close();
    await engine.close();
    await expect(engine.handle('case.recent', {})).rejects.toMatchObject({ code: 'engine.gone' });
    engine = start();
    await engine.reopen(join(base, 'cases', 'Lantern.case'));
    expect(await engine.handle('view.load', { key: 'layout' })).toEqual({ json: '{"a":1}' });
    expect((await engine.handle('case.current', {})).info).toMatchObject({ readOnly: false, restored: null });
  });

  test('a change that was acknowledged before a close is there after it', async () => {
    await engine.handle('case.create', { name: 'Lantern' });
    const renames = Array.from({ length: 20 }, (_, i) => engine.handle('case.rename', { name: `Name ${i}` }));
    const closed = engine.close();
    const acknowledged = (await Promise.allSettled(renames)).filter((result) => result.status === 'fulfilled').length;
    await closed;
    engine = start();
    await engine.reopen(join(base, 'cases', 'Lantern.case'));
    expect((await engine.handle('case.current', {})).info).toMatchObject({ name: `Name ${acknowledged - 1}` });
  });
});

describe('settings', () => {
  test('are kept across engines', async () => {
    await engine.handle('settings.set', { theme: 'light', zone: 'Europe/Prague' });
    await engine.close();
    engine = start();
    expect(await engine.handle('settings.get', {})).toMatchObject({ theme: 'light', zone: 'Europe/Prague' });
    expect(JSON.parse(readFileSync(join(base, 'user', 'settings.json'), 'utf8'))).toMatchObject({ theme: 'light' });
  });

  test('a damaged file is set aside, and the log says so without its content', async () => {
    writeFileSync(join(base, 'user', 'settings.json'), '{"secret');
    await engine.close();
    const lines: string[] = [];
    const dirs = { userDataDir: join(base, 'user'), casesDir: join(base, 'cases'), samplesDir: join(base, 'samples'), homeDir: base };
    engine = createEngine({ ...dirs, appVersion: '0.0.1' }, { clock: systemClock, log: (level, event, detail) => void lines.push(`${level} ${event} ${detail}`) });
    expect(await engine.handle('settings.get', {})).toMatchObject({ theme: 'dark' });
    expect(lines).toEqual(['warn settings.damaged a damaged settings file was set aside']);
  });
});

test('the engine names its versions', async () => {
  const info = await engine.handle('app.info', {});
  expect(info).toMatchObject({ version: '0.0.1', node: process.versions.node });
  expect(info.sqlite).toMatch(/^3\.\d+\.\d+$/);
  expect(info.duckdb).toMatch(/^\d+\.\d+\.\d+/);
});
