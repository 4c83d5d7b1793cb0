/** Recent cases with their state. A case that can't be reached offers to be located; one that is in use opens read-only. */
import { IconAlertTriangle, IconFolder, IconLock, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useEffect, useState, type ReactElement } from 'react';
import type { RecentCase } from '../../main/contract/index.ts';
import { formatBytes } from '../../main/shared/format.ts';
import { engine } from '../engine/bridge.ts';
import { openCaseFolder, openRecent } from '../shell/case-actions.ts';
import { busyUntil } from '../state/idle.ts';
import { notifyError } from '../state/toasts.ts';
import { useTime } from '../state/use-time.ts';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { ContextMenu } from '../ui/menu.tsx';

const states: Record<RecentCase['state'], { word: string; tone: string; icon: IconComponent | null; title: string }> = {
  verified: { word: 'verified', tone: 'cb-badge-ok', icon: IconShieldCheck, title: 'Every byte matched at the last check' },
  unverified: { word: 'not checked', tone: '', icon: null, title: 'Not checked since the last change' },
  failed: { word: 'check failed', tone: 'cb-badge-err', icon: IconShieldX, title: 'The last check found a difference' },
  unreachable: { word: 'not connected', tone: 'cb-badge-warn', icon: IconAlertTriangle, title: 'The folder is not there now' },
  locked: { word: 'in use', tone: 'cb-badge-warn', icon: IconLock, title: 'Open in another Casebench; opens read-only here' },
};

export const RecentCases = (): ReactElement | null => {
  const [cases, setCases] = useState<RecentCase[]>([]);
  const [menu, setMenu] = useState<{ recent: RecentCase; x: number; y: number } | null>(null);
  const time = useTime();
  const load = (): void => void busyUntil(engine.call('case.recent', {})).then((a) => setCases(a.cases), () => undefined);
  useEffect(load, []);
  if (cases.length === 0) return null;
  const open = (recent: RecentCase): void => void (recent.state === 'unreachable' ? openCaseFolder() : openRecent(recent));
  const forget = (recent: RecentCase): void => void engine.call('case.forgetRecent', { recentId: recent.recentId }).then(load, notifyError);
  return (
    <section aria-label="Recent cases">
      <div className="cb-recent-head">
        <h2>Recent cases</h2>
      </div>
      <div className="cb-recent">
        <div className="cb-recent-cols" aria-hidden="true">
          <span>Case</span>
          <span>Folder</span>
          <span className="cb-r">Size</span>
          <span>Last opened</span>
          <span>State</span>
        </div>
        {cases.map((recent) => {
          const state = states[recent.state];
          return (
            <button
              key={recent.recentId}
              type="button"
              className="cb-recent-row"
              aria-label={`${recent.name}, ${recent.folder}, ${state.word}${recent.state === 'unreachable' ? ', locate' : ''}`}
              onClick={() => open(recent)}
              onContextMenu={(e) => {
                e.preventDefault();
                setMenu({ recent, x: e.clientX, y: e.clientY });
              }}
            >
              <span>
                <span className="cb-t3">
                  <Icon of={IconFolder} size={15} />
                </span>
                <b className={recent.state === 'unreachable' ? 'cb-w5 cb-t2 cb-el' : 'cb-w5 cb-el'}>{recent.name}</b>
              </span>
              <span className="cb-mono cb-t2" title={recent.folder}>
                <span className="cb-el">{recent.folder}</span>
              </span>
              <span className="cb-r cb-num cb-t2">{recent.sizeBytes === null ? '–' : formatBytes(recent.sizeBytes)}</span>
              <span className="cb-num cb-t2">{time.format(recent.openedUs, 'dayMinute')}</span>
              <span title={state.title}>
                <span className={`cb-badge ${state.tone}`}>
                  {state.icon !== null && <Icon of={state.icon} size={12} />}
                  {state.word}
                </span>
                {recent.state === 'unreachable' && <span className="cb-accent">Locate…</span>}
              </span>
            </button>
          );
        })}
      </div>
      {menu !== null && (
        <ContextMenu
          at={menu}
          onClose={() => setMenu(null)}
          entries={[
            { kind: 'item', label: menu.recent.state === 'unreachable' ? 'Locate…' : 'Open', run: () => open(menu.recent) },
            { kind: 'item', label: 'Take off this list', hint: 'the case stays as it is', run: () => forget(menu.recent) },
          ]}
        />
      )}
    </section>
  );
};
