/** The open case as the engine last described it. Read by every view; changed only by engine events. */
import { create } from 'zustand';
import type { CaseInfo, TableInfo } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

type CaseState = {
  /** Undefined until the engine has answered the first time. */
  info: CaseInfo | null | undefined;
  /** Grows with every change of marks, so that pages are asked for again. */
  marksRevision: number;
  engineState: 'ready' | 'restarting' | 'failed';
  engineMessage: string;
};

export const useCase = create<CaseState>(() => ({ info: undefined, marksRevision: 0, engineState: 'ready', engineMessage: '' }));

export const useTable = (tableId: string | null): TableInfo | null =>
  useCase((s) => s.info?.tables.find((t) => t.id === tableId) ?? null);

export const currentTable = (tableId: string): TableInfo | null =>
  useCase.getState().info?.tables.find((t) => t.id === tableId) ?? null;

/** Subscribes to the engine; call once. */
export const followCase = (): void => {
  engine.on('case.changed', ({ info }) => useCase.setState({ info }));
  engine.on('marks.changed', () => useCase.setState((s) => ({ marksRevision: s.marksRevision + 1 })));
  engine.on('engine.state', ({ state, message }) => {
    useCase.setState({ engineState: state, engineMessage: message });
    if (state === 'ready') void refreshCase();
  });
};

export const refreshCase = async (): Promise<void> => {
  const { info } = await engine.call('case.current', {});
  useCase.setState({ info });
};
