/** All keys on one sheet, as they are now: those of the active view first, then everything else by area. */
import type { ReactElement } from 'react';
import { keysOf } from '../commands/key-names.ts';
import { useCommands, type Command } from '../commands/registry.ts';
import { useActiveView } from '../state/active-view.ts';
import { useSettings } from '../state/settings-store.ts';
import { closeDialog, openDialog } from '../state/ui-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';

const areaNames: Record<string, string> = {
  evidence: 'Case', case: 'Case', layout: 'Tabs and views', time: 'Time range', view: 'Tabs and views', go: 'Tabs and views', panel: 'Panels', region: 'Panels', app: 'Casebench', grid: 'Grid', timeline: 'Timeline', mark: 'Marks', filter: 'Filters', copy: 'Copy',
};
const areaOrder = ['Grid', 'Timeline', 'Marks', 'Filters', 'Copy', 'Case', 'Time range', 'Tabs and views', 'Panels', 'Casebench'];

/** Commands with keys by area, the active view's area first. */
export const sheetOf = (commands: Iterable<Command>, changes: Readonly<Record<string, string | null>>, activeKind: string | null): [string, { label: string; keys: string[] }[]][] => {
  const areas = new Map<string, { label: string; keys: string[] }[]>();
  for (const c of commands) {
    const keys = keysOf(c, changes);
    if (keys.length === 0) continue;
    const area = c.scope === 'grid' ? 'Grid' : c.scope === 'timeline' ? 'Timeline' : (areaNames[c.id.split('.')[0] ?? ''] ?? 'Other');
    areas.set(area, [...(areas.get(area) ?? []), { label: c.label, keys }]);
  }
  const first = activeKind === 'grid' ? 'Grid' : activeKind === 'timeline' ? 'Timeline' : '';
  const rank = (area: string): number => (area === first ? -1 : areaOrder.includes(area) ? areaOrder.indexOf(area) : areaOrder.length);
  return [...areas].toSorted((a, b) => rank(a[0]) - rank(b[0]));
};

/** Keys inside lists and trees are part of them and can't be changed. */
const fixed: [string, string][] = [
  ['Tab', 'Next control'],
  ['ArrowUp ArrowDown', 'Walk a list, tree or grid'],
  ['Enter', 'Open'],
  ['Shift+F10', 'Menu of what is focused'],
  ['Escape', 'Close, clear, leave focus'],
  ['Ctrl+Enter', 'Open beside, import, apply'],
];

export const KeySheet = (): ReactElement => {
  const commands = useCommands((s) => s.commands);
  const changes = useSettings((s) => s.settings.keys);
  const kind = useActiveView((s) => s.active?.kind ?? null);
  const areas = sheetOf(commands.values(), changes, kind);
  return (
    <Dialog
      title="Keys"
      width={980}
      onClose={() => closeDialog('keys')}
      foot={
        <>
          <span className="cb-t2 cb-f12">Single keys never act in a text field.</span>
          <span className="cb-sp" />
          <Button onClick={() => openDialog({ kind: 'settings', section: 'keys' })}>Change keys…</Button>
        </>
      }
    >
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="cb-sheet" tabIndex={0} role="group" aria-label="All keys">
        {areas.map(([area, rows]) => (
          <section key={area}>
            <h3>{area}</h3>
            <dl>
              {rows.map((r) => (
                <div key={r.label}>
                  <dt>{r.label}</dt>
                  <dd>
                    {r.keys.map((k) => (
                      <Keys key={k} of={k} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>In lists, trees and grids</h3>
          <dl>
            {fixed.map(([keys, label]) => (
              <div key={keys}>
                <dt>{label}</dt>
                <dd>
                  <Keys of={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
};
