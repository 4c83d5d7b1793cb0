/** Evidence in: importing files into a case and looking at them before. */
export { importDemo } from './demo.ts';
export { createEvidenceHandlers, type EvidenceDeps } from './handlers.ts';
export { importPaths, type ImportPathsOptions } from './import-paths.ts';
export type { FileToImport } from './import-file.ts';
export { createWorkerPool, type WorkerPool } from './work/pool.ts';
