/** The case: a folder with a database, immutable table files and, when asked for, the original evidence. */
import { z } from 'zod';
import { call, done, job, nothing } from './define.ts';
import { boardItem } from './mark.ts';
import { evidenceInfo, id, micros, tableInfo } from './values.ts';

export const caseInfo = z.strictObject({
  caseId: id,
  name: z.string(),
  /** Folder as shown to a person (home shortened to ~); never used to open anything. */
  folder: z.string(),
  /** Grows by one with every change. */
  revision: z.number().int(),
  readOnly: z.boolean(),
  /** Why, and by whom, when read-only. */
  readOnlyReason: z.string().nullable(),
  createdUs: micros,
  tables: z.array(tableInfo),
  evidence: z.array(evidenceInfo),
  board: z.array(boardItem),
  /** Labels of what undo and redo would do now. */
  undoLabel: z.string().nullable(),
  redoLabel: z.string().nullable(),
  /** Set when the last session did not close the case: what was restored. */
  restored: z.strictObject({ atUs: micros, text: z.string() }).nullable(),
  /** Latest evidence time in the case: the data age of the status bar. */
  dataToUs: micros.nullable(),
  /** Rows of the case database that can't be read and were left out: which, and why. Absent when there are none. */
  setAside: z.array(z.strictObject({ what: z.enum(['evidence', 'table', 'board']), name: z.string(), detail: z.string() })).optional(),
});
export type CaseInfo = z.infer<typeof caseInfo>;

export const recentCase = z.strictObject({
  recentId: id,
  name: z.string(),
  folder: z.string(),
  sizeBytes: z.number().nullable(),
  openedUs: micros,
  state: z.enum(['verified', 'unverified', 'failed', 'unreachable', 'locked']),
});
export type RecentCase = z.infer<typeof recentCase>;

export const verifyFinding = z.strictObject({
  kind: z.enum(['evidence', 'table', 'log', 'database']),
  name: z.string(),
  problem: z.enum(['changed', 'missing', 'unreadable', 'broken']),
  detail: z.string(),
});
export type VerifyFinding = z.infer<typeof verifyFinding>;

export const verifyReport = z.strictObject({
  ok: z.boolean(),
  evidenceChecked: z.number().int(),
  /** Ledger entries whose file lies outside the case and is not reachable now. */
  evidenceAbsent: z.number().int(),
  tablesChecked: z.number().int(),
  logEntries: z.number().int(),
  findings: z.array(verifyFinding),
});
export type VerifyReport = z.infer<typeof verifyReport>;

export const logEntry = z.strictObject({
  seq: z.number().int(),
  atUs: micros,
  kind: z.string(),
  label: z.string(),
  /** `undone`: an undo followed; `undo`/`redo`: this entry is one. */
  state: z.enum(['done', 'undone', 'undo', 'redo']),
  undoable: z.boolean(),
});
export type LogEntry = z.infer<typeof logEntry>;

/** View state is kept by key, e.g. `layout`, `grid:<tableId>`, `draft:<id>`: JSON text that only its view reads. */
const viewKey = z.string().min(1).max(200);

export const caseOps = {
  'case.recent': call(nothing, z.strictObject({ cases: z.array(recentCase) })),
  'case.forgetRecent': call(z.strictObject({ recentId: id }), done),
  /** `parentHandle` null: the default cases folder. The folder becomes `<name>.case`. */
  'case.create': call(z.strictObject({ parentHandle: id.nullable().default(null), name: z.string().trim().min(1).max(120) }), caseInfo),
  'case.open': call(
    z.union([z.strictObject({ handle: id }), z.strictObject({ recentId: id })]),
    caseInfo,
  ),
  /** Opens the sample intrusion, importing it first when it isn't there yet. */
  'case.openDemo': job(nothing, caseInfo),
  'case.close': call(nothing, done),
  'case.current': call(nothing, z.strictObject({ info: caseInfo.nullable() })),
  'case.rename': call(z.strictObject({ name: z.string().trim().min(1).max(120) }), done),
  'case.moveTo': job(z.strictObject({ parentHandle: id }), caseInfo),
  'case.verify': job(nothing, verifyReport),
  'history.list': call(
    z.strictObject({ beforeSeq: z.number().int().nullable().default(null), limit: z.number().int().min(1).max(500).default(100) }),
    z.strictObject({ entries: z.array(logEntry), total: z.number().int() }),
  ),
  'history.undo': call(nothing, z.strictObject({ label: z.string().nullable() })),
  'history.redo': call(nothing, z.strictObject({ label: z.string().nullable() })),
  'view.load': call(z.strictObject({ key: viewKey }), z.strictObject({ json: z.string().nullable() })),
  'view.save': call(z.strictObject({ key: viewKey, json: z.string().max(2_000_000).nullable() }), done),
} as const;
