/** The title bar: case menu, undo and redo · command box · shared time range · window controls. The window is dragged by its empty parts. */
import { IconArrowBackUp, IconArrowForwardUp, IconChevronDown, IconLock, IconMinus, IconSearch, IconSquare, IconSquares, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactElement } from 'react';
import { shell } from '../engine/bridge.ts';
import { onMac, useKeysOf } from '../commands/use-keys.ts';
import { useCase } from '../state/case-store.ts';
import { openDialog } from '../state/ui-store.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { redo, undo } from './case-actions.ts';
import { CaseMenu } from './case-menu.tsx';
import { flushViews } from './session.ts';
import { TimeControl } from './time-control.tsx';

const UndoRedo = (): ReactElement => {
  const undoLabel = useCase((s) => s.info?.undoLabel ?? null);
  const redoLabel = useCase((s) => s.info?.redoLabel ?? null);
  const undoKeys = useKeysOf('case.undo');
  const redoKeys = useKeysOf('case.redo');
  return (
    <>
      <IconButton icon={IconArrowBackUp} label="Undo" tip={`Undo: ${undoLabel ?? ''}`} keys={undoKeys} disabledReason={undoLabel === null ? 'Nothing to undo' : null} onClick={() => void undo()} />
      <IconButton icon={IconArrowForwardUp} label="Redo" tip={`Redo: ${redoLabel ?? ''}`} keys={redoKeys} disabledReason={redoLabel === null ? 'Nothing to redo' : null} onClick={() => void redo()} />
    </>
  );
};

const WindowControls = (): ReactElement => {
  const [maximised, setMaximised] = useState(false);
  const act = async (action: 'minimise' | 'toggleMaximise' | 'close' | 'state'): Promise<void> => {
    if (action === 'close') flushViews();
    setMaximised((await shell('shell.window', { action })).maximised);
  };
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void act('state').catch(() => undefined), 150);
    };
    ask();
    window.addEventListener('resize', ask);
    return () => {
      clearTimeout(waiting);
      window.removeEventListener('resize', ask);
    };
  }, []);
  return (
    <div className="cb-window-controls">
      <button type="button" aria-label="Minimise" onClick={() => void act('minimise')}>
        <Icon of={IconMinus} />
      </button>
      <button type="button" aria-label={maximised ? 'Restore' : 'Maximise'} onClick={() => void act('toggleMaximise')}>
        <Icon of={maximised ? IconSquares : IconSquare} size={12} />
      </button>
      <button type="button" className="cb-window-close" aria-label="Close the window" onClick={() => void act('close')}>
        <Icon of={IconX} />
      </button>
    </div>
  );
};

export const TitleBar = (): ReactElement => {
  const info = useCase((s) => s.info);
  const paletteKeys = useKeysOf('app.palette');
  const open = info != null;
  return (
    <header className={onMac ? 'cb-title cb-title-mac' : 'cb-title'} data-region="title">
      <div className="cb-row cb-title-start">
        {!onMac && <BrandMark />}
        <CaseMenu>
          <button type="button" className="cb-case-button" aria-label={open ? `Case ${info.name}` : 'No case open'}>
            {info?.readOnly === true && <Icon of={IconLock} />}
            <span className="cb-el">{open ? info.name : 'No case open'}</span>
            <span className="cb-t3">
              <Icon of={IconChevronDown} />
            </span>
          </button>
        </CaseMenu>
        {open && (
          <>
            <span className="cb-vsep" />
            <UndoRedo />
          </>
        )}
      </div>
      <button type="button" className="cb-cmd" onClick={() => openDialog({ kind: 'palette', text: '' })}>
        <Icon of={IconSearch} />
        <span className="cb-el">{open ? 'Search this case or run a command' : 'Run a command'}</span>
        <span className="cb-sp" />
        {paletteKeys !== null && <Keys of={paletteKeys} />}
      </button>
      <div className="cb-row cb-title-end">
        {open && <TimeControl />}
        {!onMac && <WindowControls />}
      </div>
    </header>
  );
};
