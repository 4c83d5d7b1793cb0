/** The case: opening, making, verifying and moving case folders, and the handlers of `case.*`, `history.*` and `view.*`. */
export { evidenceState } from './check-state.ts';
export { createCase } from './create-case.ts';
export { createCaseManager } from './manager.ts';
export type { CaseManager, CaseManagerDeps } from './manager.ts';
export { insideCase } from './layout.ts';
export { openCase } from './open-case.ts';
export type { CaseOptions } from './options.ts';
export { packRowIds } from './row-ids.ts';
export type { OpenSession } from './session.ts';
export * from './types.ts';
export { verifyCase } from './verify.ts';
export type { VerifyWork } from './verify.ts';
