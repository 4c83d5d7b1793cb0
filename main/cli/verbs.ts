/** Every verb of the command line, in the order of the help. */
import { caseInfo, caseNew, caseVerify } from './case-verbs.ts';
import { importVerb } from './import-verb.ts';
import { exportVerb, rowsVerb, sqlVerb, tablesVerb } from './table-verbs.ts';
import { timelineVerb } from './timeline-verb.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [caseNew, caseInfo, caseVerify, importVerb, tablesVerb, rowsVerb, sqlVerb, exportVerb, timelineVerb];
