/** The rail at the left edge: panels of the side, and help and settings at its foot. A second click closes the panel. */
import { IconFolder, IconHelp, IconHistory, IconSettings } from '@tabler/icons-react';
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { useKeysOf } from '../commands/use-keys.ts';
import { useCase } from '../state/case-store.ts';
import { openDialog, toggleSide, useUi } from '../state/ui-store.ts';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { MenuButton } from '../ui/menu.tsx';

type RailProps = { icon: IconComponent; label: string; keys?: string | null; pressed?: boolean; disabled?: boolean; onClick?(): void };

const RailButton = ({ icon, label, keys = null, pressed, disabled = false, ...rest }: RailProps): ReactElement => (
  <Tooltip
    position="right"
    label={
      <>
        <span>{disabled ? `${label}: open a case first` : label}</span>
        {keys !== null && <Keys of={keys} />}
      </>
    }
  >
    <button {...rest} type="button" className="cb-rail-button" aria-label={label} aria-pressed={pressed} aria-disabled={disabled || undefined} onClick={disabled ? undefined : rest.onClick}>
      <Icon of={icon} size={20} />
    </button>
  </Tooltip>
);

export const Rail = (): ReactElement => {
  const side = useUi((s) => s.side);
  const open = useCase((s) => s.info != null);
  const sideKeys = useKeysOf('panel.side');
  const historyKeys = useKeysOf('panel.history');
  const settingsKeys = useKeysOf('app.settings');
  const keySheet = useKeysOf('app.keys');
  return (
    <nav className="cb-rail" aria-label="Panels">
      <RailButton icon={IconFolder} label="Evidence" keys={sideKeys} pressed={open && side === 'evidence'} disabled={!open} onClick={() => toggleSide('evidence')} />
      <span className="cb-sp" />
      <RailButton icon={IconHistory} label="History" keys={historyKeys} pressed={open && side === 'history'} disabled={!open} onClick={() => toggleSide('history')} />
      <MenuButton
        position="top-end"
        entries={[
          { kind: 'item', label: 'Keys', keys: keySheet, run: () => openDialog({ kind: 'keys' }) },
          { kind: 'item', label: 'About Casebench', run: () => openDialog({ kind: 'about' }) },
        ]}
      >
        <button type="button" className="cb-rail-button" aria-label="Help">
          <Icon of={IconHelp} size={20} />
        </button>
      </MenuButton>
      <RailButton icon={IconSettings} label="Settings" keys={settingsKeys} onClick={() => openDialog({ kind: 'settings', section: 'appearance' })} />
    </nav>
  );
};
