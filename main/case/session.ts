/**
 * An open case. Owns the two connections, the caches over them, and everything opened on the case until it closes.
 * Must not find, lock, repair or move folders: whoever opens the case hands over what has to happen at the end.
 */
import type { Database } from 'better-sqlite3';
import { CasebenchError } from '../contract/index.ts';
import type { CaseInfo } from '../contract/index.ts';
import type { Clock } from '../shared/clock.ts';
import { createInfoCache } from './case-info.ts';
import { stepOf } from './commands/index.ts';
import { guarded } from './failures.ts';
import { doStep, redoStep, undoStep } from './history.ts';
import type { Step } from './history.ts';
import type { Layout } from './layout.ts';
import type { CaseSession, ChangeKind } from './types.ts';
import { databaseViewState, sessionViewState } from './view-state.ts';

export type SessionParts = {
  readonly layout: Layout;
  /** Null: read-only. */
  readonly writer: Database | null;
  readonly reader: Database;
  readonly tempDir: string;
  readonly folderShown: string;
  readonly readOnlyReason: string | null;
  readonly restored: CaseInfo['restored'];
  readonly clock: Clock;
  /** Called after each commit. */
  afterCommit(): void;
  /** Called when everything opened on the case is closed and both connections are still open; closes them. */
  finish(): Promise<void>;
};

/** What only this feature may see of a session. */
export type OpenSession = CaseSession & {
  readonly layout: Layout;
  readonly closed: boolean;
  /** A write that is no change to the case (what a check found). Does nothing in a read-only session. */
  aside(write: (db: Database) => void): void;
};

const readOnlyError = (reason: string | null): CasebenchError =>
  new CasebenchError('case.readOnly', `This case is open read-only, so nothing was changed. ${reason ?? ''}`.trim());

export const createSession = (parts: SessionParts): OpenSession => {
  const { writer, reader, clock, layout } = parts;
  const readOnly = writer === null;
  const cache = createInfoCache(reader, { ...parts, readOnly });
  const views = writer === null ? sessionViewState(reader) : databaseViewState(writer);
  const listeners = new Set<(kinds: ReadonlySet<ChangeKind>, tableIds: readonly string[]) => void>();
  const owned: { close(): void | Promise<void> }[] = [];
  let closing: Promise<void> | null = null;
  let dataVersion = readOnly ? reader.pragma('data_version', { simple: true }) : null;

  const open = (): void => {
    if (closing !== null) throw new CasebenchError('case.none', 'This case was closed. Nothing was changed. Open it again.');
  };
  /** A read-only session may watch a case that another Casebench is writing. */
  const followOthers = (): void => {
    open();
    if (!readOnly) return;
    const now = reader.pragma('data_version', { simple: true });
    if (now === dataVersion) return;
    dataVersion = now;
    cache.changed(['tables', 'board', 'case']);
  };
  const announce = (step: Step): void => {
    cache.changed(step.touched.kinds);
    const kinds = new Set(step.touched.kinds);
    for (const listener of [...listeners]) {
      try {
        listener(kinds, step.touched.tableIds);
      } catch (thrown) {
        // The change is kept; a view that fails over it must not undo that for its caller.
        console.error('a listener of the case failed', thrown);
      }
    }
  };
  const change = (doing: string, run: (db: Database) => Step | null): Step | null => {
    open();
    if (writer === null) throw readOnlyError(parts.readOnlyReason);
    const step = guarded(doing, () => run(writer));
    if (step !== null) {
      announce(step);
      parts.afterCommit();
    }
    return step;
  };

  const session: OpenSession = {
    caseId: cache.info().caseId,
    folder: layout.folder,
    tablesDir: layout.tables,
    evidenceDir: layout.evidence,
    tempDir: parts.tempDir,
    readOnly,
    db: reader,
    layout,
    get closed() {
      return closing !== null;
    },
    aside: (write) => {
      open();
      if (writer !== null) guarded('Saving what was found', () => write(writer));
    },
    info: () => {
      followOthers();
      return cache.info();
    },
    tables: () => {
      followOthers();
      return cache.tables();
    },
    table: (tableId) => {
      followOthers();
      const found = cache.tables().find((table) => table.id === tableId);
      if (found === undefined) throw new CasebenchError('notFound', 'That table is not in this case, or it was removed. Nothing was changed.', { detail: `table ${tableId}` });
      return found;
    },
    evidence: () => {
      followOthers();
      return cache.evidence();
    },
    execute: (...commands) => {
      if (commands.length > 0) change('Saving the change', (db) => doStep(db, stepOf(commands), clock.nowUs()));
      return cache.info().revision;
    },
    undo: () => change('Undo', (db) => undoStep(db, clock.nowUs()))?.label ?? null,
    redo: () => change('Redo', (db) => redoStep(db, clock.nowUs()))?.label ?? null,
    loadView: (key) => {
      open();
      return guarded('Reading how the view stood', () => views.load(key));
    },
    saveView: (key, json) => {
      open();
      guarded('Saving how the view stands', () => views.save(key, json, clock.nowUs()));
      parts.afterCommit();
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    own: (disposable) => void owned.push(disposable),
    close: () =>
      (closing ??= (async () => {
        listeners.clear();
        for (const disposable of owned.toReversed()) {
          try {
            await disposable.close();
          } catch (thrown) {
            console.error('something opened on the case did not close', thrown);
          }
        }
        await parts.finish();
      })()),
  };
  return session;
};
