/**
 * Turns changes of the open case into events. Owns which session is followed; must not open or close one. Changes within one turn
 * of the loop are told once.
 */
import type { CaseSession } from '../case/types.ts';
import type { EngineDeps } from './types.ts';

export type SessionEvents = {
  /** Follows this session from now on, the one before no more. Following the same one again does nothing. */
  follow(session: CaseSession | null): void;
};

export const createSessionEvents = (emit: EngineDeps['emit'], onFolder: (folder: string | null) => void): SessionEvents => {
  let current: CaseSession | null = null;
  let stop = (): void => undefined;

  const watch = (session: CaseSession): (() => void) => {
    let told = true;
    const marked = new Set<string>();
    let marksChanged = false;
    const tell = (): void => {
      told = true;
      if (current !== session) return;
      if (marksChanged) emit('marks.changed', { tableIds: [...marked] });
      marksChanged = false;
      marked.clear();
      emit('case.changed', { info: session.info() });
    };
    return session.onChanged((kinds, tableIds) => {
      if (kinds.has('marks')) {
        marksChanged = true;
        for (const tableId of tableIds) marked.add(tableId);
      }
      if (!told) return;
      told = false;
      queueMicrotask(tell);
    });
  };

  return {
    follow(session) {
      if (session === current) return;
      stop();
      current = session;
      stop = session === null ? () => undefined : watch(session);
      onFolder(session?.folder ?? null);
      emit('case.changed', { info: session?.info() ?? null });
    },
  };
};
