/**
 * How features plug into the engine: one exhaustive map of handlers, built from small per-domain factories. A handler gets the
 * parsed input and returns plain data; throwing a `CasebenchError` is how it fails.
 */
import type { CallOpName, EngineOutput, EngineParsedInput, EventName, EventPayload, JobOpName } from '../contract/index.ts';
import type { CaseSession } from '../case/types.ts';
import type { Jobs, JobContext } from '../jobs/types.ts';
import type { Clock } from '../shared/clock.ts';

export type CallHandler<K extends CallOpName> = (input: EngineParsedInput<K>) => EngineOutput<K> | Promise<EngineOutput<K>>;
export type JobHandler<K extends JobOpName> = {
  label(input: EngineParsedInput<K>): string;
  run(input: EngineParsedInput<K>, job: JobContext): Promise<EngineOutput<K>>;
};
export type Handlers = { [K in CallOpName]: CallHandler<K> } & { [K in JobOpName]: JobHandler<K> };
/** Handlers of one domain, e.g. `DomainHandlers<'table' | 'sql'>`. */
export type DomainHandlers<D extends string> = Pick<Handlers, Extract<keyof Handlers, `${D}.${string}`>>;

export type EngineDirs = {
  userDataDir: string;
  casesDir: string;
  samplesDir: string;
  homeDir: string;
};

/** What every domain factory is given. */
export type EngineDeps = {
  readonly clock: Clock;
  readonly dirs: EngineDirs;
  readonly appVersion: string;
  readonly jobs: Jobs;
  /** Throws `case.none` when no case is open. */
  currentCase(): CaseSession;
  /** Path the analyst granted; throws `notFound`. `write` handles are only for exports. */
  resolveHandle(handle: string, mode: 'read' | 'write'): string;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
};
