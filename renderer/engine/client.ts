/**
 * The typed client of the engine: calls, jobs and events over one MessagePort. Calls made before the port arrives wait for it;
 * when the engine ends, open calls fail with `engine.gone`. Answers are checked against the contract here, the receiving end.
 */
import {
  CasebenchError,
  engineOps,
  eventMessage,
  events,
  jobStarted,
  response,
  type AppError,
  type CallOpName,
  type EngineInput,
  type EngineOutput,
  type EventName,
  type EventPayload,
  type JobInfo,
  type JobOpName,
} from '../../main/contract/index.ts';

type Pending = { resolve(value: unknown): void; reject(error: CasebenchError): void };
export type StartedJob<K extends JobOpName> = { jobId: string; finished: Promise<EngineOutput<K>>; cancel(): void };

export type EngineClient = {
  call<K extends CallOpName>(op: K, input: EngineInput<K>): Promise<EngineOutput<K>>;
  start<K extends JobOpName>(op: K, input: EngineInput<K>): Promise<StartedJob<K>>;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Uses this port from now on; an earlier one is closed and its open calls fail. */
  attach(port: MessagePort): void;
};

const asError = (e: AppError): CasebenchError =>
  new CasebenchError(e.code, e.message, e.detail === undefined ? { retryable: e.retryable } : { detail: e.detail, retryable: e.retryable });

const gone = (): CasebenchError =>
  new CasebenchError('engine.gone', 'The engine restarted before it answered. Saved changes are kept. Do it again.', { retryable: true });

export const createEngineClient = (): EngineClient => {
  let port: MessagePort | null = null;
  let nextId = 1;
  const pending = new Map<number, Pending>();
  const queued: unknown[] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const jobEnds = new Map<string, Pending>();
  /** Ends that came before `start` learned the job's id. */
  const earlyEnds = new Map<string, JobInfo>();

  const settleJob = (job: JobInfo): void => {
    if (job.state === 'running') return;
    const waiting = jobEnds.get(job.jobId);
    if (waiting === undefined) {
      earlyEnds.set(job.jobId, job);
      if (earlyEnds.size > 200) earlyEnds.delete(earlyEnds.keys().next().value ?? '');
      return;
    }
    jobEnds.delete(job.jobId);
    if (job.state === 'done') waiting.resolve(job.result);
    else waiting.reject(job.error === null ? new CasebenchError('cancelled', 'Cancelled.') : asError(job.error));
  };

  const failOpen = (): void => {
    for (const waiting of [...pending.values(), ...jobEnds.values()]) waiting.reject(gone());
    pending.clear();
    jobEnds.clear();
  };

  const receive = (data: unknown): void => {
    const answer = response.safeParse(data);
    if (answer.success) {
      const waiting = pending.get(answer.data.id);
      pending.delete(answer.data.id);
      if (answer.data.ok) waiting?.resolve(answer.data.output);
      else waiting?.reject(asError(answer.data.error));
      return;
    }
    const message = eventMessage.safeParse(data);
    if (!message.success || !(message.data.event in events)) return;
    const event = message.data.event as EventName;
    const payload = events[event].safeParse(message.data.payload);
    if (!payload.success) return;
    if (event === 'job.changed') settleJob(payload.data as JobInfo);
    // A restart brings a new port, and `attach` fails what was open on the old one; calls on the new one wait for the engine.
    if (event === 'engine.state' && (payload.data as EventPayload<'engine.state'>).state === 'failed') failOpen();
    for (const listener of listeners.get(event) ?? []) listener(payload.data as never);
  };

  const send = (op: string, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      pending.set(id, { resolve, reject });
      const message = { t: 'req', id, op, input };
      if (port === null) queued.push(message);
      else port.postMessage(message);
    });

  return {
    async call(op, input) {
      return engineOps[op].output.parse(await send(op, input)) as EngineOutput<typeof op>;
    },
    async start(op, input) {
      const { jobId } = jobStarted.parse(await send(op, input));
      const finished = new Promise<unknown>((resolve, reject) => {
        jobEnds.set(jobId, { resolve, reject });
        const early = earlyEnds.get(jobId);
        earlyEnds.delete(jobId);
        if (early !== undefined) settleJob(early);
      }).then((result) => engineOps[op].result.parse(result) as EngineOutput<typeof op>);
      finished.catch(() => undefined); // callers that only watch the jobs tray don't have to catch
      return { jobId, finished, cancel: () => void send('job.cancel', { jobId }).catch(() => undefined) };
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener as (payload: never) => void);
      return () => void set.delete(listener as (payload: never) => void);
    },
    attach(next) {
      if (port !== null) {
        port.close();
        failOpen();
      }
      port = next;
      next.onmessage = (e: MessageEvent) => receive(e.data);
      next.start();
      for (const message of queued.splice(0)) next.postMessage(message);
    },
  };
};
