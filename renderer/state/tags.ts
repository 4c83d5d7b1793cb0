/** The tags of the open case with their colours and counts. */
import { create } from 'zustand';
import type { TagInfo } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { useCase } from './case-store.ts';

export const useTags = create<{ tags: TagInfo[] }>(() => ({ tags: [] }));

const load = async (): Promise<void> => {
  if (useCase.getState().info == null) return useTags.setState({ tags: [] });
  useTags.setState(await engine.call('mark.tags', {}));
};

/** Subscribes; call once. */
export const followTags = (): void => {
  let caseId: string | undefined;
  engine.on('marks.changed', () => void load().catch(() => undefined));
  useCase.subscribe((s) => {
    if (s.info?.caseId === caseId) return;
    caseId = s.info?.caseId;
    void load().catch(() => undefined);
  });
};
