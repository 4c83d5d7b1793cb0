/**
 * Undo and redo, kept in the database so that they outlive a restart. Every do, undo and redo is one transaction that ends with an
 * entry of the log. Owns `undo_state`. Must not notify anybody: the session does, after the commit.
 *
 * The highest `done` entry is undone next and the lowest `undone` entry redone next. A new step drops what could be redone.
 */
import type { Database } from 'better-sqlite3';
import type { LogEntry } from '../contract/index.ts';
import { applyStep, labelOf, parseCommand, touchedBy } from './commands/index.ts';
import { appendEntry, readEntry, storedHead } from './log.ts';
import type { Entry } from './log.ts';
import type { Command, Touched } from './types.ts';
import { unchanged } from './types.ts';

export type Step = { readonly label: string; readonly touched: Touched };

/** Null when nothing had to be changed; no entry is written then. */
export const doStep = (db: Database, step: Command, nowUs: number): Step | null =>
  db
    .transaction((): Step | null => {
      const label = labelOf(step);
      const inverse = applyStep(db, step, { nowUs });
      if (inverse?.kind === unchanged.kind) return null;
      recordStep(db, step, label, inverse, nowUs);
      return { label, touched: touchedBy(step) };
    })
    .immediate();

const recordStep = (db: Database, step: Command, label: string, inverse: Command | null, atUs: number): void => {
  const entry = appendEntry(db, atUs, step.kind, label, step.payload, inverse);
  recordUndoState(db, entry);
};

/** Undo state after an entry was put down, whether new or restored. */
export const recordUndoState = (db: Database, entry: Entry): void => {
  if (entry.kind === 'undo' || entry.kind === 'redo') {
    const { of } = JSON.parse(entry.payload) as { of: number };
    db.prepare('UPDATE undo_state SET state = ? WHERE seq = ?').run(entry.kind === 'undo' ? 'undone' : 'done', of);
  } else if (entry.inverse !== null) {
    db.prepare(`UPDATE undo_state SET state = 'dropped' WHERE state = 'undone'`).run();
    db.prepare(`INSERT INTO undo_state (seq, state) VALUES (?, 'done')`).run(entry.seq);
  }
};

/** Whether both directions of an entry are known to this software and have their form. */
const runnable = (entry: Entry | null): entry is Entry & { inverse: string } => {
  if (entry === null || entry.inverse === null) return false;
  try {
    touchedBy(parseCommand(entry.inverse));
    touchedBy({ kind: entry.kind, payload: JSON.parse(entry.payload) });
    return true;
  } catch {
    return false;
  }
};

/** The entry an undo or redo would act on. Entries that can't be read are passed over. */
const nextEntry = (db: Database, state: 'done' | 'undone'): (Entry & { inverse: string }) | null => {
  const order = state === 'done' ? 'DESC' : 'ASC';
  const seqs = db.prepare(`SELECT seq FROM undo_state WHERE state = ? ORDER BY seq ${order} LIMIT 100`).pluck().all(state) as number[];
  for (const seq of seqs) {
    const entry = readEntry(db, seq);
    if (runnable(entry)) return entry;
  }
  return null;
};

const run = (db: Database, direction: 'undo' | 'redo', nowUs: number): Step | null =>
  db
    .transaction((): Step | null => {
      const entry = nextEntry(db, direction === 'undo' ? 'done' : 'undone');
      if (entry === null) return null;
      const step: Command = direction === 'undo' ? parseCommand(entry.inverse) : { kind: entry.kind, payload: JSON.parse(entry.payload) };
      applyStep(db, step, { nowUs: direction === 'undo' ? nowUs : entry.atUs });
      const done = appendEntry(db, nowUs, direction, `${direction === 'undo' ? 'Undo' : 'Redo'}: ${entry.label}`, { of: entry.seq }, null);
      recordUndoState(db, done);
      return { label: entry.label, touched: touchedBy(step) };
    })
    .immediate();

export const undoStep = (db: Database, nowUs: number): Step | null => run(db, 'undo', nowUs);
export const redoStep = (db: Database, nowUs: number): Step | null => run(db, 'redo', nowUs);

export const nextLabels = (db: Database): { undoLabel: string | null; redoLabel: string | null } => ({
  undoLabel: nextEntry(db, 'done')?.label ?? null,
  redoLabel: nextEntry(db, 'undone')?.label ?? null,
});

/** Newest first. */
export const listHistory = (db: Database, beforeSeq: number | null, limit: number): { entries: LogEntry[]; total: number } => {
  const rows = db
    .prepare(
      `SELECT log.seq, at_us AS atUs, kind, substr(label, 1, 500) AS label, inverse IS NOT NULL AS undoable, state
       FROM log LEFT JOIN undo_state ON undo_state.seq = log.seq WHERE log.seq < ? ORDER BY log.seq DESC LIMIT ?`,
    )
    .all(beforeSeq ?? Number.MAX_SAFE_INTEGER, limit) as { seq: number; atUs: number; kind: string; label: string; undoable: number; state: string | null }[];
  const entries = rows.map(({ seq, atUs, kind, label, undoable, state }): LogEntry => ({
    seq,
    atUs,
    kind,
    label,
    state: kind === 'undo' || kind === 'redo' ? kind : state === 'undone' || state === 'dropped' ? 'undone' : 'done',
    undoable: undoable === 1 && state === 'done',
  }));
  return { entries, total: storedHead(db).seq };
};
