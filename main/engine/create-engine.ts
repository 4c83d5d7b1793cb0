/**
 * The engine in one piece: every domain's handlers, jobs, grants, the one open case, events. Runs in any Node process; a desktop
 * window, the command line and tests use the same function. Must not know how messages travel (entry.ts, serve.ts do).
 */
import { randomUUID } from 'node:crypto';
import { createAppHandlers } from '../app/index.ts';
import { createCaseManager } from '../case/index.ts';
import {
  CasebenchError,
  type AppError,
  type CallOpName,
  type EngineInput,
  type EngineOpName,
  type EngineOutput,
  type EventName,
  type EventPayload,
  type JobOpName,
} from '../contract/index.ts';
import { createEvidenceHandlers, createWorkerPool, importDemo } from '../evidence/index.ts';
import { createJobs } from '../jobs/index.ts';
import { createMarkHandlers } from '../mark/index.ts';
import type { Clock } from '../shared/clock.ts';
import { createTableHandlers, tableEngineOf } from '../table/index.ts';
import { createTimelineHandlers } from '../timeline/index.ts';
import { createDispatch } from './dispatch.ts';
import { createGrants, type GrantMode } from './grants.ts';
import { createJobHandlers } from './job-handlers.ts';
import { placeOf } from './place-of.ts';
import { createSessionEvents } from './session-events.ts';
import type { EngineDeps, EngineDirs, Handlers } from './types.ts';

export type EngineStart = EngineDirs & { readonly appVersion: string };

export type EngineOptions = {
  readonly clock: Clock;
  /** Ids of jobs; random by default. */
  newId?(): string;
  /** A line for the log: places and codes only, never a message text, which could quote evidence. */
  log?(level: 'info' | 'warn' | 'error', event: string, detail: string): void;
};

export type EngineEvent = { [E in EventName]: { readonly event: E; readonly payload: EventPayload<E> } }[EventName];
export type EngineAnswer<K extends EngineOpName> = K extends JobOpName ? { jobId: string } : K extends CallOpName ? EngineOutput<K> : never;

export type Engine = {
  /** A call's output, or the started job's id. Throws `CasebenchError` only. */
  handle<K extends EngineOpName>(op: K, input: EngineInput<K>): Promise<EngineAnswer<K>>;
  /** Starts a job and waits for its result. */
  run<K extends JobOpName>(op: K, input: EngineInput<K>): Promise<EngineOutput<K>>;
  /** The same for a name and an input that nobody checked yet. */
  dispatch(op: string, input: unknown): Promise<unknown>;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  grant(handle: string, path: string, mode: GrantMode): void;
  /** Opens a case by its folder: for the shell, which brings back the case of before a crash. */
  reopen(folder: string): Promise<void>;
  /** Told at every change of the open case's folder. */
  onCaseFolder(listener: (folder: string | null) => void): () => void;
  /** Cancels jobs, lets calls end, closes the case with its backup. Later calls fail with `engine.gone`. */
  close(): Promise<void>;
};

const errorOf = ({ code, message, retryable, detail }: AppError): CasebenchError =>
  new CasebenchError(code, message, detail === undefined ? { retryable } : { retryable, detail });

const closing = (): CasebenchError => new CasebenchError('engine.gone', 'Casebench is closing. Everything saved is kept.');

export const createEngine = (start: EngineStart, { clock, newId = randomUUID, log = () => undefined }: EngineOptions): Engine => {
  const { appVersion, ...dirs } = start;
  const eventListeners = new Set<(event: EngineEvent) => void>();
  const folderListeners = new Set<(folder: string | null) => void>();
  const grants = createGrants();
  const jobs = createJobs({ clock, newId });
  const underway = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;

  const emit: EngineDeps['emit'] = (event, payload) => {
    for (const listener of eventListeners) listener({ event, payload } as EngineEvent);
  };
  const session = createSessionEvents(emit, (folder) => {
    for (const listener of folderListeners) listener(folder);
  });
  const pool = createWorkerPool({});
  const cases = createCaseManager({
    clock,
    dirs,
    appVersion,
    jobs,
    resolveHandle: grants.resolve,
    importDemo: (open, samplesDir, job) => importDemo(open, samplesDir, job, { clock, homeDir: dirs.homeDir, pool }),
  });
  const deps: EngineDeps = {
    clock,
    dirs,
    appVersion,
    jobs,
    currentCase() {
      const current = cases.current();
      if (current === null) throw new CasebenchError('case.none', 'No case is open. Open or create a case first.');
      return current;
    },
    resolveHandle: grants.resolve,
    emit,
  };
  cases.onCurrent(session.follow);

  // Exhaustive by type: an operation without a handler does not compile.
  const handlers: Handlers = {
    ...cases.handlers,
    ...createEvidenceHandlers({ ...deps, pool }),
    ...createMarkHandlers({ currentCase: deps.currentCase, rowIdsOf: (open, rows, limit) => tableEngineOf(open).rowIdsOf(rows, limit) }),
    ...createTableHandlers(deps),
    ...createTimelineHandlers(deps),
    ...createJobHandlers(jobs),
    ...createAppHandlers(deps, () => log('warn', 'settings.damaged', 'a damaged settings file was set aside')),
  };

  jobs.onChanged((job) => emit('job.changed', job));
  const dispatchOp = createDispatch(handlers, jobs, (op, thrown) => log('error', `defect in ${op}`, placeOf(thrown)));

  const dispatch = (op: string, input: unknown): Promise<unknown> => {
    if (closed !== null) return Promise.reject(closing());
    const call = dispatchOp(op, input);
    const settled = call.then(
      () => undefined,
      () => undefined,
    );
    underway.add(settled);
    void settled.then(() => underway.delete(settled));
    return call;
  };

  const waitForJob = (jobId: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const job = jobs.list().find((candidate) => candidate.jobId === jobId);
        if (job?.state === 'running') return;
        stop();
        if (job?.state === 'done') resolve(job.result);
        else reject(job?.error ? errorOf(job.error) : closing());
      };
      const stop = jobs.onChanged(look);
      look();
    });

  return {
    dispatch,
    handle: (op, input) => dispatch(op, input) as Promise<EngineAnswer<typeof op>>,
    async run(op, input) {
      const { jobId } = (await dispatch(op, input)) as { jobId: string };
      return (await waitForJob(jobId)) as EngineOutput<typeof op>;
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => void eventListeners.delete(listener);
    },
    grant: grants.grant,
    async reopen(folder) {
      await cases.openPath(folder);
    },
    onCaseFolder(listener) {
      folderListeners.add(listener);
      return () => void folderListeners.delete(listener);
    },
    close() {
      closed ??= (async () => {
        await jobs.close();
        await Promise.all(underway);
        await cases.close();
        await pool.close();
      })();
      return closed;
    },
  };
};
