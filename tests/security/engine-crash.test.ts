/** The engine is killed; window and page stay, it is back within 2 s with the same case, and acknowledged work is there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launchApp, processTree, type RunningApp } from '../e2e/harness.ts';

const limitMs = 2_000;
let running: RunningApp;
beforeEach(async () => {
  running = await launchApp();
  await running.waitIdle();
});
afterEach(() => running?.dispose());

const kill = (): number => {
  const pid = running.enginePid();
  if (pid === null) throw new Error('there is no engine to kill');
  process.kill(pid, 'SIGKILL');
  return pid;
};
/** Records `engine.state` and `job.changed` events as the page sees them, and the time of each. */
const recordEvents = async (): Promise<void> => {
  await running.call('settings.get', {});
  await running.page.evaluate(() => {
    const scope = window as unknown as { recorded: { event: string; state: string; atMs: number }[]; casebenchTest: { port: MessagePort } };
    scope.recorded = [];
    const listen = (port: MessagePort | undefined): void =>
      port?.addEventListener('message', ({ data }) => {
        if (data?.t === 'ev') scope.recorded.push({ event: data.event, state: data.payload?.state ?? '', atMs: performance.now() });
      });
    listen(scope.casebenchTest.port);
    window.addEventListener('message', (event) => {
      if (event.data === 'casebench.port') listen(event.ports[0]);
    });
  });
};
const recorded = () => running.page.evaluate(() => (window as unknown as { recorded: { event: string; state: string; atMs: number }[] }).recorded);

describe('after SIGKILL', () => {
  test('the window stays, the engine is back in time, with the case and what was acknowledged', async () => {
    expect(await running.call('case.create', { name: 'Lantern' })).toMatchObject({ ok: true });
    expect(await running.call('view.save', { key: 'layout', json: '{"kept":true}' })).toMatchObject({ ok: true });
    expect(await running.call('case.rename', { name: 'Beacon' })).toMatchObject({ ok: true });
    await recordEvents();
    await running.page.evaluate(() => void ((window as unknown as { marker: number }).marker = 7));
    const before = kill();
    const killedMs = performance.now();
    await expect.poll(async () => (await recorded()).filter(({ event }) => event === 'engine.state').map(({ state }) => state), { timeout: 10_000, interval: 20 }).toEqual(['restarting', 'ready']);
    expect(performance.now() - killedMs).toBeLessThan(limitMs);
    expect(running.enginePid()).not.toBe(before);
    expect(await running.page.evaluate(() => (window as unknown as { marker?: number }).marker)).toBe(7);
    expect(running.app.windows()).toHaveLength(1);
    expect(await running.call('case.current', {})).toMatchObject({ ok: true, output: { info: { name: 'Beacon', readOnly: false } } });
    expect(await running.call('view.load', { key: 'layout' })).toEqual({ ok: true, output: { json: '{"kept":true}' } });
  });

  test('calls made while it is down are answered when it is back', async () => {
    await recordEvents();
    kill();
    // The first thing on the new port; the engine behind it is still starting.
    await expect.poll(async () => (await recorded()).some(({ state }) => state === 'restarting'), { timeout: 5_000, interval: 5 }).toBe(true);
    expect(await running.call('settings.set', { density: 'roomy' })).toMatchObject({ ok: true, output: { density: 'roomy' } });
  });

  test('handles chosen before still work', async () => {
    await running.call('case.create', { name: 'Lantern' });
    await running.call('case.close', {});
    await running.answerDialogs({ open: [join(running.folders.casesDir, 'Lantern.case')] });
    const picked = (await running.page.evaluate(() => window.casebench.shell('shell.pickFolder', { purpose: 'openCase' }))) as { output: { folder: { handle: string } } };
    kill();
    await expect.poll(async () => (await running.call('settings.get', {})).ok, { timeout: 5_000 }).toBe(true);
    expect(await running.call('case.open', { handle: picked.output.folder.handle })).toMatchObject({ ok: true, output: { name: 'Lantern' } });
  });

  test('in the middle of an import the job is marked failed, no half table is left, and the import can be run again', async () => {
    await running.call('case.create', { name: 'Lantern' });
    const path = join(running.folders.casesDir, 'big.csv');
    writeFileSync(path, `TimeGenerated,Account,Count\n${Array.from({ length: 1_500_000 }, (_, i) => `2026-03-11T22:04:${String(i % 60).padStart(2, '0')}Z,user${i % 977},${i}`).join('\n')}\n`);
    const [file] = await running.handlesOf([path]);
    const started = await running.call('evidence.import', { files: [{ handle: file?.handle }] });
    const { jobId } = (started as { output: { jobId: string } }).output;
    await expect.poll(async () => ((await running.call('job.list', {})) as { output: { jobs: { jobId: string; done: number }[] } }).output.jobs.find((job) => job.jobId === jobId)?.done ?? 0, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
    kill();
    await expect.poll(async () => (await running.call('job.list', {})), { timeout: 10_000 }).toEqual({ ok: true, output: { jobs: [] } });
    expect(await running.call('case.current', {})).toMatchObject({ output: { info: { name: 'Lantern', tables: [], evidence: [] } } });
    await expect.poll(() => running.page.evaluate(() => document.body.innerText), { timeout: 10_000 }).toContain('1 job failed');
    expect(await running.call('evidence.import', { files: [{ handle: file?.handle }] })).toMatchObject({ ok: true });
    await expect.poll(async () => ((await running.call('case.current', {})) as { output: { info: { tables: { rows: number }[] } } }).output.info.tables.map(({ rows }) => rows), { timeout: 30_000 }).toEqual([1_500_000]);
  });

  test('again and again, it comes back until that makes no sense any more, and then says so', async () => {
    await recordEvents();
    for (let i = 0; i < 7; i++) {
      await expect.poll(() => running.enginePid(), { timeout: 15_000, interval: 20 }).not.toBeNull();
      kill();
      await expect.poll(async () => (await recorded()).filter(({ state }) => state === 'restarting' || state === 'failed').length, { timeout: 10_000 }).toBeGreaterThan(i);
    }
    await expect.poll(async () => (await recorded()).at(-1)?.state, { timeout: 10_000 }).toBe('failed');
    expect(await running.call('settings.get', {})).toMatchObject({ ok: false, error: { code: 'engine.gone' } });
    expect(running.app.windows()).toHaveLength(1);
  });
});

test("the engine's environment holds no secret of the desktop's", async () => {
  await running.dispose();
  running = await launchApp({ env: { AWS_SECRET_ACCESS_KEY: 'canary-7f3a', CASEBENCH_CANARY: 'canary-7f3a', NODE_OPTIONS_X: 'canary-7f3a' } });
  await running.waitIdle();
  const environ = readFileSync(`/proc/${running.enginePid()}/environ`, 'utf8');
  expect(environ).toContain('PATH=');
  expect(environ).not.toContain('canary-7f3a');
  expect(environ).not.toMatch(/ELECTRON_|NODE_OPTIONS|CASEBENCH_/);
});

test('when the desktop is killed, the engine closes its case and ends', async () => {
  await running.call('case.create', { name: 'Lantern' });
  const engine = running.enginePid();
  running.app.process().kill('SIGKILL');
  await expect.poll(() => processTree(engine ?? -1).filter(({ command }) => command.includes('engine.js')).length, { timeout: 10_000 }).toBe(0);
  const { folders } = running;
  const again = await launchApp({ folders });
  running = again;
  await again.waitIdle();
  const [answer] = [await again.call('case.recent', {})];
  expect(answer).toMatchObject({ ok: true, output: { cases: [{ name: 'Lantern', state: expect.not.stringMatching('locked') }] } });
});

test('neither log nor settings folder holds what was in a case', async () => {
  await running.call('case.create', { name: 'Lantern' });
  writeFileSync(join(running.folders.casesDir, 'canary.csv'), 'h\nevidence-canary-91c2\n');
  await running.call('view.save', { key: 'draft:evidence-canary-91c2', json: '"evidence-canary-91c2"' });
  await running.call('case.open', { handle: 'evidence-canary-91c2' });
  kill();
  await expect.poll(async () => (await running.call('case.current', {})).ok, { timeout: 5_000 }).toBe(true);
  expect(readFileSync(join(running.folders.userDataDir, 'logs', 'casebench.log'), 'utf8')).not.toContain('evidence-canary-91c2');
});
