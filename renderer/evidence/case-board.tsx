/** The case board under the evidence tree: rows, values and views an analyst put aside. Open, rename, remove; all undoable. */
import { focusNow } from '../ui/focus.ts';
import { IconBookmark, IconNote, IconTable, IconTag, IconLayoutDashboard } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import type { BoardItem } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';
import { openBoardItem } from '../shell/board.ts';
import { undo } from '../shell/case-actions.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon, type IconComponent } from '../ui/icon.tsx';
import { ContextMenu } from '../ui/menu.tsx';

const icons: Record<BoardItem['kind'], IconComponent> = { row: IconBookmark, value: IconTag, view: IconLayoutDashboard, table: IconTable, note: IconNote };

const remove = async (item: BoardItem): Promise<void> => {
  try {
    await engine.call('board.remove', { id: item.id });
    notify(`Removed from the case board: ${item.label.slice(0, 60)}.`, { label: 'Undo', run: () => void undo() });
  } catch (thrown) {
    notifyError(thrown);
  }
};

const rename = async (item: BoardItem, label: string): Promise<void> => {
  if (label.trim() === '' || label === item.label) return;
  try {
    await engine.call('board.rename', { id: item.id, label: label.trim() });
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const CaseBoard = ({ items, readOnly }: { items: readonly BoardItem[]; readOnly: boolean }): ReactElement => {
  const [menu, setMenu] = useState<{ item: BoardItem; x: number; y: number } | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const reason = readOnly ? 'the case is open read-only' : null;
  return (
    <section className="cb-board" aria-label="Case board">
      <h2 className="cb-sec">
        Case board
        <span className="cb-sp" />
        <span className="cb-num">{items.length}</span>
      </h2>
      {items.length === 0 ? (
        <p className="cb-board-none">Rows and values put on the board wait here, whatever is filtered.</p>
      ) : (
        <ul className="cb-board-list">
          {items.map((item) => (
            <li key={item.id}>
              {renaming === item.id ? (
                <input
                  className="cb-node-input"
                  aria-label="New label"
                  defaultValue={item.label}
                  ref={focusNow}
                  maxLength={300}
                  onBlur={(e) => {
                    setRenaming(null);
                    void rename(item, e.target.value);
                  }}
                  onKeyDown={(e) => {
                    if (e.key === 'Enter') e.currentTarget.blur();
                    if (e.key === 'Escape') setRenaming(null);
                  }}
                />
              ) : (
                <button
                  type="button"
                  className="cb-node cb-inset"
                  title={item.label}
                  onClick={() => openBoardItem(item)}
                  onContextMenu={(e) => {
                    e.preventDefault();
                    setMenu({ item, x: e.clientX, y: e.clientY });
                  }}
                  onKeyDown={(e) => {
                    if (e.key === 'F2' && !readOnly) setRenaming(item.id);
                    if (e.key === 'Delete' && !readOnly) void remove(item);
                  }}
                >
                  <Icon of={icons[item.kind]} />
                  <span className={item.kind === 'value' ? 'cb-mono cb-el' : 'cb-el'}>
                    <EvidenceText text={item.label} />
                  </span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {menu !== null && (
        <ContextMenu
          at={menu}
          onClose={() => setMenu(null)}
          entries={[
            { kind: 'item', label: 'Open', run: () => openBoardItem(menu.item) },
            { kind: 'item', label: 'Rename', keys: 'F2', disabledReason: reason, run: () => setRenaming(menu.item.id) },
            { kind: 'line' },
            { kind: 'item', label: 'Remove from the board', keys: 'Delete', danger: true, disabledReason: reason, run: () => void remove(menu.item) },
          ]}
        />
      )}
    </section>
  );
};
