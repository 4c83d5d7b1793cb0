/** The case: opening, making, verifying and moving case folders, and the handlers of `case.*`, `history.*` and `view.*`. */
export { createCase } from './create-case.ts';
export { openCase } from './open-case.ts';
export type { CaseOptions } from './options.ts';
export type { OpenSession } from './session.ts';
export * from './types.ts';
