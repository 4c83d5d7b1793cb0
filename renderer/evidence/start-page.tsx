/** First start: three ways in, recent cases, four keys to know. In an empty case the same page fills the centre, without recent cases. */
import { IconBriefcase, IconFlask, IconFolderOpen, IconFolderPlus } from '@tabler/icons-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useKeysOf } from '../commands/use-keys.ts';
import { openCaseFolder, openDemoOrTell, setCaseDialog } from '../shell/case-actions.ts';
import { useCase } from '../state/case-store.ts';
import { Button } from '../ui/button.tsx';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { DropZone } from './drop-zone.tsx';
import { RecentCases } from './recent-cases.tsx';
import './evidence.css';

const Card = ({ icon, title, text, children }: { icon: IconComponent; title: string; text: string; children: ReactNode }): ReactElement => (
  <section className="cb-card">
    <span className="cb-card-icon">
      <Icon of={icon} size={20} />
    </span>
    <div className="cb-card-text">
      <h2>{title}</h2>
      <p>{text}</p>
      <div className="cb-row cb-card-act">{children}</div>
    </div>
  </section>
);

const SampleCard = (): ReactElement => {
  const [opening, setOpening] = useState(false);
  return (
    <Card icon={IconFlask} title="Open the sample intrusion" text="A small synthetic case, from a phishing mail to a stolen archive.">
      <Button
        icon={IconFolderOpen}
        disabled={opening}
        onClick={() => {
          setOpening(true);
          void openDemoOrTell().finally(() => setOpening(false));
        }}
      >
        {opening ? 'Opening the sample' : 'Open sample'}
      </Button>
      <span className="cb-t3 cb-f12">included</span>
    </Card>
  );
};

const KnownKeys = (): ReactElement => {
  const palette = useKeysOf('app.palette');
  const range = useKeysOf('time.set');
  const sheet = useKeysOf('app.keys');
  const undo = useKeysOf('case.undo');
  const shown: [string | null, string][] = [
    [palette, 'every command'],
    [range, 'time range of all views'],
    [undo, 'undo, also after a restart'],
    [sheet, 'all keys'],
  ];
  return (
    <div className="cb-start-keys">
      {shown.map(([keys, text]) =>
        keys === null ? null : (
          <span key={text}>
            <Keys of={keys} />
            {text}
          </span>
        ),
      )}
    </div>
  );
};

export const FirstStartPage = (): ReactElement => (
  <main className="cb-start" data-region="view">
    <div className="cb-start-inner">
      <h1>Start with evidence</h1>
      <p className="cb-start-lead">A case is a folder on this computer. Casebench opens no connection.</p>
      <div className="cb-start-ways">
        <DropZone />
        <div className="cb-start-cards">
          <SampleCard />
          <Card icon={IconBriefcase} title="Open or begin a case" text="Pick a case folder from this computer, a drive or a share, or begin one without evidence.">
            <Button icon={IconFolderOpen} onClick={() => void openCaseFolder()}>
              Open a case folder…
            </Button>
            <Button icon={IconFolderPlus} onClick={() => setCaseDialog({ kind: 'new' })}>
              New empty case…
            </Button>
          </Card>
        </div>
      </div>
      <RecentCases />
      <KnownKeys />
    </div>
  </main>
);

export const EmptyCasePage = (): ReactElement => {
  const readOnly = useCase((s) => s.info?.readOnly === true);
  return (
    <div className="cb-start cb-start-in-dock">
      <div className="cb-start-inner">
        <h2 className="cb-start-title">Start with evidence</h2>
        <p className="cb-start-lead">
          {readOnly ? 'This case holds no evidence and is open read-only, so none can be added now.' : 'Each file becomes tables of this case. Originals stay as they are.'}
        </p>
        <div className="cb-start-ways">
          <DropZone />
          <section className="cb-card cb-card-steps">
            <div className="cb-card-text">
              <h2>What an import does</h2>
              <ol>
                <li>Shows the first rows with format, types and time column. Each can be changed.</li>
                <li>Takes the SHA-256 of the original. The original stays as it is.</li>
                <li>Makes tables, times in UTC, the text as written kept beside them.</li>
                <li>Keeps rows that can’t be read in Rejected rows, with line and reason, so that counts add up.</li>
              </ol>
              <p>Undo takes an import back.</p>
            </div>
          </section>
        </div>
        <KnownKeys />
      </div>
    </div>
  );
};
