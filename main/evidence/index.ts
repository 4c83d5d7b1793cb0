/** Evidence in: importing files into a case and looking at them before. */
export { importPaths, type ImportPathsOptions } from './import-paths.ts';
export type { FileToImport } from './import-file.ts';
export { createEvidenceHandlers } from './handlers.ts';
export { importDemo } from './demo.ts';
