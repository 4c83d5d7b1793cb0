/**
 * The few worker threads of the evidence feature: started when needed, reused, ended when idle for a while or when their work is
 * cancelled. Owns threads and messages; knows nothing of what is worked on.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CasebenchError, type AppError } from '../../contract/index.ts';
import { cancelledImport } from '../duck.ts';
import type { WorkerReply, WorkerRequest } from '../worker.ts';
import type { WorkerOp, WorkerOps } from './ops.ts';

export type WorkerPool = {
  call<K extends WorkerOp>(op: K, input: WorkerOps[K]['input'], options?: { signal?: AbortSignal | undefined; onProgress?: ((done: number) => void) | undefined }): Promise<WorkerOps[K]['result']>;
  close(): Promise<void>;
};

/** Run from source the worker is a `.ts` file beside this folder; bundled it is an entry beside the bundle or one above its chunks. */
const defaultWorkerUrl = (): URL => {
  const candidates = ['../worker.ts', './evidence-worker.js', '../evidence-worker.js'].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((url) => existsSync(fileURLToPath(url)));
  if (found === undefined) throw new Error(`no worker beside ${import.meta.url}`);
  return found;
};

const idleMs = 30_000;
const heapLimitMb = 2_048;

type Thread = {
  worker: Worker;
  pending: { id: number; resolve(result: unknown): void; reject(thrown: unknown): void; onProgress?: ((done: number) => void) | undefined } | null;
  timer: ReturnType<typeof setTimeout> | null;
  /** Given to a call: set at once, so that two calls never get the same thread. */
  taken: boolean;
};

const fromReply = (error: AppError): CasebenchError => new CasebenchError(error.code, error.message, { detail: error.detail ?? '', retryable: error.retryable });

const died = (thrown: unknown): CasebenchError => {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new CasebenchError('limit', `Reading needs more than ${heapLimitMb} MB of memory. No table was added. Split the file into smaller ones and import those.`, { detail: text })
    : new CasebenchError('internal', 'The import worker ended unexpectedly. No table was added. Run the import again.', { detail: text, retryable: true });
};

export const createWorkerPool = (options: { workerUrl?: URL | undefined; size?: number | undefined } = {}): WorkerPool => {
  const size = options.size ?? 2;
  const threads = new Set<Thread>();
  const waiting: (() => void)[] = [];
  let nextId = 1;

  const drop = (thread: Thread): void => {
    threads.delete(thread);
    if (thread.timer !== null) clearTimeout(thread.timer);
    void thread.worker.terminate();
    waiting.shift()?.();
  };
  const start = (): Thread => {
    const worker = new Worker(options.workerUrl ?? defaultWorkerUrl(), { resourceLimits: { maxOldGenerationSizeMb: heapLimitMb }, execArgv: [] });
    const thread: Thread = { worker, pending: null, timer: null, taken: true };
    worker.on('message', (reply: WorkerReply) => {
      const { pending } = thread;
      if (pending === null || reply.id !== pending.id) return;
      if ('progress' in reply) {
        pending.onProgress?.(reply.progress);
        return;
      }
      thread.pending = null;
      thread.taken = false;
      if ('error' in reply) pending.reject(fromReply(reply.error));
      else pending.resolve(reply.result);
      worker.unref();
      thread.timer = setTimeout(() => drop(thread), idleMs);
      thread.timer.unref();
      waiting.shift()?.();
    });
    const ended = (thrown: unknown): void => {
      const { pending } = thread;
      thread.pending = null;
      pending?.reject(died(thrown));
      if (threads.has(thread)) drop(thread);
    };
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`exit ${code}`)));
    threads.add(thread);
    return thread;
  };
  const acquire = async (signal: AbortSignal | undefined): Promise<Thread> => {
    for (;;) {
      if (signal?.aborted === true) throw cancelledImport();
      const idle = [...threads].find((thread) => !thread.taken);
      if (idle !== undefined) {
        idle.taken = true;
        return idle;
      }
      if (threads.size < size) return start();
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  };

  return {
    async call(op, input, { signal, onProgress } = {}) {
      const thread = await acquire(signal);
      if (thread.timer !== null) clearTimeout(thread.timer);
      thread.timer = null;
      const id = nextId;
      nextId += 1;
      return new Promise((resolve, reject) => {
        const abort = (): void => {
          thread.pending = null;
          drop(thread);
          reject(cancelledImport());
        };
        const done = (): void => signal?.removeEventListener('abort', abort);
        thread.pending = {
          id,
          onProgress,
          resolve: (result) => {
            done();
            resolve(result as never);
          },
          reject: (thrown) => {
            done();
            reject(thrown);
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        thread.worker.ref();
        const request: WorkerRequest = { id, op, input };
        thread.worker.postMessage(request);
      });
    },
    async close() {
      const all = [...threads];
      threads.clear();
      await Promise.all(all.map((thread) => thread.worker.terminate()));
    },
  };
};
