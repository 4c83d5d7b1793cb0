/** The one contract: every operation and event between renderer, engine and desktop shell. Types and schemas only. */
import type { AnyOp, InputOf, JobOp, OutputOf, ParsedInputOf } from './define.ts';
import { caseOps } from './case.ts';
import { evidenceOps } from './evidence.ts';
import { jobOps } from './job.ts';
import { markOps } from './mark.ts';
import { settingsOps } from './settings.ts';
import type { shellOps } from './shell.ts';
import { tableOps } from './table.ts';
import { timelineOps } from './timeline.ts';

export const engineOps = {
  ...caseOps,
  ...evidenceOps,
  ...tableOps,
  ...timelineOps,
  ...markOps,
  ...jobOps,
  ...settingsOps,
} as const;
export type EngineOps = typeof engineOps;
export type EngineOpName = keyof EngineOps;
export type ShellOps = typeof shellOps;

type Named<M extends Record<string, AnyOp>> = {
  [K in keyof M]: M[K];
};
/** Names of operations that run as a job. */
export type JobOpName = { [K in EngineOpName]: EngineOps[K] extends JobOp ? K : never }[EngineOpName];
export type CallOpName = Exclude<EngineOpName, JobOpName>;

export type EngineInput<K extends EngineOpName> = InputOf<Named<EngineOps>[K]>;
export type EngineParsedInput<K extends EngineOpName> = ParsedInputOf<Named<EngineOps>[K]>;
/** Output of a call; result of a job. */
export type EngineOutput<K extends EngineOpName> = OutputOf<Named<EngineOps>[K]>;

export * from './case.ts';
export * from './define.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './evidence.ts';
export * from './filter.ts';
export * from './job.ts';
export * from './mark.ts';
export * from './settings.ts';
export * from './shell.ts';
export * from './table.ts';
export * from './timeline.ts';
export * from './values.ts';
export * from './wire.ts';
