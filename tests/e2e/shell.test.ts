/** The desktop around the page: command line, pictures, one instance, the window's place, both engine transports. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freshFolders, launchApp, runApp, type Folders, type RunningApp } from './harness.ts';

let running: RunningApp | null = null;
const made: string[] = [];
afterEach(async () => {
  await running?.dispose();
  running = null;
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const folders = (): Folders => {
  const fresh = freshFolders();
  made.push(dirname(fresh.userDataDir));
  return fresh;
};
const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'casebench-shell-e2e-'));
  made.push(folder);
  return folder;
};

/** Width and height from a PNG's header. */
const sizeOfPng = (file: string): [number, number] => {
  const bytes = readFileSync(file);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

describe('a picture', () => {
  test('of the first start is saved at the size asked for, and the app ends with 0', async () => {
    const file = join(scratch(), 'deep', 'start.png');
    const run = await runApp([`--screenshot=${file}`, '--window=1280x800', '--theme=light'], { folders: folders() });
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('1280 × 800')]);
    expect(sizeOfPng(file)).toEqual([1280, 800]);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  test('that cannot be written ends with 1 and says so', async () => {
    const blocked = join(scratch(), 'plain');
    writeFileSync(blocked, '');
    const run = await runApp([`--screenshot=${join(blocked, 'a.png')}`], { folders: folders() });
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('No picture was saved')]);
  });
});

test('a picture of a case that cannot be opened ends with 1', async () => {
  const empty = scratch();
  const run = await runApp([`--screenshot=${join(empty, 'a.png')}`, `--case=${empty}`], { folders: folders() });
  expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('could not be opened')]);
  expect(existsSync(join(empty, 'a.png'))).toBe(false);
});

describe('a command line that cannot be followed', () => {
  test.each([
    [['--theme=pink'], 'not dark, light or hc'],
    [['--case=/nowhere/at/all'], 'is not a folder'],
    [['--demo', '--case=/tmp'], 'exclude each other'],
  ])('%j ends with 2 and the reason', async (args, reason) => {
    const run = await runApp(args, { folders: folders() });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(reason)]);
  });
});

test('--case opens the case', async () => {
  const given = folders();
  running = await launchApp({ folders: given });
  await running.waitIdle();
  expect(await running.call('case.create', { name: 'Lantern' })).toMatchObject({ ok: true });
  expect(await running.close()).toBe(0);
  running = await launchApp({ folders: given, args: [`--case=${join(given.casesDir, 'Lantern.case')}`] });
  await running.waitIdle();
  expect(await running.call('case.current', {})).toMatchObject({ ok: true, output: { info: { name: 'Lantern', readOnly: false, restored: null } } });
});

test('a termination by the system closes the case cleanly', async () => {
  const given = folders();
  running = await launchApp({ folders: given });
  await running.waitIdle();
  expect(await running.call('case.create', { name: 'Lantern' })).toMatchObject({ ok: true });
  const ended = new Promise<number | null>((done) => running?.app.process().once('exit', done));
  running.app.process().kill('SIGTERM');
  expect(await ended).toBe(0);
  running = await launchApp({ folders: given, args: [`--case=${join(given.casesDir, 'Lantern.case')}`] });
  await running.waitIdle();
  expect(await running.call('case.current', {})).toMatchObject({ ok: true, output: { info: { readOnly: false, restored: null } } });
});

test('a page that crashes comes back with the case still open', async () => {
  running = await launchApp();
  await running.waitIdle();
  expect(await running.call('case.create', { name: 'Lantern' })).toMatchObject({ ok: true });
  const title = () =>
    running?.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const text = window?.webContents.executeJavaScript(`document.documentElement.dataset.idle === 'true' ? document.body.innerText : ''`) as Promise<string>;
      // Asked of a page that is just ending, the question is never answered.
      return Promise.race([text, new Promise<string>((late) => setTimeout(() => late(''), 1_000))]);
    });
  await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await expect.poll(title, { timeout: 20_000 }).toContain('Lantern');
});

test('a page cannot keep its window from closing', async () => {
  running = await launchApp();
  await running.waitIdle();
  await running.page.evaluate(() => window.addEventListener('beforeunload', (event) => event.preventDefault()));
  expect(await running.close()).toBe(0);
});

test('a second start with the same settings shows the first window and ends', async () => {
  running = await launchApp();
  await running.waitIdle();
  await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const run = await runApp([], { folders: running.folders });
  expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('open already')]);
  expect(running.app.windows()).toHaveLength(1);
});

describe('the window', () => {
  test('comes back where and as large as it was', async () => {
    const given = folders();
    mkdirSync(given.userDataDir, { recursive: true });
    writeFileSync(join(given.userDataDir, 'window.json'), JSON.stringify({ x: 120, y: 90, width: 1100, height: 700, maximised: false }));
    running = await launchApp({ folders: given, size: null });
    const bounds = () => running?.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(await bounds()).toEqual({ x: 120, y: 90, width: 1100, height: 700 });
    await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 1300, height: 820 }));
    expect(await running.close()).toBe(0);
    expect(JSON.parse(readFileSync(join(given.userDataDir, 'window.json'), 'utf8'))).toEqual({ x: 60, y: 40, width: 1300, height: 820, maximised: false });
  });

  test('saved on a display that is gone opens on one that is there', async () => {
    const given = folders();
    writeFileSync(join(given.userDataDir, 'window.json'), JSON.stringify({ x: 9_000, y: 9_000, width: 1100, height: 700, maximised: false }));
    running = await launchApp({ folders: given, size: null });
    const x = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds().x);
    expect(x).toBeLessThan(5_000);
  });

  test('cannot be made smaller than its content bears, and has the colour of its theme before the page', async () => {
    running = await launchApp({ args: ['--theme=light'], size: null });
    const facts = await running.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { least: window?.getMinimumSize(), colour: window?.getBackgroundColor() };
    });
    expect(facts).toEqual({ least: [960, 640], colour: '#ECEFF3' });
  });

  test('is minimised, maximised and closed by the page', async () => {
    running = await launchApp({ size: null });
    await running.waitIdle();
    const act = (action: string) => running?.page.evaluate((name) => window.casebench.shell('shell.window', { action: name }), action);
    expect(await act('state')).toEqual({ ok: true, output: { maximised: false, fullScreen: false } });
    const ended = new Promise<number | null>((done) => running?.app.process().once('exit', done));
    void act('close')?.catch(() => undefined); // the page may be gone before the answer is
    expect(await ended).toBe(0);
  });
});

test('About tells whether this is the development runtime', async () => {
  running = await launchApp();
  await running.waitIdle();
  const answer = await running.page.evaluate(() => window.casebench.shell('shell.about', {}));
  const isStandIn = await running.app.evaluate(() => process.versions['napi']).then((napi) => Number(napi) < 10);
  expect(answer).toMatchObject({ ok: true, output: { packaged: false, developmentRuntime: isStandIn, electron: expect.stringMatching(/^\d+\./), chrome: expect.stringMatching(/^\d+\./) } });
});

describe('the engine as a utility process, as in the product', () => {
  const env = { CASEBENCH_ENGINE: 'utility' };

  test('answers, keeps what it acknowledged, and ends with the window', async () => {
    running = await launchApp({ env });
    await running.waitIdle();
    expect(await running.call('settings.set', { density: 'roomy' })).toMatchObject({ ok: true });
    expect(await running.call('job.list', {})).toEqual({ ok: true, output: { jobs: [] } });
    expect(await running.call('case.open', { handle: 'nothing' })).toMatchObject({ ok: false, error: { code: 'notFound' } });
    const engine = running.enginePid();
    expect(engine).toBeGreaterThan(0);
    expect(await running.close()).toBe(0);
    expect(existsSync(`/proc/${engine}/cwd`)).toBe(false);
    expect(JSON.parse(readFileSync(join(running.folders.userDataDir, 'settings.json'), 'utf8'))).toMatchObject({ density: 'roomy' });
  });

  test('previews evidence on its own threads with the query engine in it', async () => {
    running = await launchApp({ env });
    await running.waitIdle();
    const path = join(scratch(), 'a.csv');
    writeFileSync(path, 'TimeGenerated,Account\n2026-03-11T22:04:17Z,j.novak\n');
    const [file] = await running.handlesOf([path]);
    expect(await running.call('evidence.inspect', { handle: file?.handle })).toMatchObject({ ok: true, output: { items: [{ format: 'csv', totalRows: 1, timeColumn: 'TimeGenerated', error: null }] } });
  });

  test('comes back after it is killed, with the handles of before; waiting calls are answered', async () => {
    running = await launchApp({ env });
    await running.waitIdle();
    const folder = scratch();
    await running.answerDialogs({ open: [folder] });
    const picked = (await running.page.evaluate(() => window.casebench.shell('shell.pickFolder', { purpose: 'openCase' }))) as { output: { folder: { handle: string } } };
    await running.call('settings.get', {});
    const before = running.enginePid();
    process.kill(before ?? 0, 'SIGKILL');
    await expect.poll(() => running?.enginePid(), { timeout: 5_000, interval: 10 }).not.toBe(before);
    await expect.poll(() => running?.enginePid(), { timeout: 5_000, interval: 10 }).not.toBeNull();
    expect(await running.call('settings.get', {})).toMatchObject({ ok: true });
    // The folder is no case; that the engine looked into it shows that it knows the handle.
    const answer = await running.call('case.open', { handle: picked.output.folder.handle });
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining('holds no case') } });
  });
});
