/** Menus from a list: icon, label, keys at the right, a reason where an item can't act. Opens below its button or at the pointer. */
import { Menu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconComponent } from './icon.tsx';
import { Keys } from './keys.tsx';

export type MenuEntry =
  | { kind: 'item'; label: string; icon?: IconComponent; keys?: string | null; hint?: string; danger?: boolean; disabledReason?: string | null; checked?: boolean; run(): void }
  | { kind: 'label'; text: string }
  | { kind: 'line' };

export const MenuEntries = ({ entries }: { entries: readonly MenuEntry[] }): ReactElement => (
  <>
    {entries.map((e, i) => {
      if (e.kind === 'line') return <Menu.Divider key={i} />;
      if (e.kind === 'label') return <Menu.Label key={i}>{e.text}</Menu.Label>;
      const off = e.disabledReason ?? null;
      return (
        <Menu.Item
          key={i}
          onClick={e.run}
          disabled={off !== null}
          role={e.checked === undefined ? undefined : 'menuitemcheckbox'}
          aria-checked={e.checked}
          leftSection={e.icon === undefined ? <span style={{ width: 14 }} /> : <Icon of={e.icon} size={14} />}
          rightSection={e.keys != null ? <Keys of={e.keys} /> : e.checked === true ? '✓' : undefined}
          style={e.danger === true ? { color: 'var(--err)' } : undefined}
        >
          {e.label}
          {(off ?? e.hint) !== undefined && <span className="cb-menu-hint">{off ?? e.hint}</span>}
        </Menu.Item>
      );
    })}
  </>
);

export const MenuButton = ({ entries, children, width, position = 'bottom-start' }: { entries: readonly MenuEntry[]; children: ReactNode; width?: number; position?: 'bottom-start' | 'bottom-end' | 'top-end' }): ReactElement => (
  <Menu width={width ?? 'max-content'} position={position}>
    <Menu.Target>{children}</Menu.Target>
    <Menu.Dropdown>
      <MenuEntries entries={entries} />
    </Menu.Dropdown>
  </Menu>
);

/** A menu where the pointer or the focused row is. */
export const ContextMenu = ({ at, entries, onClose }: { at: { x: number; y: number }; entries: readonly MenuEntry[]; onClose(): void }): ReactElement => (
  <Menu opened onChange={(open) => !open && onClose()} width="max-content" position="bottom-start" offset={2}>
    <Menu.Target>
      <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
    </Menu.Target>
    <Menu.Dropdown>
      <MenuEntries entries={entries} />
    </Menu.Dropdown>
  </Menu>
);
