/** The window's frame: what is where. Every part reads its own state; the frame only arranges. */
import { useEffect, type ReactElement } from 'react';
import { FirstStartPage, ImportDialog, useFileDrop } from '../evidence/index.ts';
import { HelpDialogs } from '../help/index.ts';
import { SettingsDialog } from '../settings/index.ts';
import { useCase } from '../state/case-store.ts';
import { Palette } from '../commands/palette.tsx';
import { CaseDialogs } from './case-dialogs.tsx';
import { Dock } from './dock.tsx';
import { JobsStrip } from './jobs-strip.tsx';
import { Rail } from './rail.tsx';
import { useSession } from './session.ts';
import { SidePanel } from './side-panel.tsx';
import { StatusBar } from './status-bar.tsx';
import { Strips } from './strips.tsx';
import { TitleBar } from './title-bar.tsx';
import { Toasts } from './toasts.tsx';
import './shell.css';

export const Frame = (): ReactElement => {
  const info = useCase((s) => s.info);
  const { caseId, workspace } = useSession();
  const dropping = useFileDrop();
  const name = info?.name;
  useEffect(() => {
    document.title = name === undefined ? 'Casebench' : `${name} – Casebench`;
  }, [name]);
  return (
    <div className="cb-frame" data-dropping={dropping || undefined}>
      <TitleBar />
      <Strips />
      <div className="cb-body">
        <Rail />
        {info === null && <FirstStartPage />}
        {info != null && <SidePanel />}
        {info != null && caseId === info.caseId && <Dock key={caseId} workspace={workspace} />}
      </div>
      <JobsStrip />
      <StatusBar />
      <Toasts />
      <ImportDialog />
      <CaseDialogs />
      <SettingsDialog />
      <HelpDialogs />
      <Palette />
    </div>
  );
};
