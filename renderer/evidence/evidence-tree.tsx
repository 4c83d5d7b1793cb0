/** The tree of evidence and tables. Arrow keys walk it, Enter opens, F2 renames, Delete removes (undoable), Shift+F10 opens the menu. */
import {
  IconAlertCircle, IconChevronDown, IconChevronRight, IconFileText, IconFileTypeZip, IconFolderOpen, IconTable, IconTimeline, IconWand,
} from '@tabler/icons-react';
import { useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { CaseInfo, TableInfo } from '../../main/contract/index.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { activeTableId, useActiveView } from '../state/active-view.ts';
import { openView } from '../shell/view-registry.ts';
import { verifyCase } from '../shell/case-actions.ts';
import { focusNow } from '../ui/focus.ts';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx';
import { PropertiesDialog, type PropertiesOf } from './properties.tsx';
import { copyText, removeTable, renameTable } from './table-actions.ts';
import { TimeColumnDialog } from './time-column-dialog.tsx';
import { isParent, parentIndex, treeNodes, type TreeNode } from './tree-model.ts';

const iconOf = (node: TreeNode): IconComponent => {
  if (node.kind === 'folder') return IconFolderOpen;
  if (node.kind === 'derived') return IconWand;
  if (node.kind === 'rejects') return IconAlertCircle;
  if (node.kind === 'table') return IconTable;
  return /\.(zip|gz|tar|tgz|bz2|xz|zst)$/i.test(node.label) ? IconFileTypeZip : IconFileText;
};

const tableOf = (node: TreeNode): TableInfo | null => (node.kind === 'table' || node.kind === 'rejects' ? node.table : null);
const indent = [4, 14, 24];

type MenuState = { node: TreeNode; x: number; y: number };

export const EvidenceTree = ({ info, search }: { info: CaseInfo; search: string }): ReactElement => {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [focusId, setFocusId] = useState<string | null>(null);
  const [menu, setMenu] = useState<MenuState | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [properties, setProperties] = useState<PropertiesOf | null>(null);
  const [timeOf, setTimeOf] = useState<TableInfo | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const shownTable = useActiveView(() => activeTableId());
  const nodes = useMemo(() => treeNodes(info, search, closed), [info, search, closed]);
  const focusAt = Math.max(0, nodes.findIndex((n) => n.id === focusId));

  const focus = (at: number): void => {
    const node = nodes[at];
    if (node === undefined) return;
    setFocusId(node.id);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus());
  };
  const fold = (node: TreeNode, open: boolean): void =>
    setClosed((before) => {
      const next = new Set(before);
      if (open) next.delete(node.id);
      else next.add(node.id);
      return next;
    });
  const open = (node: TreeNode, beside = false): void => {
    const table = tableOf(node);
    if (table !== null) openView('grid', { tableId: table.id }, { beside });
    else if (isParent(node)) fold(node, !node.open);
  };

  const menuEntries = (node: TreeNode): MenuEntry[] => {
    const readOnly = info.readOnly ? 'the case is open read-only' : null;
    const table = tableOf(node);
    if (table === null) {
      if (node.kind !== 'file') return [{ kind: 'item', label: isParent(node) && node.open ? 'Fold' : 'Unfold', run: () => open(node) }];
      return [
        { kind: 'item', label: 'Properties…', run: () => setProperties({ evidence: node.evidence }) },
        { kind: 'item', label: 'Copy SHA-256', run: () => copyText(node.evidence.sha256) },
        { kind: 'item', label: 'Verify evidence and log', run: () => void verifyCase() },
      ];
    }
    return [
      { kind: 'item', label: 'Open', icon: IconTable, keys: 'Enter', run: () => open(node) },
      { kind: 'item', label: 'Open beside', keys: 'Ctrl+Enter', run: () => open(node, true) },
      { kind: 'item', label: 'Open timeline', icon: IconTimeline, disabledReason: table.timeColumn === null ? 'no time column' : null, run: () => openView('timeline', { tableId: table.id }) },
      { kind: 'line' },
      { kind: 'item', label: 'Rename', keys: 'F2', disabledReason: readOnly, run: () => setRenaming(node.id) },
      { kind: 'item', label: 'Time column…', disabledReason: readOnly, run: () => setTimeOf(table) },
      { kind: 'item', label: 'Properties…', run: () => setProperties({ table, evidence: info.evidence.find((e) => e.id === table.evidenceId) }) },
      { kind: 'item', label: 'Verify evidence and log', run: () => void verifyCase() },
      { kind: 'line' },
      { kind: 'item', label: 'Remove from case', keys: 'Delete', danger: true, disabledReason: readOnly, run: () => void removeTable(table) },
    ];
  };

  const onKeyDown = (e: KeyboardEvent): void => {
    const node = nodes[focusAt];
    if (node === undefined || renaming !== null) return;
    const table = tableOf(node);
    const actions: Record<string, () => void> = {
      ArrowDown: () => focus(focusAt + 1),
      ArrowUp: () => focus(focusAt - 1),
      Home: () => focus(0),
      End: () => focus(nodes.length - 1),
      ArrowRight: () => (isParent(node) && !node.open ? fold(node, true) : focus(focusAt + 1)),
      ArrowLeft: () => (isParent(node) && node.open ? fold(node, false) : focus(parentIndex(nodes, focusAt))),
      Enter: () => open(node, e.ctrlKey || e.metaKey),
      F2: () => table !== null && !info.readOnly && setRenaming(node.id),
      Delete: () => table !== null && !info.readOnly && void removeTable(table),
      ContextMenu: () => openMenuAt(node),
      ...(e.shiftKey ? { F10: () => openMenuAt(node) } : {}),
    };
    const act = actions[e.key];
    if (act === undefined) return;
    e.preventDefault();
    act();
  };
  const openMenuAt = (node: TreeNode): void => {
    const box = list.current?.querySelector('[role=treeitem][tabindex="0"]')?.getBoundingClientRect();
    if (box !== undefined) setMenu({ node, x: box.left + 32, y: box.bottom });
  };

  return (
    <div className="cb-tree" role="tree" aria-label="Evidence and tables" tabIndex={-1} ref={list} onKeyDown={onKeyDown}>
      {nodes.length === 0 && <p className="cb-tree-none">No table is called that.</p>}
      {nodes.map((node, i) => (
        <TreeRow
          key={node.id}
          node={node}
          focusable={i === focusAt}
          shown={tableOf(node) !== null && tableOf(node)?.id === shownTable}
          renaming={renaming === node.id}
          onOpen={(beside) => {
            setFocusId(node.id);
            open(node, beside);
          }}
          onMenu={(x, y) => {
            setFocusId(node.id);
            setMenu({ node, x, y });
          }}
          onRenamed={(name) => {
            const table = tableOf(node);
            setRenaming(null);
            if (name !== null && table !== null) void renameTable(table, name);
            focus(i);
          }}
        />
      ))}
      {menu !== null && <ContextMenu at={menu} entries={menuEntries(menu.node)} onClose={() => setMenu(null)} />}
      {properties !== null && <PropertiesDialog of={properties} onClose={() => setProperties(null)} />}
      {timeOf !== null && <TimeColumnDialog table={timeOf} onClose={() => setTimeOf(null)} />}
    </div>
  );
};

type RowProps = {
  node: TreeNode;
  focusable: boolean;
  shown: boolean;
  renaming: boolean;
  onOpen(beside: boolean): void;
  onMenu(x: number, y: number): void;
  /** Null: left as it was. */
  onRenamed(name: string | null): void;
};

const countOf = (node: TreeNode): string => {
  if (node.kind === 'folder') return plural(node.files, 'file');
  const table = tableOf(node);
  return table === null ? '' : formatCount(table.rows);
};

const TreeRow = ({ node, focusable, shown, renaming, onOpen, onMenu, onRenamed }: RowProps): ReactElement => {
  const table = tableOf(node);
  const title = node.kind === 'folder' ? node.folder : node.kind === 'file' ? `${node.label}, SHA-256 ${node.evidence.sha256.slice(0, 12)}…` : (table?.entry ?? '') || node.label;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree answers keys for all its items
    <div
      role="treeitem"
      aria-level={node.depth + 1}
      aria-expanded={isParent(node) ? node.open : undefined}
      aria-selected={shown}
      tabIndex={focusable ? 0 : -1}
      className={shown ? 'cb-node cb-node-on' : 'cb-node'}
      style={{ paddingLeft: indent[node.depth] }}
      title={title}
      onClick={(e) => !renaming && onOpen(e.ctrlKey || e.metaKey)}
      onContextMenu={(e) => {
        e.preventDefault();
        onMenu(e.clientX, e.clientY);
      }}
    >
      {isParent(node) ? <Icon of={node.open ? IconChevronDown : IconChevronRight} size={12} /> : <span style={{ width: 12 }} />}
      <Icon of={iconOf(node)} />
      {renaming ? (
        <input
          className="cb-node-input"
          aria-label="New name"
          defaultValue={node.label}
          ref={focusNow}
          maxLength={200}
          onFocus={(e) => e.target.select()}
          onBlur={(e) => onRenamed(e.target.value)}
          onKeyDown={(e) => {
            e.stopPropagation();
            if (e.key === 'Enter') onRenamed(e.currentTarget.value);
            if (e.key === 'Escape') onRenamed(null);
          }}
        />
      ) : (
        <span className="cb-el">{node.label}</span>
      )}
      {table?.truncated != null && <span className="cb-badge cb-badge-warn">cut</span>}
      <span className="cb-node-count">{countOf(node)}</span>
    </div>
  );
};
