/**
 * Entry of the worker thread that does the heavy work on bytes, so that the engine's event loop stays free. One request at a
 * time; cancelled by ending the thread. Must not open the case or DuckDB. Bundled as an entry of its own (`evidence-worker`).
 */
import { parentPort } from 'node:worker_threads';
import { toAppError, type AppError } from '../contract/index.ts';
import { workerOps, type WorkerOp, type WorkerOps } from './work/ops.ts';

export type WorkerRequest = { id: number; op: WorkerOp; input: unknown };
export type WorkerReply = { id: number; progress: number } | { id: number; result: unknown } | { id: number; error: AppError };

const progressEveryMs = 100;

const run = async <K extends WorkerOp>(op: K, input: WorkerOps[K]['input'], onProgress: (done: number) => void): Promise<WorkerOps[K]['result']> =>
  workerOps[op](input, onProgress);

parentPort?.on('message', (request: WorkerRequest) => {
  const send = (reply: WorkerReply): void => parentPort?.postMessage(reply);
  let lastMs = 0;
  const onProgress = (done: number): void => {
    const nowMs = performance.now();
    if (nowMs - lastMs < progressEveryMs) return;
    lastMs = nowMs;
    send({ id: request.id, progress: done });
  };
  run(request.op, request.input as never, onProgress).then(
    (result) => send({ id: request.id, result }),
    (thrown: unknown) => send({ id: request.id, error: fromSystem(thrown) }),
  );
});

/** Errors of the file system keep their code in the detail: the caller knows the file and words the message. */
const fromSystem = (thrown: unknown): AppError => {
  const error = toAppError(thrown);
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return error.code === 'internal' && code !== '' ? { ...error, detail: `${code}: ${error.detail ?? ''}` } : error;
};
