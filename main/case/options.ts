/** What opening or making a case needs from outside. */
import type { Clock } from '../shared/clock.ts';
import type { Migration } from './migrations/index.ts';
import type { ProcessIdentity } from './process-identity.ts';

export type CaseOptions = {
  readonly clock: Clock;
  /** To show folders shortened to ~. */
  readonly homeDir: string;
  readonly readOnly?: boolean;
  readonly appVersion?: string;
  /** Tests replace these. */
  readonly processes?: ProcessIdentity;
  readonly migrations?: readonly Migration[];
  readonly newId?: () => string;
};
