/** What the engine says unasked. `engine.state` comes from the desktop shell on the same channel. */
import { z } from 'zod';
import { caseInfo } from './case.ts';
import { jobInfo } from './job.ts';
import { id } from './values.ts';

export const events = {
  /** The case was opened, changed or closed (null). */
  'case.changed': z.strictObject({ info: caseInfo.nullable() }),
  'marks.changed': z.strictObject({ tableIds: z.array(id) }),
  'job.changed': jobInfo,
  'engine.state': z.strictObject({ state: z.enum(['ready', 'restarting', 'failed']), message: z.string() }),
} as const;
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;
