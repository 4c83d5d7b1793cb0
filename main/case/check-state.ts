/** What the last verification found, file by file and as a whole. Kept beside the history: looking is not a change to a case. */
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { readMeta, writeMeta } from './meta.ts';
import type { CaseSession } from './types.ts';
import type { CheckedFile } from './verify-files.ts';

const lastVerify = z.strictObject({ ok: z.boolean(), atUs: z.number(), revision: z.number() });
export type LastVerify = z.infer<typeof lastVerify>;

export const saveChecks = (db: Database, checked: readonly CheckedFile[], last: LastVerify): void =>
  db
    .transaction(() => {
      const save = db.prepare('INSERT INTO check_state (kind, id, state, at_us) VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state, at_us = excluded.at_us');
      for (const { kind, id, state } of checked) save.run(kind, id, state, last.atUs);
      writeMeta(db, 'last_verify', JSON.stringify(last));
    })
    .immediate();

/** How a piece of evidence stood when the case was last verified. */
export const evidenceState = (session: CaseSession, evidenceId: string): 'verified' | 'unchecked' | 'changed' | 'missing' => {
  const state = session.db.prepare(`SELECT state FROM check_state WHERE kind = 'evidence' AND id = ?`).pluck().get(evidenceId);
  if (state === 'unreadable') return 'missing';
  return state === 'verified' || state === 'changed' || state === 'missing' ? state : 'unchecked';
};

/** `verified` holds until evidence comes in or goes; `failed` until a verification succeeds. */
export const integrityOf = (db: Database): 'verified' | 'unverified' | 'failed' => {
  let last: LastVerify;
  try {
    last = lastVerify.parse(JSON.parse(readMeta(db, 'last_verify') ?? ''));
  } catch {
    return 'unverified';
  }
  if (!last.ok) return 'failed';
  const since = db.prepare(`SELECT 1 FROM log WHERE seq > ? AND (kind LIKE 'evidence.%' OR kind IN ('group', 'undo', 'redo', 'case.restored')) LIMIT 1`).get(last.revision);
  return since === undefined ? 'verified' : 'unverified';
};
