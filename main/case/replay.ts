/**
 * Carries out log entries again, in order, on an empty or older database: for restoring a case and for checking that its tables are
 * what its log says. Must give the very state the first run gave.
 */
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { CasebenchError } from '../contract/index.ts';
import { applyStep, parseCommand } from './commands/index.ts';
import { recordUndoState } from './history.ts';
import { insertEntry, readEntry } from './log.ts';
import type { Entry } from './log.ts';

const reference = z.strictObject({ of: z.number().int() });

const broken = (entry: Entry, detail: string): CasebenchError =>
  new CasebenchError('case.damaged', `Entry ${entry.seq} of the action log can’t be carried out again.`, { detail });

const json = (entry: Entry, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(entry, `not JSON: ${String(cause)}`);
  }
};

/** The entry an undo or redo speaks of: it stands earlier in the same log. */
const subject = (db: Database, entry: Entry): Entry => {
  const parsed = reference.safeParse(json(entry, entry.payload));
  const found = parsed.success ? readEntry(db, parsed.data.of) : null;
  if (found === null) throw broken(entry, 'it undoes or redoes an entry that is not there');
  return found;
};

/** Carries the entry out and puts it down. Whole or not at all. Throws when it can't be carried out. */
export const replayEntry = (db: Database, entry: Entry): void =>
  db
    .transaction(() => {
      if (entry.kind === 'undo') {
        const undone = subject(db, entry);
        if (undone.inverse === null) throw broken(entry, `entry ${undone.seq} can’t be undone`);
        applyStep(db, parseCommand(undone.inverse), { nowUs: entry.atUs });
      } else if (entry.kind === 'redo') {
        const redone = subject(db, entry);
        applyStep(db, { kind: redone.kind, payload: json(redone, redone.payload) }, { nowUs: redone.atUs });
      } else {
        applyStep(db, { kind: entry.kind, payload: json(entry, entry.payload) }, { nowUs: entry.atUs });
      }
      insertEntry(db, entry);
      recordUndoState(db, entry);
    })
    .immediate();
