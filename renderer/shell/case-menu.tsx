/** The case menu: this case, other cases. Every entry is a command of the palette, too. */
import { IconEdit, IconFolder, IconFolderOpen, IconFolderPlus, IconFolderSymlink, IconShieldCheck, IconX } from '@tabler/icons-react';
import { Menu } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { RecentCase } from '../../main/contract/index.ts';
import { useKeysOf } from '../commands/use-keys.ts';
import { engine } from '../engine/bridge.ts';
import { useCase } from '../state/case-store.ts';
import { MenuEntries, type MenuEntry } from '../ui/menu.tsx';
import { closeCase, moveCase, openCaseFolder, openRecent, setCaseDialog, verifyCase } from './case-actions.ts';

const shownRecent = 6;

export const CaseMenu = ({ children }: { children: ReactElement }): ReactElement => {
  const info = useCase((s) => s.info);
  const openKeys = useKeysOf('case.openFolder');
  const [recent, setRecent] = useState<RecentCase[]>([]);
  const refresh = (): void => void engine.call('case.recent', {}).then(({ cases }) => setRecent(cases), () => undefined);
  const readOnly = info?.readOnly === true ? 'the case is open read-only' : null;
  const ofThisCase: MenuEntry[] =
    info == null
      ? []
      : [
          { kind: 'label', text: info.folder },
          { kind: 'item', label: 'Rename…', icon: IconEdit, disabledReason: readOnly, run: () => setCaseDialog({ kind: 'rename' }) },
          { kind: 'item', label: 'Verify evidence and log', icon: IconShieldCheck, run: () => void verifyCase() },
          { kind: 'item', label: 'Move to another folder…', icon: IconFolderSymlink, disabledReason: readOnly, run: () => void moveCase() },
          { kind: 'item', label: 'Close case', icon: IconX, run: () => void closeCase() },
          { kind: 'line' },
        ];
  const others = recent.filter((r) => r.folder !== info?.folder && r.state !== 'unreachable').slice(0, shownRecent);
  const entries: MenuEntry[] = [
    ...ofThisCase,
    { kind: 'item', label: 'New empty case…', icon: IconFolderPlus, run: () => setCaseDialog({ kind: 'new' }) },
    { kind: 'item', label: 'Open a case folder…', icon: IconFolderOpen, keys: openKeys, run: () => void openCaseFolder() },
    ...(others.length === 0 ? [] : [{ kind: 'line' } as const, { kind: 'label', text: 'Recent' } as const]),
    ...others.map((r): MenuEntry => ({ kind: 'item', label: r.name, icon: IconFolder, hint: r.folder, run: () => void openRecent(r) })),
  ];
  return (
    <Menu position="bottom-start" width="max-content" onOpen={refresh}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <MenuEntries entries={entries} />
      </Menu.Dropdown>
    </Menu>
  );
};
