import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCaseManager, createCase, openCase } from '../../main/case/index.ts';
import type { CaseManager, CaseManagerDeps, CaseSession } from '../../main/case/index.ts';
import { CasebenchError } from '../../main/contract/index.ts';
import type { CaseInfo, VerifyReport } from '../../main/contract/index.ts';
import { createJobs } from '../../main/jobs/index.ts';
import type { Jobs } from '../../main/jobs/types.ts';
import { addRealTable, addTable, temporaryFolder, testClock } from './case-fixture.ts';

type JobOp = 'case.moveTo' | 'case.verify' | 'case.openDemo';

describe('the open case of an engine', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let manager: CaseManager;
  let jobs: Jobs;
  let heard: (string | null)[];
  const clock = testClock();
  const at = (...parts: string[]): string => path.join(place.folder, ...parts);
  const start = (over: Partial<CaseManagerDeps> = {}): void => {
    let ids = 0;
    jobs = createJobs({ clock, newId: () => `job${(ids += 1)}` });
    manager = createCaseManager({
      clock,
      dirs: { userDataDir: at('user'), casesDir: at('cases'), samplesDir: at('samples'), homeDir: place.folder },
      appVersion: '1.2.3',
      jobs,
      resolveHandle: (handle) => at(handle),
      importDemo: async (session) => void session.execute(addTable(1)),
      ...over,
    });
    heard = [];
    manager.onCurrent((session) => heard.push(session === null ? null : path.basename(session.folder)));
  };
  const run = <R>(op: JobOp, input: Record<string, string> = {}): { jobId: string; finished: Promise<R> } => {
    const handler = manager.handlers[op] as { label(input: unknown): string; run(input: unknown, job: unknown): Promise<unknown> };
    return jobs.start({ op, label: handler.label(input) }, (job) => handler.run(input, job)) as { jobId: string; finished: Promise<R> };
  };
  const call = {
    create: async (name: string): Promise<CaseInfo> => manager.handlers['case.create']({ parentHandle: null, name }),
    open: async (input: { handle: string } | { recentId: string }): Promise<CaseInfo> => manager.handlers['case.open'](input),
    recent: async () => (await manager.handlers['case.recent']({})).cases,
    close: async () => manager.handlers['case.close']({}),
  };
  const current = (): CaseSession => {
    const session = manager.current();
    if (session === null) throw new Error('no case is open');
    return session;
  };

  beforeEach(() => {
    place = temporaryFolder();
    mkdirSync(at('elsewhere'));
    start();
  });
  afterEach(async () => {
    await jobs.close();
    await manager.close();
    place.remove();
  });

  it('is made in the default folder, closed, listed and opened again', async () => {
    const info = await call.create('Night / shift');
    expect(info).toMatchObject({ name: 'Night / shift', folder: `~${path.sep}${path.join('cases', 'Night - shift.case')}` });
    await call.close();
    expect(manager.current()).toBeNull();
    const [listed] = await call.recent();
    expect(listed).toMatchObject({ name: 'Night / shift', folder: info.folder, state: 'unverified' });
    expect(listed?.sizeBytes).toBeGreaterThan(0);
    expect(await call.open({ recentId: listed?.recentId ?? '' })).toMatchObject({ caseId: info.caseId });
    expect(heard).toEqual(['Night - shift.case', null, 'Night - shift.case']);
  });

  it('gives way to another one, which stays open when the other can’t be opened', async () => {
    await call.create('One');
    await call.create('Two');
    expect(existsSync(at('cases', 'One.case', 'case.lock'))).toBe(false);
    await expect(call.open({ handle: 'nowhere' })).rejects.toMatchObject({ code: 'case.unreachable' });
    await expect(call.open({ handle: 'elsewhere' })).rejects.toMatchObject({ code: 'notFound' });
    await expect(call.create('One')).rejects.toMatchObject({ code: 'case.exists' });
    expect(path.basename(current().folder)).toBe('Two.case');
    await call.open({ handle: path.join('cases', 'Two.case', 'case.db') });
    expect(heard).toEqual(['One.case', 'Two.case']);
  });

  it('refuses everything while none is open', () => {
    for (const op of ['history.undo', 'history.redo'] as const) expect(() => manager.handlers[op]({})).toThrow(expect.objectContaining({ code: 'case.none' }));
    expect(() => manager.handlers['view.load']({ key: 'layout' })).toThrow(expect.objectContaining({ code: 'case.none' }));
  });

  it('lists its history newest first, page by page', async () => {
    await call.create('One');
    current().execute(addTable(1));
    current().execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1, 2], on: true } });
    expect(await manager.handlers['history.undo']({})).toEqual({ label: 'Star 2 rows' });
    const first = await manager.handlers['history.list']({ beforeSeq: null, limit: 2 });
    expect(first).toMatchObject({ total: 4, entries: [{ seq: 4, state: 'undo', label: 'Undo: Star 2 rows', undoable: false }, { seq: 3, state: 'undone', undoable: false }] });
    const second = await manager.handlers['history.list']({ beforeSeq: 3, limit: 2 });
    expect(second.entries).toMatchObject([{ seq: 2, kind: 'evidence.add', state: 'done', undoable: true }, { seq: 1, kind: 'case.create', undoable: false }]);
    expect(await manager.handlers['history.redo']({})).toEqual({ label: 'Star 2 rows' });
  });

  it('keeps the state of its views', async () => {
    await call.create('One');
    await manager.handlers['view.save']({ key: 'grid:t1', json: '{"w":1}' });
    await call.close();
    await call.open({ handle: path.join('cases', 'One.case') });
    expect(await manager.handlers['view.load']({ key: 'grid:t1' })).toEqual({ json: '{"w":1}' });
    await manager.handlers['view.save']({ key: 'grid:t1', json: null });
    expect(await manager.handlers['view.load']({ key: 'grid:t1' })).toEqual({ json: null });
  });

  describe('in the list of recent cases', () => {
    it('is verified, until evidence comes in, and failed when something is wrong', async () => {
      await call.create('One');
      current().execute(await addRealTable(current(), 1));
      expect((await call.recent())[0]?.state).toBe('unverified');
      expect(await run<VerifyReport>('case.verify').finished).toMatchObject({ ok: true });
      expect((await call.recent())[0]?.state).toBe('verified');
      current().execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1], on: true } });
      await call.close();
      expect((await call.recent())[0]?.state).toBe('verified');
      await call.open({ handle: path.join('cases', 'One.case') });
      current().execute(await addRealTable(current(), 2));
      await call.close();
      expect((await call.recent())[0]?.state).toBe('unverified');
      await call.open({ handle: path.join('cases', 'One.case') });
      writeFileSync(path.join(current().tablesDir, '2.parquet'), 'changed');
      expect(await run<VerifyReport>('case.verify').finished).toMatchObject({ ok: false });
      expect((await call.recent())[0]?.state).toBe('failed');
    });

    it('is unreachable when its folder is gone, and locked while somebody else has it', async () => {
      await call.create('One');
      await call.create('Two');
      await call.close();
      rmSync(at('cases', 'One.case'), { recursive: true });
      const other = await openCase(at('cases', 'Two.case'), { clock, homeDir: '/' });
      expect((await call.recent()).map(({ name, state }) => [name, state])).toEqual([
        ['Two', 'locked'],
        ['One', 'unreachable'],
      ]);
      await other.close();
      expect((await call.recent())[0]?.state).toBe('unverified');
    });

    it('is forgotten on request', async () => {
      await call.create('One');
      const [listed] = await call.recent();
      await manager.handlers['case.forgetRecent']({ recentId: listed?.recentId ?? '' });
      expect(await call.recent()).toEqual([]);
      await expect(call.open({ recentId: listed?.recentId ?? '' })).rejects.toMatchObject({ code: 'notFound' });
    });

    it('is begun afresh when the list is damaged, which is kept aside', async () => {
      mkdirSync(at('user'));
      writeFileSync(at('user', 'recent.json'), '{"version":1,"cases":[{"na');
      expect(await call.recent()).toEqual([]);
      await call.create('One');
      expect(await call.recent()).toHaveLength(1);
      expect(readdirSync(at('user')).filter((name) => name.startsWith('recent.json.damaged-'))).toHaveLength(1);
      expect(JSON.parse(readFileSync(at('user', 'recent.json'), 'utf8'))).toMatchObject({ version: 1 });
    });
  });

  describe('that moves', () => {
    const crossDisk = async (): Promise<void> => {
      throw Object.assign(new Error('EXDEV: cross-device link not permitted'), { code: 'EXDEV' });
    };
    const prepare = async (): Promise<CaseInfo> => {
      await call.create('One');
      current().execute(await addRealTable(current(), 1));
      writeFileSync(path.join(current().evidenceDir, 'copy.csv'), 'a\n1\n');
      current().execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1], on: true } });
      return current().info();
    };

    it.each([
      ['by renaming', undefined],
      ['by a verified copy to another disk', crossDisk],
    ])('is open at its new place with all it had: %s', async (_how, renameFolder) => {
      start({ renameFolder });
      const before = await prepare();
      const moved = await run<CaseInfo>('case.moveTo', { parentHandle: 'elsewhere' }).finished;
      expect(moved).toEqual({ ...before, folder: `~${path.sep}${path.join('elsewhere', 'One.case')}` });
      expect(current().folder).toBe(at('elsewhere', 'One.case'));
      expect(heard).toEqual(['One.case', 'One.case']);
      expect(readdirSync(at('cases'))).toEqual([]);
      expect(readdirSync(at('elsewhere'))).toEqual(['One.case']);
      expect(current().undo()).toBe('Star 1 row');
      expect((await call.recent()).map(({ folder }) => folder)).toEqual([moved.folder]);
      const report = await run<VerifyReport>('case.verify').finished;
      // The copied file belongs to no evidence, so nothing is missing; the original of the table's evidence is not here.
      expect(report).toMatchObject({ ok: true, tablesChecked: 1 });
    });

    it('stays where it was when there is one of that name, and open', async () => {
      const before = await prepare();
      mkdirSync(at('elsewhere', 'One.case'));
      await expect(run('case.moveTo', { parentHandle: 'elsewhere' }).finished).rejects.toMatchObject({ code: 'case.exists' });
      expect(current().info()).toEqual(before);
    });

    it('stays where it was when the copy is cancelled, and leaves nothing there', async () => {
      start({ renameFolder: crossDisk });
      const before = await prepare();
      writeFileSync(path.join(current().tablesDir, '1.parquet'), Buffer.alloc(30_000_000));
      const { jobId, finished } = run<CaseInfo>('case.moveTo', { parentHandle: 'elsewhere' });
      const stop = jobs.onChanged((job) => {
        if (job.done === 0) return;
        stop();
        jobs.cancel(jobId);
      });
      await expect(finished).rejects.toMatchObject({ code: 'cancelled' });
      expect(readdirSync(at('elsewhere'))).toEqual([]);
      expect(current().info()).toEqual(before);
      expect(statSync(path.join(current().tablesDir, '1.parquet')).size).toBe(30_000_000);
    });

    it('waits for nobody: other work in the case has to end first', async () => {
      await prepare();
      const other = jobs.start({ op: 'evidence.import', label: 'Importing log.csv' }, ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)));
      await expect(run('case.moveTo', { parentHandle: 'elsewhere' }).finished).rejects.toMatchObject({ code: 'case.locked', message: expect.stringContaining('Importing log.csv') });
      jobs.cancel(other.jobId);
      await other.finished.catch(() => undefined);
      expect(path.basename(path.dirname(current().folder))).toBe('cases');
    });

    it('by hand simply opens, since everything inside is relative', async () => {
      const before = await prepare();
      await call.close();
      renameSync(at('cases', 'One.case'), at('elsewhere', 'Renamed by hand'));
      expect(await call.open({ handle: path.join('elsewhere', 'Renamed by hand') })).toMatchObject({ name: 'One', tables: before.tables });
    });
  });

  it('is closed only after its jobs were cancelled', async () => {
    await call.create('One');
    const work = jobs.start({ op: 'evidence.import', label: 'Importing' }, async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      expect(manager.current()).toBeNull();
      throw new CasebenchError('cancelled', 'Cancelled.');
    });
    const ended = work.finished.catch((thrown: unknown) => thrown);
    await call.close();
    expect(await ended).toMatchObject({ code: 'cancelled' });
    expect(jobs.list()[0]?.state).toBe('cancelled');
  });

  describe('with the sample', () => {
    it('is made once and opened after that', async () => {
      const first = await run<CaseInfo>('case.openDemo').finished;
      expect(first).toMatchObject({ name: 'Lantern', tables: [{ id: 't1' }] });
      current().execute({ kind: 'marks.star', payload: { tableId: 't1', rowIds: [1], on: true } });
      await call.close();
      expect(await run<CaseInfo>('case.openDemo').finished).toMatchObject({ caseId: first.caseId, undoLabel: 'Star 1 row' });
    });

    it('is not left half made', async () => {
      start({
        importDemo: async () => {
          throw new CasebenchError('disk.full', 'The disk is full.');
        },
      });
      await expect(run('case.openDemo').finished).rejects.toMatchObject({ code: 'disk.full' });
      expect(readdirSync(at('cases'))).toEqual([]);
      expect(manager.current()).toBeNull();
    });

    it('can be cancelled by closing the case it is coming into', async () => {
      start({
        importDemo: (_session, _samples, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new CasebenchError('cancelled', 'Cancelled.')))),
      });
      const opened = new Promise<void>((resolve) => manager.onCurrent((session) => void (session !== null && resolve())));
      const ended = run('case.openDemo').finished.catch((thrown: unknown) => thrown);
      await opened;
      await call.close();
      expect(await ended).toMatchObject({ code: 'cancelled' });
      expect(readdirSync(at('cases'))).toEqual([]);
    });
  });

  it('opens although the list of recent cases can’t be written', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    writeFileSync(at('user'), 'a file where the settings folder should be');
    const made = await createCase(at('elsewhere', 'Plain.case'), 'Plain', { clock, homeDir: '/' });
    await made.close();
    expect(await call.open({ handle: path.join('elsewhere', 'Plain.case') })).toMatchObject({ name: 'Plain' });
    expect(said).toHaveBeenCalledWith('the list of recent cases could not be written', expect.anything());
  });
});
