/**
 * The one open case of an engine and the handlers around it. Owns which case is open, the list of recent cases, and that opening,
 * closing and moving happen one after the other. Must not know what the case's rows mean.
 */
import { mkdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { CasebenchError } from '../contract/index.ts';
import type { CaseInfo } from '../contract/index.ts';
import type { DomainHandlers, EngineDeps } from '../engine/types.ts';
import type { JobContext } from '../jobs/types.ts';
import { integrityOf } from './check-state.ts';
import { createCase } from './create-case.ts';
import { exists, filesBelow, throwIfAborted } from './files.ts';
import { listHistory } from './history.ts';
import { folderNameOf } from './layout.ts';
import { moveCaseFolder } from './move-case.ts';
import type { MoveOptions } from './move-case.ts';
import { openCase } from './open-case.ts';
import type { CaseOptions } from './options.ts';
import { systemProcesses } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { createRecentCases } from './recent-cases.ts';
import type { OpenSession } from './session.ts';
import type { CaseSession } from './types.ts';
import { verifyCase } from './verify.ts';

export type CaseManagerDeps = Pick<EngineDeps, 'clock' | 'dirs' | 'appVersion' | 'jobs' | 'resolveHandle'> & {
  /** Fills a new case with the sample evidence. The evidence feature knows how; it can't be imported here. */
  importDemo(session: CaseSession, samplesDir: string, job: JobContext): Promise<unknown>;
  /** Tests replace these. */
  processes?: ProcessIdentity;
  renameFolder?: MoveOptions['renameFolder'];
};

export type CaseManager = {
  readonly handlers: DomainHandlers<'case' | 'history' | 'view'>;
  current(): CaseSession | null;
  openPath(dir: string, options?: { readOnly?: boolean }): Promise<CaseSession>;
  createAt(dir: string, name: string): Promise<CaseSession>;
  /** Cancels the jobs that run, then closes the case with its backup. */
  close(): Promise<void>;
  /** Told when another case, or none, is the open one. Not told of changes within a case. */
  onCurrent(listener: (session: CaseSession | null) => void): () => void;
};

const demoName = 'Lantern';

export const createCaseManager = (deps: CaseManagerDeps): CaseManager => {
  const { clock, dirs, jobs } = deps;
  const processes = deps.processes ?? systemProcesses;
  const recent = createRecentCases({ userDataDir: dirs.userDataDir, homeDir: dirs.homeDir, clock, processes });
  const listeners = new Set<(session: CaseSession | null) => void>();
  let current: OpenSession | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const options = (readOnly = false): CaseOptions => ({ clock, homeDir: dirs.homeDir, appVersion: deps.appVersion, processes, readOnly });
  /** Jobs that are themselves opening, closing or moving a case here: waiting for them would be waiting for oneself. */
  const managing = new Set<string>();
  const alone = <T>(work: () => Promise<T>, jobId?: string): Promise<T> => {
    if (jobId !== undefined) managing.add(jobId);
    const own = async (): Promise<T> => {
      try {
        return await work();
      } finally {
        if (jobId !== undefined) managing.delete(jobId);
      }
    };
    const next = turn.then(own, own);
    turn = next.catch(() => undefined);
    return next;
  };
  const mustBeOpen = (): OpenSession => {
    if (current !== null) return current;
    throw new CasebenchError('case.none', 'No case is open. Open or create a case first.');
  };
  const setCurrent = (session: OpenSession | null): void => {
    current = session;
    for (const listener of [...listeners]) listener(session);
  };

  const openedUs = new WeakMap<OpenSession, number>();
  const remember = async (session: OpenSession): Promise<void> => {
    if (session.closed) return;
    try {
      const files = await filesBelow(session.folder);
      await recent.remember({
        path: session.folder,
        name: session.info().name,
        openedUs: openedUs.get(session) ?? clock.nowUs(),
        sizeBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        integrity: integrityOf(session.db),
      });
    } catch (thrown) {
      // The list is a convenience: a settings folder that can't be written must not keep a case from opening.
      console.error('the list of recent cases could not be written', thrown);
    }
  };
  const adopt = async (session: OpenSession): Promise<OpenSession> => {
    const before = current;
    openedUs.set(session, clock.nowUs());
    setCurrent(session);
    if (before !== null) await closeSession(before);
    await remember(session);
    return session;
  };
  const closeSession = async (session: OpenSession): Promise<void> => {
    await endJobs();
    await remember(session);
    await session.close();
  };
  const endJobs = async (): Promise<void> => {
    const running = (): string[] => jobs.list().flatMap(({ state, jobId }) => (state === 'running' && !managing.has(jobId) ? [jobId] : []));
    for (const jobId of running()) jobs.cancel(jobId);
    if (running().length === 0) return;
    await new Promise<void>((resolve) => {
      const stop = jobs.onChanged(() => {
        if (running().length > 0) return;
        stop();
        resolve();
      });
    });
  };

  const open = (dir: string, readOnly = false, jobId?: string): Promise<OpenSession> =>
    alone(async () => {
      const folder = await realpath(path.basename(dir) === 'case.db' ? path.dirname(dir) : dir).catch(() => path.resolve(dir));
      const session = current;
      if (session !== null && folder === session.folder) {
        if (readOnly === session.readOnly) return session;
        setCurrent(null);
        await closeSession(session);
      }
      return adopt(await openCase(folder, options(readOnly)));
    }, jobId);
  const create = (dir: string, name: string, jobId?: string): Promise<OpenSession> => alone(async () => adopt(await createCase(dir, name, options())), jobId);
  const close = (): Promise<void> =>
    alone(async () => {
      const session = current;
      if (session === null) return;
      setCurrent(null);
      await closeSession(session);
    });

  const openDemo = async (job: JobContext): Promise<CaseInfo> => {
    await mkdir(dirs.casesDir, { recursive: true });
    const dir = path.join(dirs.casesDir, folderNameOf(demoName));
    const isThere = await exists(dir);
    const session = await (isThere ? open(dir, false, job.jobId) : create(dir, demoName, job.jobId));
    if (session.readOnly || session.tables().length > 0) return session.info();
    try {
      throwIfAborted(job.signal);
      await deps.importDemo(session, dirs.samplesDir, job);
      return session.info();
    } catch (thrown) {
      // A case that was made for this and holds nothing is not worth keeping.
      if (!isThere) {
        if (current === session) setCurrent(null);
        await session.close();
        await rm(dir, { recursive: true, force: true });
      }
      throw thrown;
    }
  };

  const moveTo = async (parent: string, job: JobContext): Promise<CaseInfo> => alone(() => moveNow(parent, job), job.jobId);
  const moveNow = async (parent: string, job: JobContext): Promise<CaseInfo> => {
    const session = mustBeOpen();
    if (session.readOnly) throw new CasebenchError('case.readOnly', 'This case is open read-only, so it was not moved. Copy its folder instead.');
    const busy = jobs.list().find((other) => other.state === 'running' && other.jobId !== job.jobId);
    if (busy !== undefined) throw new CasebenchError('case.locked', `“${busy.label}” is still running in this case. Nothing was moved. Wait for it or cancel it, then move the case.`, { retryable: true });
    const from = session.folder;
    const opened = openedUs.get(session) ?? clock.nowUs();
    // Nobody is told of the moment in between: to everybody else the case stays open.
    current = null;
    await session.close();
    let folder = from;
    try {
      folder = await moveCaseFolder(from, parent, job, { holder: { app: `Casebench ${deps.appVersion}`, nowUs: clock.nowUs(), processes }, renameFolder: deps.renameFolder });
      await recent.moved(from, folder).catch(() => undefined);
    } finally {
      const again = await openCase(folder, options()).catch((thrown: unknown) => {
        setCurrent(null);
        throw thrown;
      });
      openedUs.set(again, opened);
      setCurrent(again);
      await remember(again);
    }
    return mustBeOpen().info();
  };

  const verify = async (job: JobContext) => {
    const session = mustBeOpen();
    const report = await verifyCase(session, clock, job);
    await remember(session);
    return report;
  };

  const handlers: CaseManager['handlers'] = {
    'case.recent': async () => ({ cases: await recent.list(current?.folder ?? null) }),
    'case.forgetRecent': async ({ recentId }) => {
      await recent.forget(recentId);
      return {};
    },
    'case.create': async ({ parentHandle, name }) => {
      const parent = parentHandle === null ? dirs.casesDir : deps.resolveHandle(parentHandle, 'read');
      return (await create(path.join(parent, folderNameOf(name)), name)).info();
    },
    'case.open': async (input) => {
      if ('handle' in input) return (await open(deps.resolveHandle(input.handle, 'read'))).info();
      const known = await recent.pathOf(input.recentId);
      if (known === null) throw new CasebenchError('notFound', 'That case is no longer in the list of recent cases. Nothing was opened. Open its folder instead.');
      return (await open(known)).info();
    },
    'case.openDemo': { label: () => 'Opening the sample case', run: (_input, job) => openDemo(job) },
    'case.close': async () => {
      await close();
      return {};
    },
    'case.current': () => ({ info: current?.info() ?? null }),
    'case.rename': ({ name }) => {
      mustBeOpen().execute({ kind: 'case.rename', payload: { name } });
      return {};
    },
    'case.moveTo': { label: () => 'Moving the case', run: ({ parentHandle }, job) => moveTo(deps.resolveHandle(parentHandle, 'read'), job) },
    'case.verify': { label: () => 'Verifying the case', run: (_input, job) => verify(job) },
    'history.list': ({ beforeSeq, limit }) => listHistory(mustBeOpen().db, beforeSeq, limit),
    'history.undo': () => ({ label: mustBeOpen().undo() }),
    'history.redo': () => ({ label: mustBeOpen().redo() }),
    'view.load': ({ key }) => ({ json: mustBeOpen().loadView(key) }),
    'view.save': ({ key, json }) => {
      mustBeOpen().saveView(key, json);
      return {};
    },
  };

  return {
    handlers,
    current: () => current,
    openPath: (dir, { readOnly = false } = {}) => open(dir, readOnly),
    createAt: (dir, name) => create(dir, name),
    close,
    onCurrent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
