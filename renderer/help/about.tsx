/** About: versions as they run, and a plain word when the runtime is the stand-in for development. */
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState, type ReactElement } from 'react';
import { toAppError, type EngineOutput, type OutputOf, type ShellOps } from '../../main/contract/index.ts';
import { engine, shell } from '../engine/bridge.ts';
import { closeDialog } from '../state/ui-store.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

type Versions = { shell: OutputOf<ShellOps['shell.about']>; engine: EngineOutput<'app.info'> };

export const About = (): ReactElement => {
  const [versions, setVersions] = useState<Versions | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    Promise.all([shell('shell.about', {}), engine.call('app.info', {})]).then(
      ([ofShell, ofEngine]) => setVersions({ shell: ofShell, engine: ofEngine }),
      (thrown: unknown) => setProblem(toAppError(thrown).message),
    );
  }, []);
  const rows: [string, string][] =
    versions === null
      ? []
      : [
          ['Electron', `${versions.shell.electron}${versions.shell.developmentRuntime ? ', development runtime' : ''}`],
          ['Chromium', versions.shell.chrome],
          ['Node.js of the engine', versions.engine.node],
          ['DuckDB', versions.engine.duckdb],
          ['SQLite', versions.engine.sqlite],
          ['System', versions.engine.platform],
          ['Build', versions.shell.packaged ? 'packaged' : 'from a checkout'],
        ];
  const text = [`Casebench ${versions?.shell.version ?? ''}`, ...rows.map(([n, v]) => `${n}: ${v}`)].join('\n');
  return (
    <Dialog title="About Casebench" width={480} onClose={() => closeDialog('about')}>
      <div className="cb-form">
        <div className="cb-row">
          <BrandMark size={36} />
          <div>
            <b className="cb-about-name">Casebench {versions?.shell.version}</b>
            <p className="cb-t2">A workbench for security investigations. Offline; nothing leaves this computer.</p>
          </div>
        </div>
        {versions?.shell.developmentRuntime === true && (
          <div className="cb-about-runtime" role="note">
            <Icon of={IconAlertTriangle} size={16} />
            <p>This copy runs on the development runtime, an older Electron that stands in where the product’s own can’t be downloaded. It is for development and tests, not for evidence from strangers.</p>
          </div>
        )}
        {problem !== '' && <p className="cb-err">{problem}</p>}
        <dl className="cb-pairs cb-pairs-wide cb-select">
          {rows.map(([name, value]) => (
            <div key={name} className="cb-pair">
              <dt>{name}</dt>
              <dd className="cb-num">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="cb-form-foot">
          <Button kind="ghost" onClick={() => void shell('shell.copyText', { text }).catch(() => undefined)}>
            Copy versions
          </Button>
          <Button kind="primary" onClick={() => closeDialog('about')}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
