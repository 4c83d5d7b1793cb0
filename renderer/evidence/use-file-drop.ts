/** Files dropped anywhere in the window go to the import preview; a case folder opens. True while files hover over it. Tabs dragged by the dock are not files. */
import { useEffect, useState } from 'react';
import type { FileHandle } from '../../main/contract/index.ts';
import { openCaseHandle } from '../shell/case-actions.ts';
import { handlesOfDrop } from '../engine/bridge.ts';
import { notifyError } from '../state/toasts.ts';
import { openImport } from './import-flow.ts';

const hasFiles = (e: DragEvent): boolean => e.dataTransfer?.types.includes('Files') === true;

/** A case folder opens; everything else is evidence. */
const takeDropped = (handles: FileHandle[]): void => {
  const [only] = handles;
  if (handles.length === 1 && only?.kind === 'folder' && only.name.endsWith('.case')) openCaseHandle(only.handle).catch(notifyError);
  else openImport(handles);
};

export const useFileDrop = (): boolean => {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      if (e.dataTransfer !== null) e.dataTransfer.dropEffect = 'copy';
    };
    const drop = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth = 0;
      setOver(false);
      handlesOfDrop([...(e.dataTransfer?.files ?? [])]).then(takeDropped, notifyError);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const;
    for (const [name, run] of Object.entries(listeners)) window.addEventListener(name as 'drop', run);
    return () => {
      for (const [name, run] of Object.entries(listeners)) window.removeEventListener(name as 'drop', run);
    };
  }, []);
  return over;
};
