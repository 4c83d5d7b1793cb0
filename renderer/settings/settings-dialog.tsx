/** Settings: what an analyst sets once for every case. Each change is saved as it is made. */
import { IconClock, IconContrast, IconFileImport, IconKeyboard } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Settings } from '../../main/contract/index.ts';
import { changeSettings, useSettings } from '../state/settings-store.ts';
import { notifyError } from '../state/toasts.ts';
import { closeDialog, openDialog, useUi, type SettingsSection } from '../state/ui-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { Segments, Toggle } from '../ui/toggle.tsx';
import { KeySettings } from './key-settings.tsx';
import { ZoneSettings } from './zone-settings.tsx';
import './settings.css';

const sections: { id: SettingsSection; label: string; icon: IconComponent }[] = [
  { id: 'appearance', label: 'Appearance', icon: IconContrast },
  { id: 'time', label: 'Time', icon: IconClock },
  { id: 'evidence', label: 'Evidence', icon: IconFileImport },
  { id: 'keys', label: 'Keys', icon: IconKeyboard },
];

const change = (patch: Partial<Settings>): void => void changeSettings(patch).catch(notifyError);

const Appearance = (): ReactElement => {
  const settings = useSettings((s) => s.settings);
  return (
    <>
      <div className="cb-setting">
        <h3>Theme</h3>
        <Segments
          label="Theme"
          value={settings.theme}
          options={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'hc', label: 'High contrast' },
            { value: 'system', label: 'As the system' },
          ]}
          onChange={(theme) => change({ theme })}
        />
        <p>High contrast draws every edge and keeps the focus ring visible.</p>
      </div>
      <div className="cb-setting">
        <h3>Density</h3>
        <Segments
          label="Density"
          value={settings.density}
          options={[
            { value: 'compact', label: 'Compact, 24' },
            { value: 'regular', label: 'Regular, 28' },
            { value: 'roomy', label: 'Roomy, 32' },
          ]}
          onChange={(density) => change({ density })}
        />
        <p>Height of rows in grids, trees and lists. The size of text stays.</p>
      </div>
      <div className="cb-setting">
        <h3>Motion</h3>
        <Toggle checked={settings.reducedMotion} onChange={(reducedMotion) => change({ reducedMotion })}>
          Reduce motion
        </Toggle>
        <p>Nothing fades or slides. Rows, bars and counts never move in any case.</p>
      </div>
    </>
  );
};

const Evidence = (): ReactElement => {
  const copyOriginals = useSettings((s) => s.settings.copyOriginals);
  return (
    <div className="cb-setting">
      <h3>Originals</h3>
      <Toggle checked={copyOriginals} onChange={(next) => change({ copyOriginals: next })}>
        Copy originals into the case
      </Toggle>
      <p>Off keeps the path and SHA-256 only. Each import can decide otherwise. Originals are never changed.</p>
    </div>
  );
};

export const SettingsDialog = (): ReactElement | null => {
  const dialog = useUi((s) => s.dialog);
  if (dialog?.kind !== 'settings') return null;
  const { section } = dialog;
  return (
    <Dialog title="Settings" width={920} height="min(640px, 92dvh)" onClose={() => closeDialog('settings')}>
      <div className="cb-settings">
        <nav aria-label="Settings">
          {sections.map((s) => (
            <button key={s.id} type="button" className="cb-settings-tab" aria-current={s.id === section ? 'page' : undefined} onClick={() => openDialog({ kind: 'settings', section: s.id })}>
              <Icon of={s.icon} size={16} />
              {s.label}
            </button>
          ))}
        </nav>
        <div className="cb-settings-page">
          {section === 'appearance' && <Appearance />}
          {section === 'time' && <ZoneSettings />}
          {section === 'evidence' && <Evidence />}
          {section === 'keys' && <KeySettings />}
        </div>
      </div>
    </Dialog>
  );
};
