/** A tab of the dock and the actions at the right of its strip. Title and icon come from the view's definition. */
import { IconArrowUpRight, IconDots, IconExternalLink, IconLayoutColumns, IconLayoutRows, IconX } from '@tabler/icons-react';
import type { IDockviewHeaderActionsProps, IDockviewPanel, IDockviewPanelHeaderProps } from 'dockview-react';
import { useState, type MouseEvent, type ReactElement } from 'react';
import { useKeysOf } from '../commands/use-keys.ts';
import { useCase } from '../state/case-store.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ContextMenu, MenuButton, type MenuEntry } from '../ui/menu.tsx';
import { closeOtherPanels, closePanel, paramsOf, popOutPanel, splitPanel, useDock } from './dock-store.ts';
import { InWindowOf } from './in-window-of.tsx';
import { viewDefinition } from './view-registry.ts';

const menuOf = (panel: IDockviewPanel): MenuEntry[] => {
  const alone = panel.group.panels.length < 2 ? 'needs two tabs here' : null;
  const away = panel.api.location.type === 'popout' ? 'already in its own window' : null;
  return [
    { kind: 'item', label: 'Close', icon: IconX, run: () => closePanel(panel) },
    { kind: 'item', label: 'Close others', disabledReason: alone, run: () => closeOtherPanels(panel) },
    { kind: 'line' },
    { kind: 'item', label: 'Split right', icon: IconLayoutColumns, disabledReason: alone, run: () => splitPanel('right', panel) },
    { kind: 'item', label: 'Split down', icon: IconLayoutRows, disabledReason: alone, run: () => splitPanel('bottom', panel) },
    { kind: 'item', label: 'Move to new window', icon: IconExternalLink, disabledReason: away, run: () => void popOutPanel(panel) },
  ];
};

export const DockTab = ({ api, containerApi }: IDockviewPanelHeaderProps): ReactElement => {
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const panel = containerApi.getPanel(api.id);
  const view = panel === undefined ? null : paramsOf(panel);
  const definition = view === null ? undefined : viewDefinition(view.kind);
  // a renamed table renames its tabs
  useCase((s) => s.info?.revision);
  const title = definition === undefined || view === null ? api.id : definition.title(view.params);
  const onMouseDown = (e: MouseEvent): void => {
    if (e.button === 1) {
      e.preventDefault();
      closePanel(panel);
    }
  };
  return (
    <div
      className="cb-dock-tab"
      role="presentation"
      onMouseDown={onMouseDown}
      onContextMenu={(e) => {
        e.preventDefault();
        setMenu({ x: e.clientX, y: e.clientY });
      }}
    >
      {definition !== undefined && <Icon of={definition.icon} size={14} />}
      <span>{title}</span>
      {/* for the pointer only: a control inside a tab can't be reached by keyboard; Ctrl+W and the tab's menu close, too */}
      <span className="cb-dock-tab-x" aria-hidden="true" title={`Close ${title}`} onClick={() => closePanel(panel)} onPointerDown={(e) => e.stopPropagation()}>
        <Icon of={IconX} size={12} />
      </span>
      {menu !== null && panel !== undefined && (
        <InWindowOf api={panel.api}>
          <ContextMenu at={menu} entries={menuOf(panel)} onClose={() => setMenu(null)} />
        </InWindowOf>
      )}
    </div>
  );
};

export const GroupActions = ({ activePanel, group }: IDockviewHeaderActionsProps): ReactElement | null => {
  const splitKeys = useKeysOf('view.split');
  const popKeys = useKeysOf('view.popOut');
  useDock((s) => s.panels);
  if (activePanel === undefined) return null;
  const view = paramsOf(activePanel);
  if (view !== null && viewDefinition(view.kind)?.place === 'right' && group.panels.length === 1) return null;
  const away = activePanel.api.location.type === 'popout';
  return (
    <InWindowOf api={activePanel.api}>
      <div className="cb-tab-actions">
        <IconButton size="small" icon={IconLayoutColumns} label="Split right" keys={splitKeys} disabledReason={group.panels.length < 2 ? 'Split: needs two tabs here' : null} onClick={() => splitPanel('right', activePanel)} />
        {!away && <IconButton size="small" icon={IconArrowUpRight} label="Move to new window" keys={popKeys} onClick={() => void popOutPanel(activePanel)} />}
        <MenuButton entries={menuOf(activePanel)} position="bottom-end">
          <button type="button" className="cb-ib cb-ib-s" aria-label="Tab menu">
            <Icon of={IconDots} size={14} />
          </button>
        </MenuButton>
      </div>
    </InWindowOf>
  );
};
